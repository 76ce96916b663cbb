"""The planner: finds what each person is to be told at a moment, and puts one digest a person in the queue.

Any number may run at once, as often as they like: the keys in the database decide.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from agreements.models import Person
from meetings.models import Commitment, Notice
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue

from .calendar import Clock
from .lines import NOTICES, Line
from .policy import Policies, due_stage
from .recipients import Charges, InCharge, Register, askable, callable_by
from .record import Answers, Holds, Record
from .upkeep import upkeep

KIND = "follow-up"
# The earth's time zones lie within this distance of UTC.
FARTHEST_ZONE = timedelta(hours=14)
# What a line is read for; a planner reads thousands of commitments.
FIELDS = (
    "reference",
    "title",
    "state",
    "due_latest",
    "due_rule",
    "due_version",
    "recurrence",
    "forum",
    "working_group",
)


@dataclass(frozen=True)
class Digest:
    """All that one person is to be told on one day of theirs, the longest overdue first."""

    person: Person
    day: date
    lines: list[Line]

    @property
    def recipient(self):
        return recipient(self.person)

    @property
    def key(self):
        return f"{KIND}:{self.person.pk}:{self.day}"


def recipient(person: Person) -> str:
    return f"person:{person.pk}"


def plan(now: datetime, day: date | None = None) -> list[Digest]:
    """Queue every digest that is due at ``now``, in one transaction, and return those that this call queued.

    With ``day`` it is that day for everybody, past their hour of mail. To run it again, or twice at once, adds nothing.
    """
    digests = due_digests(now, day)
    if not digests:
        return []
    with transaction.atomic():
        # What a withdrawn message was to say has not been said: it may be due again.
        for model in NOTICES:
            withdrawn = model.objects.filter(delivery__state=Delivery.State.WITHDRAWN)
            (withdrawn.filter(answer__isnull=True) if model is Notice else withdrawn).delete()
        queued = enqueue(_delivery(digest, now) for digest in digests)
        # Only those inserted here: another planner's may be under way already, with the notices that it had then.
        digests = [digest for digest in digests if digest.key in queued]
        notices = [
            line.notice(digest.person, queued[digest.key], digest.day) for digest in digests for line in digest.lines
        ]
        for model in NOTICES:
            rows = sorted((notice for notice in notices if type(notice) is model), key=_identity)
            model.objects.bulk_create(rows, ignore_conflicts=True)
    return digests


def _delivery(digest, now):
    return Delivery(key=digest.key, kind=KIND, recipient=digest.recipient, day=digest.day, not_before=now)


def _identity(notice):
    return notice.person_id, notice.subject_id, notice.role, notice.due_version, notice.round, notice.due_on


def due_digests(now: datetime, day: date | None = None) -> list[Digest]:
    """Return the digests due at ``now`` and not queued yet. Changes nothing; the number of queries is fixed."""
    clock, policies = Clock(now, day), Policies()
    latest = day or (now + FARTHEST_ZONE).date()
    since = latest - timedelta(days=policies.longest_rest + 3)
    near = askable(now).filter(callable_by(latest + timedelta(days=policies.longest_window)))
    record, holds = Record(near, KIND, since), Holds(day or now.date())
    people, lines = {}, defaultdict(list)
    for person, line in [*_about_commitments(near, clock, policies, record), *upkeep(now, clock, policies)]:
        commitment = line.subject.pk if line.model is Notice else None
        if not holds.holds(person.pk, commitment) and not record.has_told(person.pk, line):
            people[person.pk] = person
            lines[person.pk].append(line)
    digests = [Digest(person, clock.day(person), lines[key]) for key, person in people.items()]
    return [digest for digest in digests if record.leaves_room_for(digest)]


def _about_commitments(near, clock, policies, record) -> Iterator[tuple[Person, Line]]:
    """What people are to be told of commitments now, whether they were told before or not."""
    in_charge, answers = InCharge(near, clock), Answers(near, clock)
    read = near.select_related("meeting", "agreement").only(*FIELDS, "meeting__held_latest", "agreement__signed_latest")
    ready = Readiness(in_charge.register, clock)
    for commitment in read.order_by("due_latest", "pk"):
        policy = policies.of_forum(commitment.forum_id)
        if policy is None:
            continue
        for role, person in _told(in_charge[commitment.pk]):
            if ready[person]:
                line = _line(role, person, commitment, policy, clock.day(person), answers, record)
                if line is not None:
                    yield person, line


def _told(charge: Charges):
    for role in Notice.Role:
        for person in charge.told(role):
            yield role, person


class Readiness:
    """Whether it is the hour of mail of a working day for a person; each is looked at once."""

    def __init__(self, register: Register, clock: Clock):
        self._register, self._clock, self._known = register, clock, {}

    def __getitem__(self, person):
        if person.pk not in self._known:
            is_time = self._clock.is_hour_of_mail(person)
            self._known[person.pk] = is_time and self._register.is_at_work(person)
        return self._known[person.pk]


def _line(role, person, commitment, policy, today, answers, record) -> Line | None:
    due = due_stage(policy, commitment, today)
    if role == Notice.Role.ASKED:
        return _question(person, commitment, policy, due, answers)
    return due and _escalation(role, commitment, policy, due, today, answers, record)


def _question(person, commitment, policy, due, answers):
    if due is None or answers.settles(commitment, person.pk, due[0]):
        return None
    round_ = answers.returned(commitment.pk, person.pk)
    return Line(Notice.Role.ASKED, commitment, *due, policy, round=round_)


def _escalation(role, commitment: Commitment, policy, due, today, answers, record):
    """Word to those above, once, when a question has stood without an answer for so many days after the due date."""
    after = policy.supervisor_after if role == Notice.Role.SUPERVISOR else policy.secretariat_after
    due_on = due[0]
    asked_on = record.first_asked(commitment.pk, due_on)
    if not after or asked_on is None or answers.is_answered(commitment, due_on):
        return None
    since = max(due_on, asked_on)
    return Line(role, commitment, due_on, after, policy) if (today - since).days >= after else None
