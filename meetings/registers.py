"""The registers of meetings and commitments."""

from django.db.models import F, Prefetch
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.columns import NAME_OF_COUNTRY, TITLE_OF_AGREEMENT, party_columns
from agreements.models import name_column
from agreements.registers import (
    AGREEMENTS,
    COUNTRIES,
    COUNTRY,
    FORUM,
    FORUMS,
    ORGANISATIONS,
    THEME,
    THEMES,
    WORKING_GROUPS,
    choice_facet,
    group_name,
)
from tracker.records.models import Basis
from tracker.records.public import value_if_published
from tracker.registers.columns import choice, code, codes, date, date_in_words, day, number, of_one, page, sources, text
from tracker.registers.facets import Facet
from tracker.registers.reading import Sparse
from tracker.registers.register import Column, Head, Register, by_day, of_the_day
from tracker.registers.tables import tables_of
from tracker.registers.terms import Related

from . import filters, lines
from .calendar import COMMITMENT_CALENDAR, MEETING_CALENDAR
from .columns import (
    LABELS,
    NAME_OF_MEETING,
    NAMES_OF_PARTIES,
    PARTY_ROWS,
    STATUS_OF_MEETING,
    delegations,
    due_rule,
    participants_comparator,
    recurrence,
    said_by,
    status_line,
    told,
)
from .models import (
    Assessment,
    Commitment,
    CommitmentParty,
    Comparator,
    Delegation,
    Implementation,
    Meeting,
    Progress,
    Report,
    Schedule,
    YesNo,
    counted_apart,
)
from .orders import OVERDUE_THEN_SILENT

ORIGIN = ("forum", "meeting__forum", "meeting__working_group", "agreement")
COUNTED_FROM = ("due_event__agreement", "due_event__country", "due_meeting__forum", "due_meeting__working_group")
PARTIES = Prefetch("parties", CommitmentParty.objects.select_related("country", "organisation__country"))
SIDES = Prefetch("delegations", Delegation.objects.select_related("country", "organisation__country"))
Attendance = Delegation.Attendance


def _of_a_party(column):
    """A column of the country that is a party of a commitment, itself or by an organisation that is not hidden."""
    of_organisation = value_if_published(Commitment, f"parties__organisation__country__{column}")
    return Coalesce(f"parties__country__{column}", of_organisation)


def _is_on(side):
    return lambda row: row.side == side


MEETINGS: Register = Register(
    name="meetings",
    noun="meeting",
    title=_("Meetings"),
    lede=_("Sessions of forums and groups, and other meetings, as exactly dated as their sources allow."),
    counted=lambda number: ngettext("%(n)s meeting", "%(n)s meetings", number) % {"n": number},
    records=of_the_day(lambda today: Meeting.objects.published().with_report(today)),
    shown=lambda records: records.select_related("forum", "working_group").prefetch_related("countries", "themes"),
    filterset=filters.MeetingFilterSet,
    facets=(
        COUNTRY,
        FORUM,
        Facet(
            name="working_group",
            title=_("Working group"),
            value="working_group__slug",
            label=group_name("working_group"),
        ),
        choice_facet("status", _("Status"), Meeting.Status.choices, is_open=True),
        choice_facet("report", _("Report of the meeting"), Report.choices),
        THEME,
        choice_facet("kind", _("Kind"), Meeting.Kind.choices),
        choice_facet("mode", _("Mode"), Meeting.Mode.choices),
        Facet(
            name="organisation",
            title=_("Organisation"),
            value="delegations__organisation__slug",
            label="delegations__organisation__name",
        ),
        Facet(name="organiser", title=_("Organised by"), value="organisers__slug", label="organisers__name"),
    ),
    heads=(
        Head(label=_("Meeting"), sort="session"),
        Head(label=_("Held"), sort="held"),
        Head(label=_("Place")),
        Head(label=_("Status")),
    ),
    columns=(
        text("reference"),
        told("title", NAME_OF_MEETING, _("title, or what the session is called")),
        *of_one("forum", "slug"),
        *of_one("working_group", "slug"),
        number("session_number"),
        text("session_suffix"),
        *choice("kind", Meeting.Kind),
        code("status", Meeting.Status),
        told("status_in_words", STATUS_OF_MEETING),
        code("report", Report, _("whether it is reported that it was held, on the day of the export")),
        *date("held", has_words=True),
        *choice("held_basis", Basis),
        text("held_reason"),
        *choice("mode", Meeting.Mode),
        text("place"),
        text("place_note"),
        *of_one("host", "code", NAME_OF_COUNTRY, is_local=True, is_rare=True),
        *codes("organisers", "slug"),
        text("occasion"),
        *of_one("preparatory_for", "reference", NAME_OF_MEETING, is_local=True, is_rare=True),
        code("participants_comparator", Comparator),
        participants_comparator(),
        number("participants"),
        code("participants_expected_comparator", Comparator),
        number("participants_expected"),
        text("participants_words"),
        *codes("countries", "code", NAME_OF_COUNTRY),
        delegations("named_as_present", Attendance.CAME),
        delegations("attendance_not_stated", Attendance.NOT_STATED),
        delegations("absent", Attendance.ABSENT),
        *codes("themes", "slug"),
        text("summary"),
        day("last_looked_on"),
        page("meeting", "reference"),
        sources(),
    ),
    tables=tables_of(Meeting, LABELS),
    sorts={
        "held": by_day("held"),
        "session": F("session_number"),
        "reference": F("reference"),
    },
    default_sort="-held",
    related=(
        Related("forum", lambda: FORUMS, is_in_name=True),
        Related("working_group", lambda: WORKING_GROUPS, is_in_name=True),
        Related("countries", lambda: COUNTRIES),
        Related("organisers", lambda: ORGANISATIONS),
        Related("themes", lambda: THEMES),
        Related("delegations__delegates__person"),
    ),
    day="held",
    row_template="meetings/meeting_row.html",
    line=lines.line_of_meeting,
    filed_under=("countries", "themes"),
    calendar=MEETING_CALENDAR,
    date_ranges=(("held_after", "held_before"),),
)

COMMITMENTS: Register = Register(
    name="commitments",
    noun="commitment",
    title=_("Commitments"),
    lede=_("What named parties said they would do, who said it, and what is reported of it."),
    counted=lambda number: ngettext("%(n)s record", "%(n)s records", number) % {"n": number},
    apart="standing",
    counted_apart=counted_apart,
    records=of_the_day(lambda today: Commitment.objects.published().with_status(today).with_answers(today)),
    rows=of_the_day(lambda today: Commitment.objects.published().with_status(today)),
    shown=lambda records: records.select_related(*ORIGIN).prefetch_related(PARTIES, "themes"),
    filterset=filters.CommitmentFilterSet,
    facets=(
        COUNTRY,
        choice_facet("standing", _("Standing"), Commitment.Standing.choices, is_open=True, keeps_order=True),
        choice_facet("implementation", _("What became of it"), Implementation.choices, is_open=True, keeps_order=True),
        choice_facet("schedule", _("Schedule"), Schedule.choices, is_open=True),
        choice_facet("progress", _("Progress"), Progress.choices),
        choice_facet("strength", _("Strength"), Commitment.Strength.choices, is_open=True, keeps_order=True),
        THEME,
        FORUM,
        Facet(
            name="by",
            title=_("Undertaken by"),
            value=_of_a_party("code"),
            label=lambda: _of_a_party(name_column()),
            is_local=True,
            when=(("parties__side", "by"),),
        ),
        choice_facet("kind", _("Kind"), Commitment.Kind.choices),
        choice_facet("assessment", _("Progress rests on"), Assessment.choices),
        choice_facet("late", _("Completed late"), YesNo.choices),
        choice_facet("repeated", _("Promised again"), YesNo.choices, is_named_by_rows=True),
        Facet(
            name="organisation",
            title=_("Organisation"),
            value="parties__organisation__slug",
            label="parties__organisation__name",
        ),
        Facet(
            name="working_group",
            title=_("Working group"),
            value="working_group__slug",
            label=group_name("working_group"),
        ),
    ),
    heads=(
        Head(label=_("Commitment"), sort="title"),
        Head(label=_("By")),
        Head(label=_("Due"), sort="due"),
        Head(label=_("Status")),
    ),
    columns=(
        text("reference"),
        text("title"),
        text("text"),
        text("wording"),
        text("wording_language"),
        *party_columns("by", "by", PARTY_ROWS, NAMES_OF_PARTIES, _is_on(CommitmentParty.Side.BY)),
        *party_columns("to", "to", PARTY_ROWS, NAMES_OF_PARTIES, _is_on(CommitmentParty.Side.TO)),
        *choice("kind", Commitment.Kind),
        *choice("strength", Commitment.Strength),
        code("standing", Commitment.Standing, _("whether it was firmly promised")),
        *choice("scope", Commitment.Scope),
        text("group"),
        text("condition"),
        text("caution"),
        *date("due", has_words=True),
        *choice("due_basis", Basis),
        text("due_reason"),
        code("due_rule", Commitment.DueRule),
        due_rule(),
        text("due_period"),
        Column(name="due_event", reads=(Sparse("due_event__kind", "due_event_id"),)),
        Column(
            name="due_event_of",
            reads=(Sparse("due_event__agreement__reference", "due_event_id"),),
            means=_("the agreement of the event from which the due date is counted"),
        ),
        *of_one("due_meeting", "reference", NAME_OF_MEETING, is_local=True, is_rare=True),
        text("recurrence"),
        recurrence(),
        *choice("schedule", Schedule, _("how it stands to its due date on the day of the export")),
        *choice("progress", Progress),
        *choice("assessment", Assessment),
        code("implementation", Implementation, _("what became of it, as far as anything was reported")),
        day("heard_earliest", _("first day that the last word of it allows: of a report, or of the promise itself")),
        day("heard_latest", _("last day that the last word of it allows: of a report, or of the promise itself")),
        *choice("closure", Commitment.Closure),
        text("closed_on"),
        date_in_words("closed_on"),
        *date("completed_on"),
        number("days_late_least"),
        number("days_late_most"),
        code("repeated", YesNo, _("whether it was promised again")),
        day("last_looked_on"),
        status_line(),
        *of_one("meeting", "reference", NAME_OF_MEETING, is_local=True),
        *of_one("agreement", "reference", TITLE_OF_AGREEMENT),
        *of_one("forum", "slug"),
        *of_one("working_group", "slug", is_rare=True),
        *of_one("spoken_by", "slug", is_rare=True),
        *codes("themes", "slug"),
        page("commitment", "reference"),
        sources(),
    ),
    tables=tables_of(Commitment, LABELS, {"progress_updates": said_by()}),
    sorts={
        "due": by_day("due"),
        "title": F("title"),
        "days_late": F("days_late_least"),
        "silence": OVERDUE_THEN_SILENT,
        "reference": F("reference"),
    },
    default_sort="due",
    related=(
        Related("countries", lambda: COUNTRIES),
        Related("parties__organisation", lambda: ORGANISATIONS),
        Related("themes", lambda: THEMES),
        Related("forum", lambda: FORUMS),
        Related("working_group", lambda: WORKING_GROUPS),
        Related("meeting", lambda: MEETINGS),
        Related("agreement", lambda: AGREEMENTS),
        Related("spoken_by"),
    ),
    day="made",
    row_template="meetings/commitment_row.html",
    line=lines.line_of_commitment,
    filed_under=("countries", "themes"),
    calendar=COMMITMENT_CALENDAR,
    date_ranges=(("due_after", "due_before"), ("made_after", "made_before"), ("heard_after", "heard_before")),
)
