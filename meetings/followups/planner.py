"""The planner: finds who is to be asked about what at a moment, and puts one digest a person in the queue.

Any number may run at once, as often as they like: the keys in the database decide.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from agreements.models import Person
from meetings.models import Commitment, FollowUpPolicy, Notice
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue

from . import policy as rules
from .calendar import is_working_day, local_time
from .recipients import askable, awaiting_editors, people_asked

KIND = "follow-up"
# The earth's time zones lie within this distance of UTC.
FARTHEST_ZONE = timedelta(hours=14)


@dataclass(frozen=True)
class Question:
    """One commitment that one person is to be asked about."""

    commitment: Commitment
    stage: int
    policy: FollowUpPolicy


@dataclass(frozen=True)
class Digest:
    """All that one person is to be asked on one day of theirs, the longest overdue first."""

    person: Person
    day: date
    questions: list[Question]

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
        # What a withdrawn message was to ask has not been asked: it may be due again.
        Notice.objects.filter(delivery__state=Delivery.State.WITHDRAWN, answer__isnull=True).delete()
        queued = enqueue(_delivery(digest, now) for digest in digests)
        # Only those inserted here: another planner's may be under way already, with the notices that it had then.
        digests = [digest for digest in digests if digest.key in queued]
        notices = [notice for digest in digests for notice in _notices(digest, queued[digest.key])]
        Notice.objects.bulk_create(sorted(notices, key=_identity), ignore_conflicts=True)
    return digests


def _delivery(digest, now):
    return Delivery(key=digest.key, kind=KIND, recipient=digest.recipient, day=digest.day, not_before=now)


def _notices(digest, delivery):
    for question in digest.questions:
        yield Notice(
            delivery=delivery,
            person=digest.person,
            commitment=question.commitment,
            stage=question.stage,
            due_version=question.commitment.due_version,
            day=digest.day,
        )


def _identity(notice):
    return notice.person_id, notice.commitment_id, notice.stage, notice.due_version


def due_digests(now: datetime, day: date | None = None) -> list[Digest]:
    """Return the digests due at ``now`` and not queued yet. Changes nothing; the number of queries is fixed."""

    def day_of(person):
        return day or local_time(now, person).date()

    def is_hour_of_mail(person):
        return day is not None or local_time(now, person).hour >= person.send_hour

    policies = Policies()
    horizon = (day or (now + FARTHEST_ZONE).date()) + timedelta(days=policies.longest_window)
    commitments = askable(now).filter(due_latest__lte=horizon)
    record = Record(commitments, since=horizon - timedelta(days=policies.longest_window + policies.longest_rest + 3))
    people, questions = {}, defaultdict(list)
    for commitment, person in _pairs(commitments, day_of):
        if is_hour_of_mail(person) and is_working_day(day_of(person), person):
            question = policies.question(commitment, day_of(person))
            if question and not record.has_asked(person, question):
                people[person.pk] = person
                questions[person.pk].append(question)
    digests = [Digest(person, day_of(person), questions[key]) for key, person in people.items()]
    return [digest for digest in digests if record.leaves_room_for(digest)]


def _pairs(commitments, day_of):
    """Each commitment with each person asked about it, the longest overdue first."""
    asked = people_asked(commitments, day_of)
    for commitment in commitments.order_by("due_latest", "pk"):
        for person in asked.get(commitment.pk, []):
            yield commitment, person


class Policies:
    """The policies in use: one query."""

    def __init__(self):
        in_use = FollowUpPolicy.objects.filter(is_active=True).select_related("forum")
        self._by_forum = {policy.forum_id: policy for policy in in_use}
        self.longest_window = max((policy.window_days for policy in in_use), default=0)
        self.longest_rest = max((policy.rest_days for policy in in_use), default=0)

    def question(self, commitment, today):
        policy = self._by_forum.get(commitment.forum_id) or self._by_forum.get(None)
        stage = policy and rules.stage(policy, commitment.due_latest, today)
        return None if stage is None else Question(commitment, stage, policy)


class Record:
    """What was asked and sent before: three queries."""

    def __init__(self, commitments, since):
        counts = Q(answer__isnull=False) | ~Q(delivery__state=Delivery.State.WITHDRAWN)
        notices = Notice.objects.filter(counts, commitment__in=commitments, due_version=F("commitment__due_version"))
        latest = notices.order_by().values_list("commitment", "person").annotate(Max("stage"))
        self._latest_stage = {(commitment, person): stage for commitment, person, stage in latest}
        self._with_editors = awaiting_editors(commitments)
        self._deliveries = defaultdict(list)
        of_late = Delivery.objects.unsent() | Delivery.objects.filter(day__gte=since)
        for delivery in of_late.filter(kind=KIND).only("recipient", "day", "state", "sent_at"):
            self._deliveries[delivery.recipient].append(delivery)

    def has_asked(self, person, question):
        """Whether this stage, or a later one, was asked before, or an answer waits for an editor."""
        key = question.commitment.pk, person.pk
        return key in self._with_editors or self._latest_stage.get(key, question.stage - 1) >= question.stage

    def leaves_room_for(self, digest):
        """Whether the person may be written to: nothing waits or had its day today, and they have rested.

        One message waiting is enough: it will say how things stand when it goes out, however long the server was away.
        """
        deliveries = self._deliveries[digest.recipient]
        if any(delivery.state in Delivery.UNSENT or delivery.day == digest.day for delivery in deliveries):
            return False
        last = max(
            (self._day_sent(delivery, digest.person) for delivery in deliveries if delivery.sent_at), default=None
        )
        return any(
            question.stage in rules.WITHOUT_REST or rules.has_rested(question.policy, last, digest.day)
            for question in digest.questions
        )

    def _day_sent(self, delivery, person):
        return max(delivery.day, local_time(delivery.sent_at, person).date())
