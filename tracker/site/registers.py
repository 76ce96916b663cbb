"""The register of sources, and the list of all registers."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.models import AgreementCitation, ForumCitation, OrganisationCitation, WorkingGroupCitation
from agreements.registers import (
    AGREEMENTS,
    COUNTRIES,
    FORUMS,
    ORGANISATIONS,
    THEMES,
    WORKING_GROUPS,
    choice_facet,
)
from meetings.models import CommitmentCitation, MeetingCitation
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records.models import Source, is_published
from tracker.registers.columns import absolute, choice, text
from tracker.registers.filters import NotAfter, NotBefore, OneOf, RegisterFilterSet
from tracker.registers.register import Head, Register

CITATIONS = (
    AgreementCitation,
    CommitmentCitation,
    ForumCitation,
    MeetingCitation,
    OrganisationCitation,
    WorkingGroupCitation,
)


def published_sources(now):
    """Sources that a published record cites; what only drafts cite stays hidden with them."""
    cited = Q()
    for citation in CITATIONS:
        cited |= Exists(citation.objects.filter(is_published(now, "record__"), source=OuterRef("pk")))
    return Source.objects.filter(cited)


class SourceFilterSet(RegisterFilterSet):
    evidence = OneOf(choices=Source.Evidence.choices, label=_("Kind of evidence"))
    language = OneOf(choices=settings.LANGUAGES, label=_("Language"))
    published_after = NotBefore(field_name="published", label=_("Published after"))
    published_before = NotAfter(field_name="published", label=_("Published before"))


SOURCES = Register(
    name="sources",
    noun="source",
    title=_("Sources"),
    lede=_("Every document that a record cites, with the kind of evidence it is."),
    counted=lambda number: ngettext("%(n)s source", "%(n)s sources", number) % {"n": number},
    records=published_sources,
    shown=lambda records: records,
    exported=lambda records: records,
    filterset=SourceFilterSet,
    facets=(
        choice_facet("evidence", _("Kind of evidence"), Source.Evidence.choices, is_open=True),
        choice_facet("language", _("Language"), settings.LANGUAGES, is_open=True),
    ),
    heads=(
        Head(label=_("Source"), sort="title"),
        Head(label=_("Date"), sort="published"),
        Head(label=_("Kind of evidence")),
    ),
    columns=(
        text("slug"),
        text("title"),
        text("publisher"),
        text("author"),
        text("url"),
        *choice("evidence"),
        text("language"),
        text("published_on"),
        text("note"),
        absolute(settings.SITE_URL),
    ),
    sorts={"published": Coalesce("published_earliest", "published_latest"), "title": F("title")},
    default_sort="-published",
    search_fields=("title", "publisher", "author", "url", "note"),
    row_template="site/source_row.html",
    date_ranges=(("published_after", "published_before"),),
)

REGISTERS = (
    AGREEMENTS,
    MEETINGS,
    COMMITMENTS,
    FORUMS,
    WORKING_GROUPS,
    ORGANISATIONS,
    THEMES,
    COUNTRIES,
    SOURCES,
)
