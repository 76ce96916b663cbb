"""The register of sources, and the list of all registers."""

from functools import cache

from django.conf import global_settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.lines import in_a_line
from agreements.models import (
    AgreementCitation,
    AgreementEvent,
    AgreementEventClaim,
    AgreementStatement,
    ForumCitation,
    ForumStatement,
    Membership,
    MembershipClaim,
    OrganisationCitation,
    Presidency,
    WorkingGroupCitation,
    WorkingGroupMember,
    WorkingGroupStage,
    WorkingGroupStageClaim,
    WorkingGroupStatement,
)
from agreements.registers import (
    AGREEMENTS,
    COUNTRIES,
    FORUMS,
    ORGANISATIONS,
    THEMES,
    WORKING_GROUPS,
    choice_facet,
)
from meetings.models import (
    AgreementFigure,
    AgreementFigureClaim,
    CommitmentCitation,
    CommitmentFigure,
    CommitmentFigureClaim,
    CommitmentStatement,
    DelegateClaim,
    DueChange,
    MeetingCitation,
    MeetingFigure,
    MeetingFigureClaim,
    MeetingStatement,
    Outcome,
    ProgressUpdate,
    ScheduleChange,
    ScheduleChangeClaim,
)
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records.languages import language_name
from tracker.records.models import Source, is_published
from tracker.records.remembering import Remembered
from tracker.registers.columns import address, choice, date, page, text
from tracker.registers.filters import NotAfter, NotBefore, OneOf, RegisterFilterSet
from tracker.registers.register import Column, Head, Register, by_day

from .people import PEOPLE

# Every language that Django knows; its own translations name them.
LANGUAGES = [(code, _(name)) for code, name in global_settings.LANGUAGES]
# Rows that point at a source, each with the path to the record whose page shows it.
CITING = {
    AgreementCitation: "record",
    CommitmentCitation: "record",
    ForumCitation: "record",
    MeetingCitation: "record",
    OrganisationCitation: "record",
    WorkingGroupCitation: "record",
    AgreementEvent: "agreement",
    AgreementFigure: "agreement",
    Membership: "forum",
    Presidency: "forum",
    WorkingGroupStage: "group",
    WorkingGroupMember: "group",
    AgreementStatement: "agreement",
    ForumStatement: "forum",
    WorkingGroupStatement: "group",
    MeetingStatement: "meeting",
    CommitmentStatement: "commitment",
    AgreementEventClaim: "part__agreement",
    AgreementFigureClaim: "part__agreement",
    MembershipClaim: "part__forum",
    WorkingGroupStageClaim: "part__group",
    DelegateClaim: "part__delegation__meeting",
    ScheduleChangeClaim: "part__meeting",
    MeetingFigureClaim: "part__meeting",
    CommitmentFigureClaim: "part__commitment",
    ScheduleChange: "meeting",
    Outcome: "meeting",
    MeetingFigure: "meeting",
    CommitmentFigure: "commitment",
    DueChange: "commitment",
    ProgressUpdate: "commitment",
}


def citing(model):
    """The rows of one kind that a public page shows."""
    shown = is_published(f"{CITING[model]}__")
    if issubclass(model, ProgressUpdate):
        shown &= is_published()
    return model.objects.filter(shown)


def published_sources(today):
    """Sources that a public page cites; what only drafts cite stays hidden with them."""
    return Source.objects.filter(_is_cited())


@cache
def _is_cited():
    cited = Q()
    for model in CITING:
        cited |= Exists(citing(model).filter(source=OuterRef("pk")))
    return cited


@cache
def places_of_citing():
    """``{annotation of a source: kind of rows}``: whether rows of that kind cite it, on a public page or not."""
    return {f"cited_in_{place}": model for place, model in enumerate(CITING)}


def with_kinds_citing(sources):
    """Annotate what ``kinds_citing`` reads."""
    return sources.annotate(**_ways_of_citing())


@cache
def _ways_of_citing():
    return {name: Exists(model.objects.filter(source=OuterRef("pk"))) for name, model in places_of_citing().items()}


def kinds_citing(source):
    """The kinds of rows that cite a source, in the order of ``CITING``: most sources are cited by two or three."""
    return [model for name, model in places_of_citing().items() if getattr(source, name)]


def line_of_source(source, _today):
    """“News report · Daily · 3 March 2026”."""
    return in_a_line([source.get_evidence_display(), source.publisher or source.site, source.published_on_in_words])


class SourceFilterSet(RegisterFilterSet):
    evidence = OneOf(choices=Source.Evidence.choices, label=_("Kind of evidence"))
    language = OneOf(choices=LANGUAGES, label=_("Language"))
    published_after = NotBefore(field_name="published", label=_("Published on or after"))
    published_before = NotAfter(field_name="published", label=_("Published on or before"))


SOURCES = Register(
    name="sources",
    noun="source",
    title=_("Sources"),
    lede=_("Every document that a record cites, labelled with its kind of evidence."),
    counted=lambda number: ngettext("%(n)s source", "%(n)s sources", number) % {"n": number},
    records=published_sources,
    shown=lambda records: records,
    filterset=SourceFilterSet,
    facets=(
        choice_facet("evidence", _("Kind of evidence"), Source.Evidence.choices, is_open=True),
        choice_facet("language", _("Language"), LANGUAGES, is_open=True),
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
        address("url"),
        address("archive_url"),
        *choice("evidence", Source.Evidence),
        text("language"),
        Column(name="language_in_words", reads=("language",), value=Remembered(language_name), is_local=True),
        *date("published_on", bounds="published"),
        text("note"),
        page("source", "slug"),
    ),
    sorts={"published": by_day("published"), "title": F("title")},
    default_sort="-published",
    day="published",
    row_template="site/source_row.html",
    line=line_of_source,
    date_ranges=(("published_after", "published_before"),),
)

REGISTERS = (
    AGREEMENTS,
    MEETINGS,
    COMMITMENTS,
    FORUMS,
    WORKING_GROUPS,
    ORGANISATIONS,
    PEOPLE,
    THEMES,
    COUNTRIES,
    SOURCES,
)
