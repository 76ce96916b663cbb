"""The registers of meetings and commitments."""

from functools import partial

from django.conf import settings
from django.db.models import F, Prefetch
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
    party_columns,
)
from tracker.records.models import with_sources
from tracker.records.public import public, value_if_published
from tracker.registers.columns import absolute, choice, codes, computed, date, day, number, of_one, sources, text
from tracker.registers.facets import Facet
from tracker.registers.register import Column, Head, Register, by_day
from tracker.registers.terms import Related

from . import filters
from .models import (
    Assessment,
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Delegation,
    Meeting,
    MeetingCitation,
    Progress,
    Report,
    Schedule,
    YesNo,
    counted_apart,
)
from .models.recurrence import recurrence_in_words

ORIGIN = ("forum", "meeting__forum", "meeting__working_group", "agreement")
COUNTED_FROM = ("due_event__agreement", "due_event__country", "due_meeting__forum", "due_meeting__working_group")
PARTIES = Prefetch("parties", CommitmentParty.objects.select_related("country", "organisation__country"))
SIDES = Prefetch("delegations", Delegation.objects.select_related("country", "organisation__country"))
Attendance = Delegation.Attendance


def delegations(name, attendance):
    """The countries of the delegations that came, or of which that is not stated, or that stayed away: their codes."""

    def value(meeting):
        countries = (side.from_country for side in meeting.delegations.all() if side.attendance == attendance)
        return sorted({country.code for country in countries if country})

    return Column(name=name, value=value, is_list=True)


def _reference_of_event(event):
    agreement = event and public(event.agreement)
    return agreement and agreement.reference


def _of_a_party(column):
    """A column of the country that is a party of a commitment, itself or by an organisation that is not hidden."""
    of_organisation = value_if_published(Commitment, f"parties__organisation__country__{column}")
    return Coalesce(f"parties__country__{column}", of_organisation)


def _on_side(side, commitment):
    return [party for party in commitment.parties.all() if party.side == side]


MEETINGS: Register = Register(
    name="meetings",
    noun="meeting",
    title=_("Meetings"),
    lede=_("Sessions of forums and groups, and other meetings, as exactly dated as their sources allow."),
    counted=lambda number: ngettext("%(n)s meeting", "%(n)s meetings", number) % {"n": number},
    records=lambda today: Meeting.objects.published().with_report(today),
    shown=lambda records: records.select_related("forum", "working_group").prefetch_related("countries", "themes"),
    exported=lambda records: records.select_related("forum", "working_group", "preparatory_for").prefetch_related(
        "countries", "themes", "organisers", SIDES, with_sources(MeetingCitation)
    ),
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
        Column(name="title", value=lambda meeting: meeting.headline, is_local=True),
        *of_one("forum", "slug"),
        *of_one("working_group", "slug"),
        number("session_number"),
        text("session_suffix"),
        *choice("kind"),
        text("status"),
        Column(name="status_in_words", value=lambda meeting: str(meeting.status_in_words), is_local=True),
        text("report"),
        *date("held", has_words=True),
        *choice("mode"),
        text("place"),
        *codes("organisers", "slug"),
        text("occasion"),
        *of_one("preparatory_for", "reference", "headline", is_local=True),
        text("participants_comparator"),
        Column(
            name="participants_comparator_in_words",
            value=lambda meeting: meeting.participants and str(meeting.get_participants_comparator_display()),
            is_local=True,
        ),
        number("participants"),
        text("participants_expected_comparator"),
        number("participants_expected"),
        *codes("countries", "code", "local_name"),
        delegations("named_as_present", Attendance.CAME),
        delegations("attendance_not_stated", Attendance.NOT_STATED),
        delegations("absent", Attendance.ABSENT),
        *codes("themes", "slug"),
        text("summary"),
        absolute(settings.SITE_URL),
        sources(),
    ),
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
    records=lambda today: Commitment.objects.published().with_status(today).with_answers(),
    shown=lambda records: records.select_related(*ORIGIN).prefetch_related(PARTIES, "themes"),
    exported=lambda records: records.select_related(*ORIGIN, *COUNTED_FROM).prefetch_related(
        PARTIES, "themes", with_sources(CommitmentCitation)
    ),
    filterset=filters.CommitmentFilterSet,
    facets=(
        COUNTRY,
        choice_facet("standing", _("Standing"), Commitment.Standing.choices, is_open=True, keeps_order=True),
        choice_facet("schedule", _("Schedule"), Schedule.choices, is_open=True),
        choice_facet("progress", _("Progress"), Progress.choices, is_open=True),
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
        *party_columns("by", "by", partial(_on_side, CommitmentParty.Side.BY)),
        *party_columns("to", "to", partial(_on_side, CommitmentParty.Side.TO)),
        *choice("kind"),
        *choice("strength"),
        text("standing"),
        *choice("scope"),
        *date("due", has_words=True),
        text("due_rule"),
        Column(name="due_rule_in_words", value=lambda commitment: str(commitment.rule_in_words), is_local=True),
        text("due_period"),
        Column(name="due_event", value=lambda commitment: commitment.due_event and commitment.due_event.kind),
        Column(name="due_event_of", value=lambda commitment: _reference_of_event(commitment.due_event)),
        *of_one("due_meeting", "reference", "headline", is_local=True),
        text("recurrence"),
        Column(
            name="recurrence_in_words",
            value=lambda commitment: recurrence_in_words(commitment.recurrence),
            is_local=True,
        ),
        *computed("schedule", Schedule),
        *choice("progress"),
        *choice("assessment"),
        *choice("closure"),
        *date("completed_on"),
        number("days_late_least"),
        number("days_late_most"),
        text("repeated"),
        day("last_looked_on"),
        Column(name="status_line", value=lambda commitment: " · ".join(commitment.status_line), is_local=True),
        *of_one("meeting", "reference", "headline", is_local=True),
        *of_one("agreement", "reference", "headline"),
        *of_one("forum", "slug"),
        *codes("themes", "slug"),
        absolute(settings.SITE_URL),
        sources(),
    ),
    sorts={
        "due": by_day("due"),
        "title": F("title"),
        "days_late": F("days_late_least"),
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
    date_ranges=(("due_after", "due_before"), ("made_after", "made_before")),
)
