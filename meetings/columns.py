"""Columns of exports that say what belongs to a meeting or a commitment."""

from django.utils.translation import gettext_lazy as _

from agreements.columns import COUNTRY_NAME, GROUP_NAME, NAME_OF_COUNTRY, party_rows
from agreements.columns import LABELS as LABELS_BELOW
from tracker.records.remembering import Remembered
from tracker.registers.columns import words_of
from tracker.registers.reading import RowsIn, Told, sparse
from tracker.registers.register import Column
from tracker.registers.tables import Labels

from .models import Commitment, CommitmentParty, Comparator, Delegation, Meeting
from .models.recurrence import recurrence_in_words

# What the properties of records that exports show rest on.
MEETING_NAME = (
    *("title", "session_number", "session_suffix", "forum__name", "forum__session_word"),
    *("working_group__session_word", *(f"working_group__{path}" for path in GROUP_NAME)),
)
NAME_OF_MEETING = Told(Meeting, "headline", *MEETING_NAME)
STATUS_OF_MEETING = Told(Meeting, "status_in_words", "status", "report", "held", "held_words")
STATUS_LINE = Told(
    Commitment,
    "status_line",
    *("strength", "closure", "closed_on", "progress", "assessment", "days_late_least", "days_late_most"),
    *("completed_on", "schedule", "read_on", "due_latest", "last_looked_on", "reports", "speaker", "assessor"),
    *("other_progress", "other_as_of", "other_speaker", "meeting__held_earliest", "meeting__held_latest"),
    *("agreement__signed_or_adopted_earliest", "agreement__signed_or_adopted_latest"),
    put=" · ".join,
)
RULE = Told(
    Commitment,
    "rule_in_words",
    *("due_rule", "due_period", "due_event__kind", "due_event__agreement__reference"),
    *(f"due_event__country__{name}" for name in COUNTRY_NAME),
    *(f"due_meeting__{path}" for path in MEETING_NAME),
)
LABELS: Labels = {**LABELS_BELOW, Meeting: NAME_OF_MEETING, Commitment: "title"}
PARTY_ROWS, NAMES_OF_PARTIES = party_rows(CommitmentParty, "side")


def told(name, told, means=""):
    """One column: what a record says of itself in words."""
    return Column(name=name, reads=told.reads, value=told, is_local=True, means=means)


def status_line():
    reads = sparse("reports", STATUS_LINE.reads, "speaker", "assessor", "other_")
    return Column(
        name="status_line",
        reads=reads,
        value=STATUS_LINE,
        is_local=True,
        means=_("how the commitment stands, in one line"),
    )


def due_rule():
    reads = sparse("due_meeting_id", sparse("due_event_id", RULE.reads, "due_event__"), "due_meeting__")
    return Column(name="due_rule_in_words", reads=reads, value=RULE, is_local=True)


def recurrence():
    return Column(
        name="recurrence_in_words", reads=("recurrence",), value=Remembered(recurrence_in_words), is_local=True
    )


def participants_comparator():
    words = words_of(Comparator)
    return Column(
        name="participants_comparator_in_words",
        reads=("participants", "participants_comparator"),
        value=lambda number, comparator: number and words(comparator),
        is_local=True,
    )


_SIDES = RowsIn("delegations", ("attendance", "country__code", "organisation__country__code"))


def delegations(name, attendance):
    """The countries of the delegations that came, or of which that is not stated, or that stayed away: their codes."""

    def value(rows):
        codes = (row.country_code or row.organisation_country_code for row in rows if row.attendance == attendance)
        return sorted({code for code in codes if code})

    return Column(name=name, reads=(_SIDES,), value=value, is_list=True, means=Delegation.Attendance(attendance).label)


def said_by():
    """The country that says how far a commitment has come: the side itself, or that of who answered for it; who that
    was is not said."""
    codes = ("side__code", "answered_by__country__code")
    names = (*(f"side__{name}" for name in COUNTRY_NAME), *(f"answered_by__country__{name}" for name in COUNTRY_NAME))
    half = len(COUNTRY_NAME)

    def in_words(side, other, *names):
        code, known = (side, names[:half]) if side else (other, names[half:])
        return NAME_OF_COUNTRY(*known) if code else None

    return (
        Column(
            name="said_by",
            reads=codes,
            value=lambda side, other: side or other,
            means=_("code of the country that says so"),
        ),
        Column(name="said_by_in_words", reads=(*codes, *names), value=Remembered(in_words), is_local=True),
    )
