"""What is due at a moment, put in the queue: digests for those who are asked, sheets for coordinators, and reports of
mail that failed; and the sending of what waits. For tasks and for the command alike.

Any number of planners may run at once, as often as they like: the keys in the database decide.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agreements.models import Agreement, Person
from meetings.models import Commitment, FollowUpPolicy, Reminder
from tracker.mail import accounts, problems
from tracker.mail.models import Delivery, LastRun
from tracker.mail.queue import enqueue
from tracker.mail.relay import RelayResult, relay
from tracker.mail.writers import WRITERS
from tracker.records.models import DataVersion

from . import digest, rules, sheet, sheet_mail
from .history import Answers, Holds, PastReminders, Questions
from .people import Coordinators, InCharge, askable, mailbox, may_call_by, recipient
from .rules import DueReminder, Policies
from .working_days import Clock

Role = Reminder.Role
WRITERS |= {
    digest.KIND: digest.DigestWriter,
    sheet.KIND: sheet_mail.SheetWriter,
    problems.KIND: problems.ReportWriter,
    accounts.KIND: accounts.AccountWriter,
}
# What a reminder is read for; a planner reads thousands of commitments.
FIELDS = (
    "reference",
    "title",
    "state",
    "strength",
    "due_latest",
    "due_rule",
    "due_version",
    "recurrence",
    "forum",
    "working_group",
)
# What has been said, or will be: a message given up or withdrawn says nothing.
TOLD = (*Delivery.UNSENT, Delivery.State.SENT)


@dataclass(frozen=True)
class DueDigest:
    """All that one person is to be told on one day of theirs, the longest overdue first."""

    person: Person
    day: date
    reminders: list[DueReminder]

    @property
    def key(self):
        return f"{digest.KIND}:{self.person.pk}:{self.day}"

    def delivery(self, now):
        return _delivery(self, digest.KIND, now)


@dataclass(frozen=True)
class DueSheet:
    """One forum, one coordinator, the week of ``day``. Without a forum it is about all that nobody else coordinates."""

    forum_id: int | None
    person: Person
    day: date

    @property
    def key(self):
        return sheet.key(self.forum_id, self.person.pk, sheet.monday_of(self.day))

    def delivery(self, now):
        return _delivery(self, sheet.KIND, now)


def _delivery(due, kind, now):
    return Delivery(key=due.key, kind=kind, recipient=recipient(due.person), day=due.day, not_before=now)


@dataclass(frozen=True)
class PlannedMail:
    """What is due at a moment."""

    digests: list[DueDigest]
    sheets: list[DueSheet]
    reports: int = 0

    @property
    def messages(self) -> int:
        return len(self.digests) + len(self.sheets) + self.reports

    def __str__(self):
        reminders = sum(len(each.reminders) for each in self.digests)
        reports = f", {self.reports} reports of problems" if self.reports else ""
        return f"{len(self.digests)} mails, {reminders} reminders, {len(self.sheets)} sheets{reports}"


def due(now: datetime, day: date | None = None) -> PlannedMail:
    """Return what ``plan`` would queue for people in charge and coordinators. Changes nothing."""
    return PlannedMail(due_digests(now, day), due_sheets(now, day))


def plan(now: datetime, day: date | None = None) -> PlannedMail:
    """Queue what is due at ``now`` and return it. With ``day`` it is that day for everybody, past their hour of mail.

    To run it again, or twice at once, adds nothing.
    """
    mail = PlannedMail(plan_digests(now, day), plan_sheets(now, day), problems.plan(now))
    LastRun.note(LastRun.Name.PLANNER, now, f"{mail} planned")
    return mail


def send(seconds: float | None = None) -> RelayResult:
    """Send what waits, for at most about ``seconds``."""
    result = relay(WRITERS, seconds=seconds)
    if result.counts["sent"]:
        # The public page of a commitment says when it was asked about.
        DataVersion.bump()
    return result


# Digests


def plan_digests(now: datetime, day: date | None = None) -> list[DueDigest]:
    """Queue the digests that are due, with their reminders, in one transaction; return those that this call queued."""
    digests = due_digests(now, day)
    if not digests:
        return []
    with transaction.atomic():
        # What a withdrawn message was to say has not been said: it may be due again.
        Reminder.objects.without_message().delete()
        queued = enqueue(each.delivery(now) for each in digests)
        # Only those inserted here: another planner's may be under way already, with the reminders that it had then.
        digests = [each for each in digests if each.key in queued]
        rows = [due.row(each.person, queued[each.key], each.day) for each in digests for due in each.reminders]
        Reminder.objects.bulk_create(sorted(rows, key=_identity), ignore_conflicts=True)
    return digests


def _identity(row):
    """In one order everywhere, so that two planners wait for each other instead of locking each other out."""
    return row.role, row.person_id, row.subject.pk, row.due_version, row.round, row.due_on


def due_digests(now: datetime, day: date | None = None) -> list[DueDigest]:
    """Return the digests due at ``now`` and not queued yet. Changes nothing; the number of queries is fixed."""
    clock, policies = Clock(now, day), Policies()
    near = askable().filter(may_call_by(clock.last_day + timedelta(days=policies.longest_window)))
    past = PastReminders(near, digest.KIND, since=clock.last_day - timedelta(days=policies.longest_rest + 3))
    holds = Holds(day or timezone.localdate(now))
    people, reminders = {}, defaultdict(list)
    for person, due in [*_about_commitments(near, clock, policies), *_about_agreements(clock, policies)]:
        if not holds.apply(person, due.subject) and not past.include(person, due):
            people[person.pk] = person
            reminders[person.pk].append(due)
    digests = [
        DueDigest(person, clock.day(person), sorted(reminders[key], key=lambda due: due.due_on))
        for key, person in people.items()
    ]
    return [each for each in digests if _may_be_sent(each, past)]


def _may_be_sent(due_digest, past):
    """Whether the person may be written to: nothing waits or had its day today, and they have rested."""
    key, day = recipient(due_digest.person), due_digest.day
    if past.has_day_or_waits(key, day):
        return False
    last = past.last_mail(key, due_digest.person)
    return any(due.is_exempt_from_rest or rules.has_rested(due.policy, last, day) for due in due_digest.reminders)


def _about_agreements(clock, policies) -> Iterator[tuple[Person, DueReminder]]:
    """What coordinators are to be told of notice periods that end, whether they were told before or not."""
    coordinators = Coordinators(clock)
    if not coordinators:
        return
    for agreement in rules.with_notice_period(Agreement.objects.published(), clock.first_day):
        policy = policies.of_forum(agreement.forum_id)
        people = coordinators.of_forum(agreement.forum_id) if policy else {}
        for person, sharing in people.items():
            due = coordinators.directory.is_at_work(person) and rules.notice_window(
                agreement, policy, clock.day(person)
            )
            if due:
                yield person, replace(due, sharing=frozenset(sharing))


def _about_commitments(near, clock, policies) -> Iterator[tuple[Person, DueReminder]]:
    """What people are to be told of commitments now, whether they were told before or not."""
    planner = CommitmentPlanner(near, clock)
    read = near.select_related("meeting", "agreement").only(
        *FIELDS, "meeting__held_latest", "agreement__signed_or_adopted_latest"
    )
    for commitment in read.order_by("due_latest", "pk"):
        policy = policies.of_forum(commitment.forum_id)
        if policy is not None:
            yield from planner.reminders(commitment, policy)


class CommitmentPlanner:
    """Finds who is to be told what about which commitment: nine queries."""

    def __init__(self, near, clock: Clock):
        self._clock, self._in_charge = clock, InCharge(near, clock)
        self._questions, self._answers = Questions(near), Answers(near, clock)

    def reminders(self, commitment: Commitment, policy: FollowUpPolicy) -> Iterator[tuple[Person, DueReminder]]:
        """One for each mailbox at most: who is both supervisor and secretariat is told as the first of them."""
        told, people = set(), self._in_charge[commitment.pk]
        for role in (Role.ASKED, Role.SUPERVISOR, Role.SECRETARIAT):
            for person in people.recipients(role):
                if mailbox(person) not in told and self._in_charge.directory.is_at_work(person):
                    due = self._reminder(role, person, commitment, policy)
                    if due is not None:
                        told.add(mailbox(person))
                        yield person, due

    def _reminder(self, role, person, commitment, policy):
        due = rules.due_stage(policy, commitment, self._clock.day(person))
        if due is None:
            return None
        due_on, reached = due
        who_answer = self._in_charge[commitment.pk].who_answer(person, role)
        if role == Role.ASKED:
            if self._answers.have_settled(commitment, person, who_answer, due_on):
                return None
        else:
            days = policy.supervisor_after if role == Role.SUPERVISOR else policy.secretariat_after
            reached = self._stood(days, commitment, due_on, self._clock.day(person))
            if reached is None:
                return None
        everyone = set().union(*who_answer)
        asks_back = bool(self._answers.question(commitment.pk, everyone))
        round_ = self._answers.round(commitment.pk, everyone)
        sharing = frozenset(self._in_charge[commitment.pk].sharing[person.pk])
        return DueReminder(role, commitment, due_on, reached, policy, round_, asks_back, sharing)

    def _stood(self, days, commitment, due_on, today):
        """The stage of telling others, once a question has stood without an answer for so many days; None before.

        It stands since it was both due and asked. A later day that was promised and has passed opens it anew: the
        stage then counts from that day, so that those who were told before are told of that too.
        """
        asked_on = self._questions.first_on(commitment.pk, due_on, self._in_charge[commitment.pk].keys)
        if not days or asked_on is None or not self._answers.is_open(commitment, due_on, today):
            return None
        opened_on = self._answers.reopened_on(commitment, due_on, today) or due_on
        if (today - max(asked_on, opened_on)).days < days:
            return None
        return (opened_on - due_on).days + days


# Sheets


def plan_sheets(now: datetime, day: date | None = None) -> list[DueSheet]:
    """Queue the sheets that are due; return those that this call queued."""
    sheets = due_sheets(now, day)
    if not sheets:
        return []
    with transaction.atomic():
        queued = enqueue(each.delivery(now) for each in sheets)
    return [each for each in sheets if each.key in queued]


def due_sheets(now: datetime, day: date | None = None) -> list[DueSheet]:
    """Return the sheets due at ``now`` and not queued yet. Changes nothing; the number of queries is fixed.

    A sheet is due on the first working day of the week, and on any later one for as long as it has not been planned:
    so the server may be away, and whoever is appointed in mid-week is told at once.
    """
    clock, holds = Clock(now, day), Holds(day or timezone.localdate(now))
    coordinators = Coordinators(clock)
    sheets = [
        DueSheet(forum, person, clock.day(person))
        for forum in coordinators.forums()
        for person in coordinators.of_forum(forum)
        if coordinators.directory.is_at_work(person) and not holds.on_person(person)
    ]
    sheets = list(_not_told(sheets, coordinators)) if sheets else []
    if not sheets:
        return []
    contents = sheet.SheetContents(sheet.SheetScope({each.forum_id for each in sheets}, coordinators), clock, holds)
    return [each for each in sheets if contents.entries(each.forum_id, each.person)]


def _not_told(sheets, coordinators):
    """Those whose key is new; whoever stands in for others, or reads their mailbox, gets no second copy of what these
    had before they left."""
    theirs = {each: _keys(each, coordinators.appointed(each.forum_id, each.person)) for each in sheets}
    shared = {each: _keys(each, coordinators.of_forum(each.forum_id)[each.person]) for each in sheets}
    keys = set().union(*theirs.values(), *shared.values())
    states = dict(Delivery.objects.filter(key__in=keys).values_list("key", "state"))
    for each in sheets:
        is_stand_in = each.key not in theirs[each]
        is_covered = is_stand_in and all(states.get(key) in TOLD for key in theirs[each])
        is_there = any(states.get(key) in TOLD for key in shared[each])
        if each.key not in states and not is_covered and not is_there:
            yield each


def _keys(due_sheet, people):
    monday = sheet.monday_of(due_sheet.day)
    return {sheet.key(due_sheet.forum_id, person, monday) for person in people}
