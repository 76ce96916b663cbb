"""What a coordinator's weekly sheet lists: the outstanding commitments of a forum with what stands in the way, and the
records to complete.

Coordinators maintain the records, and are staff: they may read answers that no editor has reviewed yet. All else here
is published, and none of it may be shown on the public site.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import Commitment, CommitmentParty, Meeting, ProgressUpdate, Reminder, Schedule
from meetings.models.schedule import DUE_SOON, schedule_of

from . import rules
from .history import Answer, Answers, AskedPerson, Holds, Questions, State
from .people import Coordinators, InCharge, PeopleInCharge, may_call_by
from .working_days import Clock

KIND = "sheet"
# What is missing from older records is for the work lists of the admin, not for mail.
LOOK_BACK = timedelta(days=365)
# A sheet lists thousands of commitments at worst.
FIELDS = (
    "reference",
    "title",
    "state",
    "strength",
    "due",
    "due_latest",
    "due_rule",
    "due_words",
    "due_version",
    "recurrence",
    "working_group",
    "forum__name",
    "forum__state",
    "meeting__held_latest",
    "agreement__signed_or_adopted_latest",
)


def key(forum_id: int | None, person_id: int, monday: date) -> str:
    return f"{KIND}:{forum_id or 0}:{person_id}:{monday}"


def read_key(text: str) -> tuple[int | None, int, date]:
    """Return the forum, the person and the Monday that the key of a delivery is made of."""
    _kind, forum_id, person_id, monday = text.split(":")
    return int(forum_id) or None, int(person_id), date.fromisoformat(monday)


def monday_of(day: date) -> date:
    """The first day of the week (ISO 8601) of ``day``."""
    return day - timedelta(days=day.weekday())


class SheetSection(TextChoices):
    """The headings of a sheet, problems first. A commitment stands under the first one that fits."""

    NOBODY = "nobody", _("No contact person")
    HELP = "help", _("Help needed")
    NOT_THEIRS = "not_theirs", _("Responsibility declined")
    NO_ANSWER = "no_answer", _("No answer")
    LATE = "late", _("Reported late")
    WAITING = "waiting", _("Waiting for an editor")
    RECORDS = "records", _("Records to complete")
    SOON = "soon", _("Due soon")
    OVERDUE = "overdue", _("Also overdue")
    PASSED = "passed", _("Only proposed; its date has passed")


# Where a commitment stands that nothing else is to be said of; one that is on schedule is left out.
SECTION_OF = {
    Schedule.OVERDUE: SheetSection.OVERDUE,
    Schedule.PASSED: SheetSection.PASSED,
    Schedule.DUE_SOON: SheetSection.SOON,
}
RANK = {section: rank for rank, section in enumerate(SheetSection)}


@dataclass(frozen=True)
class OutstandingCommitment:
    """One commitment on a sheet. ``day`` is the one that a question is about; None where there is none."""

    section: SheetSection
    subject: Commitment
    day: date | None
    people: PeopleInCharge
    asked: list[AskedPerson]
    answers: list[ProgressUpdate]
    is_held: bool


@dataclass(frozen=True)
class RecordToComplete:
    """One meeting whose record lacks something since ``day``; ``role`` says what."""

    role: Reminder.Role
    subject: Meeting
    day: date
    section = SheetSection.RECORDS


SheetEntry = OutstandingCommitment | RecordToComplete


class SheetScope:
    """The forums of some sheets. None among them stands for all that nobody else coordinates."""

    def __init__(self, forums: Iterable[int | None], coordinators: Coordinators):
        self.forums = frozenset(forums)
        self.coordinated = frozenset(coordinators.forums()) - {None}

    def narrow(self, records):
        condition = Q(forum__in=self.forums - {None})
        if None in self.forums:
            condition |= Q(forum__isnull=True) | ~Q(forum__in=self.coordinated)
        return records.filter(condition)

    def sheet_of(self, forum_id: int | None) -> int | None:
        """The sheet that lists the records of a forum."""
        return forum_id if forum_id in self.coordinated else None


class SheetContents:
    """What is to be said within a scope: some twenty queries, whatever its size."""

    def __init__(self, scope: SheetScope, clock: Clock, holds: Holds):
        self.scope, self.clock, self._holds, self._policies = scope, clock, holds, rules.Policies()
        horizon = clock.last_day + max(DUE_SOON, timedelta(days=self._policies.longest_window))
        self._commitments, self._records = defaultdict(list), {}
        read = [each for each in _open(scope, horizon) if self._policies.of_forum(each.forum_id)]
        for commitment in read:
            self._commitments[scope.sheet_of(commitment.forum_id)].append(commitment)
        keys = [commitment.pk for commitment in read]
        self.in_charge, self._answers, self._questions = InCharge(read, clock), Answers(keys, clock), Questions(keys)

    def entries(self, forum_id: int | None, person: Person) -> list[SheetEntry]:
        """The entries of this person's sheet, in order: by heading, and the longest overdue first."""
        today = self.clock.day(person)
        told = (each for each in self._commitments[forum_id] if not self._holds.on_both(person, each))
        found = [*filter(None, (self._entry(commitment, today) for commitment in told))]
        found += self._records_by_sheet(today)[forum_id]
        return sorted(found, key=lambda entry: (RANK[entry.section], entry.day or date.max, entry.subject.pk))

    def _entry(self, commitment, today):
        day = rules.due_on(self._policies.of_forum(commitment.forum_id), commitment, today)
        section = self._section(commitment, day, today)
        if section is None:
            return None
        return OutstandingCommitment(
            section,
            commitment,
            day,
            self.in_charge[commitment.pk],
            self._questions.asked(commitment.pk, day),
            [*self._answers.in_review(commitment), *self._answers.last_accepted(commitment, day)],
            self._holds.on_commitment(commitment),
        )

    def _section(self, commitment, day, today):
        policy = self._policies.of_forum(commitment.forum_id)
        if not self.in_charge[commitment.pk].asked and rules.due_stage(policy, commitment, today):
            return SheetSection.NOBODY
        waiting = {row.answer for row in self._answers.in_review(commitment)}
        if Answer.NEED_HELP in waiting:
            return SheetSection.HELP
        if Answer.NOT_MINE in waiting:
            return SheetSection.NOT_THEIRS
        if self._is_unanswered(commitment, day, today):
            return SheetSection.NO_ANSWER
        accepted = {row.answer for row in self._answers.last_accepted(commitment, day)}
        if Answer.LATE in waiting | accepted:
            return SheetSection.LATE
        if waiting:
            return SheetSection.WAITING
        # Asked from time to time, or done this time: nothing is expected until the next.
        if rules.is_at_intervals(commitment) or (Answer.DONE in accepted and rules.happens_again(commitment)):
            return None
        return SECTION_OF.get(schedule_of(False, day, today, is_firm=commitment.is_firm))

    def _is_unanswered(self, commitment, day, today):
        has_passed = schedule_of(False, day, today, is_firm=commitment.is_firm) in rules.HAS_PASSED
        is_asked = has_passed and self._questions.asked(commitment.pk, day)
        return is_asked and not self._answers.is_answered(commitment, day)

    def _records_by_sheet(self, today):
        """The records to complete as of a day: two queries for each day that it is for somebody."""
        if today not in self._records:
            meetings = self.scope.narrow(Meeting.objects.published())
            meetings = meetings.filter(held_latest__gte=today - LOOK_BACK).select_related("forum", "working_group")
            found = self._records[today] = defaultdict(list)
            for meeting in rules.without_outcomes(meetings, self._policies, today):
                expected = timedelta(days=self._policies.of_forum(meeting.forum_id).outcomes_after)
                record = RecordToComplete(Reminder.Role.NO_OUTCOMES, meeting, meeting.held_latest + expected)
                found[self.scope.sheet_of(meeting.forum_id)].append(record)
            for meeting in meetings.unreported(today):
                if self._policies.of_forum(meeting.forum_id):
                    record = RecordToComplete(Reminder.Role.NOT_REPORTED, meeting, meeting.held_latest)
                    found[self.scope.sheet_of(meeting.forum_id)].append(record)
        return self._records[today]


def _open(scope, horizon: date):
    """Published, open commitments that may have a place on a sheet: due by then, going on, or answered."""
    answers = ProgressUpdate.objects.filter(commitment=OuterRef("pk"), reminder__isnull=False)
    told = answers.filter(Q(state=State.IN_REVIEW) | Q(state=State.PUBLISHED, answer=Answer.LATE))
    parties = CommitmentParty.objects.filter(side=CommitmentParty.Side.BY).select_related("country", "organisation")
    commitments = scope.narrow(Commitment.objects.published().open()).filter(may_call_by(horizon) | Exists(told))
    read = commitments.select_related("forum", "meeting", "agreement").only(*FIELDS)
    return read.prefetch_related(Prefetch("parties", parties, to_attr="told_parties"))
