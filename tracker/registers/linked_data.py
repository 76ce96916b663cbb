"""What search engines are told of a page, as schema.org describes things (JSON-LD). Only what is known, and nobody who
is not published: what a page does not say, this does not either.

It stands in the page as a block of data, which is no script: browsers do not run it, and the policy does not mind it.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .citing.dates import parts_of
from .citing.work import Work
from .edition import Edition
from .export import LICENCE_ADDRESS
from .formats import FORMATS
from .naming import title_of
from .register import Register

Node = dict[str, Any]
Step = tuple[str | Promise, str]
# No text ends the block, or begins another tag or an entity.
ESCAPED = {ord(each): f"\\u{ord(each):04X}" for each in "<>&"}


def in_html(nodes: Iterable[Node]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", "@graph": list(nodes)}, ensure_ascii=False, default=str)
    return mark_safe(text.translate(ESCAPED))


def node(type_: str, **values: Any) -> Node:
    """What is empty is not known, and not said."""
    return {"@type": type_} | {name: value for name, value in values.items() if value not in ("", None, [], {})}


def day(notation: str) -> str:
    """A date as exactly as it is known (ISO 8601: a year, a month or a day); empty where there is doubt."""
    return notation if len(parts_of(notation)) == 1 else ""


def first_and_last(notation: str) -> tuple[str, str]:
    """The dates on which something began and ended; both empty where there is doubt."""
    sides = notation.split("/") if parts_of(notation) else [""]
    return sides[0], sides[-1]


def named(record: Any, type_: str) -> Node:
    """Another record that has a page here."""
    return node(type_, name=str(title_of(record)), url=settings.SITE_URL + record.get_absolute_url())


def publisher() -> Node:
    return node("Organization", name=settings.PUBLISHER)


def data_set(name: str, address: str, version: str, modified: date, **further: Any) -> Node:
    """Some of our data in one version. ``further`` may describe it and say where its files are."""
    return node(
        "Dataset",
        name=name,
        url=address,
        inLanguage=get_language(),
        license=LICENCE_ADDRESS,
        isAccessibleForFree=True,
        creator=publisher(),
        publisher=publisher(),
        version=version,
        dateModified=modified.isoformat(),
        **further,
    )


def file(name: str, address: str, content_type: str) -> Node:
    return node("DataDownload", name=name, encodingFormat=content_type.partition(";")[0], contentUrl=address)


def page(address: str, name: str, trail: Sequence[Step] = (), **further: Any) -> Node:
    """The page itself, and the ``trail`` of lists that lead to it, each ``(name, path)``."""
    site = settings.SITE_URL + reverse("home")
    return node(
        "WebPage",
        name=name,
        url=address,
        inLanguage=get_language(),
        isPartOf=node("WebSite", name=_("Digital Cooperation Tracker"), url=site),
        publisher=publisher(),
        license=LICENCE_ADDRESS,
        breadcrumb=_breadcrumbs([*trail, (name, "")]) if trail else None,
        **further,
    )


def _breadcrumbs(steps):
    items = [
        node("ListItem", position=place, name=str(name), item=settings.SITE_URL + path if path else "")
        for place, (name, path) in enumerate(steps, 1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def page_of_record(register: Register, record: Any, edition: Edition, cited: Work, thing: Node) -> SafeString:
    """``thing`` is what the record is of, as its floor describes it; its identifier is alike in every language."""
    title = str(title_of(record))
    known = {"@id": f"{cited.address}#this", "name": title, "identifier": cited.number}
    trail = [(register.title, reverse(f"{register.noun}-list"))]
    return in_html([page(edition.address, title, trail, mainEntity=known | thing)])


def page_of_list(listing: Any, edition: Edition, cited: Work) -> SafeString:
    """A data set, as it is filtered, with its files."""
    title, register = str(listing.headline), listing.register
    address = settings.SITE_URL + reverse(f"{register.noun}-list") + (f"?{cited.query}" if cited.query else "")
    further = {
        "@id": f"{cited.address}#this",
        "description": str(register.lede),
        "isPartOf": node("Dataset", name=settings.SITE_NAME, url=settings.SITE_URL + reverse("data")),
        "distribution": [
            file(each.label, settings.SITE_URL + listing.address_as(each.extension), each.content_type)
            for each in FORMATS
        ],
    }
    described = data_set(title, address, cited.version, edition.version_day, **further)
    return in_html([page(edition.address, title), described])
