"""What sources, pairs, lists and all data are to search engines, as schema.org has words for it."""

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agreements.linked_data import body
from agreements.models import Country, Person
from tracker.records.models import Source
from tracker.registers.edition import Edition
from tracker.registers.linked_data import Node, data_set, day, file, in_html, node, page

from .citations import IN_THE_NEWS
from .models import Release


def source_as_thing(source: Source) -> Node:
    return node(
        "NewsArticle" if source.evidence in IN_THE_NEWS else "CreativeWork",
        url=source.url,
        archivedAt=source.archive_url,
        author=source.author,
        publisher=source.publisher and node("Organization", name=source.publisher),
        datePublished=day(source.published_on),
        inLanguage=source.language,
    )


def person_as_thing(person: Person) -> Node:
    return node("Person", familyName=person.family_name, alternateName=person.other_names.splitlines())


def page_of_pair(one: Country, other: Country, edition: Edition) -> SafeString:
    name = _("%(one)s and %(other)s") % {"one": one.local_name, "other": other.local_name}
    return in_html([page(edition.address, name, [(_("Pairs"), reverse("pair-list"))], about=[body(one), body(other)])])


def page_of_data(newest: Release | None) -> SafeString:
    """All data as the newest release of the data package has them; the page alone where there is none yet."""
    address, name = settings.SITE_URL + reverse("data"), _("Data")
    if newest is None:
        return in_html([page(address, name)])
    package = file("ZIP", settings.SITE_URL + reverse("release", args=[newest.number]), "application/zip")
    described = data_set(settings.SITE_NAME, address, newest.version, newest.day, distribution=[package])
    return in_html([page(address, name), described])
