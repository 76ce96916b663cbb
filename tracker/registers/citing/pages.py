"""The pages of this site as works: a record, a list as it is filtered, and others that say what they are called.

A citation is the same in every language: it names the page in the language of the data, whose address has no prefix.
"""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ..edition import Edition
from ..listing import Listing
from ..naming import title_of
from .work import Work, WorkKind


def cited_page(edition: Edition, *, key: str, title: str, path: str, **further: Any) -> Work:
    """A page at ``path``, its address in the language of the data; to be called with that language in force."""
    return Work(
        kind=WorkKind.DATA,
        key=f"{key}-v{edition.version}",
        title=title,
        address=edition.site + path,
        accessed=edition.read_on,
        container=settings.SITE_NAME,
        publisher=settings.PUBLISHER,
        version=str(edition.version),
        issued=edition.version_day.isoformat(),
        **further,
    )


def cited_record(record: Any, edition: Edition) -> Work:
    (name,) = record.natural_key()
    place = edition.of_the_day(record.get_absolute_url()).removesuffix("/")
    with translation.override(settings.LANGUAGE_CODE):
        return cited_page(
            edition,
            key=f"{record._meta.model_name}-{name}",
            title=title_of(record),
            path=edition.of_the_day(record.get_absolute_url()),
            number=name,
            place=place,
        )


def cited_list(listing: Listing, edition: Edition) -> Work:
    """One work, whatever it holds: who cites a list cites what was asked. By its key it is told from the same list with
    other filters."""
    name, query = f"{listing.register.noun}-list", listing.cited_query
    place = reverse(name).removesuffix("/")
    with translation.override(settings.LANGUAGE_CODE):
        return cited_page(
            edition,
            key=f"{listing.name}-{sha256(query.encode()).hexdigest()[:8]}" if query else listing.name,
            title=listing.headline,
            path=reverse(name) + (f"?{query}" if query else ""),
            place=place,
            query=query,
        )
