"""What was asked, sent and answered before: nobody is told the same thing twice, or asked what they have answered."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import F, Max, Min, Q

from meetings.models import Commitment, FollowUpHold, Notice, ProgressUpdate
from tracker.mail.models import Delivery
from tracker.records import edtf

from . import policy as rules
from .calendar import Clock, local_time
from .lines import NOTICES, Line

Answer = ProgressUpdate.Answer
WITHDRAWN = ProgressUpdate.State.WITHDRAWN


class Answers:
    """What was answered about these commitments: one query."""

    def __init__(self, commitments, clock: Clock):
        self._today = clock.now.date()
        self._waiting, self._done, self._later = set(), set(), {}
        self._returned, self._given = Counter(), defaultdict(list)
        rows = ProgressUpdate.objects.filter(notice__isnull=False, commitment__in=commitments)
        for row in rows.select_related("notice").order_by("pk"):
            self._note(row, (row.commitment_id, row.answered_by_id))

    def _note(self, row, key):
        if row.state == WITHDRAWN:
            self._returned[key] += bool(row.question)
            return
        if row.state == ProgressUpdate.State.IN_REVIEW and row.answer != Answer.ON_TRACK:
            self._waiting.add(key)
        if row.state == ProgressUpdate.State.PUBLISHED and row.answer == Answer.LATE:
            self._later[*key, row.notice.due_version] = edtf.bounds(row.expected).latest if row.expected else None
        if row.answer == Answer.DONE:
            self._done.add((*key, row.notice.due_on))
        self._given[row.commitment_id, row.notice.due_version, row.notice.due_on].append(row)

    def is_waiting(self, commitment_id: int, person_id: int) -> bool:
        """Whether an answer waits for an editor: it would be rude to ask again. Being on track needs no decision, and a
        reminder does no harm."""
        return (commitment_id, person_id) in self._waiting

    def returned(self, commitment_id: int, person_id: int) -> int:
        """How many answers of the person editors sent back with a question."""
        return self._returned[commitment_id, person_id]

    def settles(self, commitment: Commitment, person_id: int, due_on: date) -> bool:
        """Whether the person has said what there is to say for now: it waits for an editor, this time of something that
        recurs is done, or it was accepted that it comes later, on a day that is not over yet."""
        key = commitment.pk, person_id
        if key in self._waiting or ((*key, due_on) in self._done and rules.happens_again(commitment)):
            return True
        later = self._later.get((*key, commitment.due_version))
        return later is not None and later >= self._today

    def is_answered(self, commitment: Commitment, due_on: date) -> bool:
        """Whether anybody has answered since it was due. Having been on track before that day is no answer."""
        given = self._given[commitment.pk, commitment.due_version, due_on]
        return any(row.answer != Answer.ON_TRACK or row.created_at.date() >= due_on for row in given)


class Holds:
    """What editors hold back on a day: one query."""

    def __init__(self, day: date):
        self._held = set(FollowUpHold.objects.on(day).values_list("person_id", "commitment_id"))

    def holds(self, person_id: int, commitment_id: int | None = None) -> bool:
        """Whether a message to the person is held back, or what it says of the commitment."""
        if commitment_id is None:
            return self.has(person_id, None)
        keys = (person_id, None), (None, commitment_id), (person_id, commitment_id)
        return any(key in self._held for key in keys)

    def has(self, person_id: int | None, commitment_id: int | None) -> bool:
        """Whether there is a hold on exactly this: a person, a commitment, or the two together."""
        return (person_id, commitment_id) in self._held


class Record:
    """Notices and deliveries so far: five queries. ``since`` is the day back to which rests and weeks are looked up."""

    def __init__(self, commitments, kind: str, since: date):
        self._latest, self._first_asked = {}, {}
        counts = Q(delivery__state=Delivery.State.WITHDRAWN)
        for model in NOTICES:
            notices = model.objects.exclude(counts & Q(answer__isnull=True) if model is Notice else counts)
            if model is Notice:
                notices = notices.filter(commitment__in=commitments, due_version=F("commitment__due_version"))
            self._read(model, notices)
        self._read_first_asked(commitments)
        self._deliveries = defaultdict(list)
        of_late = Delivery.objects.unsent() | Delivery.objects.filter(day__gte=since)
        for delivery in of_late.filter(kind=kind).only("recipient", "day", "state", "sent_at"):
            self._deliveries[delivery.recipient].append(delivery)

    def _read(self, model, notices):
        subject = f"{model.subject_name}_id"
        rows = notices.order_by().values_list("person_id", subject, "role", "round", "due_on").annotate(Max("stage"))
        for person, subject, role, round_, due_on, stage in rows:
            key = model, person, subject, role, round_
            self._latest[key] = max((due_on, stage), self._latest.get(key, (date.min, 0)))

    def _read_first_asked(self, commitments):
        asked = Notice.objects.filter(commitment__in=commitments, role=Notice.Role.ASKED)
        asked = asked.filter(due_version=F("commitment__due_version"), delivery__state=Delivery.State.SENT)
        for commitment, due_on, day in asked.order_by().values_list("commitment_id", "due_on").annotate(Min("day")):
            self._first_asked[commitment, due_on] = day

    def has_told(self, person_id: int, line: Line) -> bool:
        """Whether this stage, or a later one, was told before."""
        latest = self._latest.get((line.model, person_id, line.subject.pk, line.role, line.round))
        return latest is not None and latest >= (line.due_on, line.stage)

    def first_asked(self, commitment_id: int, due_on: date) -> date | None:
        """The day on which somebody was first asked about this due date, by a message that was sent."""
        return self._first_asked.get((commitment_id, due_on))

    def leaves_room_for(self, digest) -> bool:
        """Whether the person may be written to: nothing waits or had its day today, and they have rested.

        One message waiting is enough: it will say how things stand when it goes out, however long the server was away.
        """
        deliveries = self._deliveries[digest.recipient]
        if any(delivery.state in Delivery.UNSENT or delivery.day == digest.day for delivery in deliveries):
            return False
        sent = [_day_sent(delivery, digest.person) for delivery in deliveries if delivery.sent_at]
        last = max(sent, default=None)
        return any(line.is_exempt_from_rest or rules.has_rested(line.policy, last, digest.day) for line in digest.lines)


def _day_sent(delivery, person):
    return max(delivery.day, local_time(delivery.sent_at, person).date())
