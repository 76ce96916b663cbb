"""The planner: finds what each person is to be told at a moment, and puts one digest a person in the queue.

Any number may run at once, as often as they like: the keys in the database decide.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from agreements.models import Person
from meetings.models import Commitment, FollowUpPolicy, Notice
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue

from .calendar import FARTHEST_ZONE, Clock
from .lines import NOTICES, Line
from .policy import Policies, due_stage
from .recipients import InCharge, Register, askable, callable_by
from .record import Answers, Holds, Record
from .upkeep import upkeep

KIND = "follow-up"
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
    drafts = Drafts(near, clock, record)
    read = near.select_related("meeting", "agreement").only(*FIELDS, "meeting__held_latest", "agreement__signed_latest")
    for commitment in read.order_by("due_latest", "pk"):
        policy = policies.of_forum(commitment.forum_id)
        if policy is not None:
            yield from drafts.of(commitment, policy)


class Drafts:
    """Draws up the lines about commitments: eight queries."""

    def __init__(self, near, clock: Clock, record: Record):
        self._in_charge, self._answers, self._record = InCharge(near, clock), Answers(near, clock), record
        self._clock, self._is_ready = clock, Readiness(self._in_charge.register, clock)

    def of(self, commitment: Commitment, policy: FollowUpPolicy) -> Iterator[tuple[Person, Line]]:
        """One line for each person at most: who is both supervisor and secretariat is told as the first of them."""
        told = set()
        for role in Notice.Role:
            for person in self._in_charge[commitment.pk].told(role):
                if person.pk not in told and self._is_ready[person]:
                    line = self._line(role, person, commitment, policy)
                    if line is not None:
                        told.add(person.pk)
                        yield person, line

    def _line(self, role, person, commitment, policy):
        due = due_stage(policy, commitment, self._clock.day(person))
        if due is None:
            return None
        voices = self._in_charge[commitment.pk].voices(person, role)
        stage = self._stage(role, person, commitment, policy, due, voices)
        if stage is None:
            return None
        people = set().union(*voices)
        asks_back = bool(self._answers.question(commitment.pk, people))
        round_ = self._answers.round(commitment.pk, people)
        return Line(role, commitment, due[0], stage, policy, round=round_, asks_back=asks_back)

    def _stage(self, role, person, commitment, policy, due, voices):
        """The stage of a question, unless it is settled; that of word to those above, once it is time for it."""
        due_on, stage = due
        if role == Notice.Role.ASKED:
            return None if self._answers.settles(commitment, person, voices, due_on) else stage
        after = policy.supervisor_after if role == Notice.Role.SUPERVISOR else policy.secretariat_after
        today = self._clock.day(person)
        asked_on = self._record.first_asked(commitment.pk, due_on, self._in_charge[commitment.pk].in_office)
        if not after or asked_on is None or not self._answers.is_open(commitment, due_on, today):
            return None
        has_stood = today - max(due_on, asked_on, self._answers.reopened_on(commitment, due_on, today) or due_on)
        return after if has_stood.days >= after else None


class Readiness(dict):
    """Whether it is the hour of mail of a working day for a person; each is looked at once."""

    def __init__(self, register: Register, clock: Clock):
        self._register, self._clock = register, clock

    def __missing__(self, person):
        self[person] = self._clock.is_hour_of_mail(person) and self._register.is_at_work(person)
        return self[person]
