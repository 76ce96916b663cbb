"""What was asked, sent and answered before: nobody is told the same thing twice, or asked what they have answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.db.models import F, Max, Min, Q
from django.db.models.functions import Greatest, TruncDate

from agreements.models import Person
from meetings.models import Commitment, FollowUpHold, Notice, ProgressUpdate
from tracker.mail.models import Delivery
from tracker.records import edtf

from . import policy as rules
from .calendar import Clock, local_time
from .lines import NOTICES, Line

Answer = ProgressUpdate.Answer
# A message may wait for its server: it was told on the day on which it went out.
DAY_TOLD = Greatest("day", TruncDate("delivery__sent_at"))
WITHDRAWN = ProgressUpdate.State.WITHDRAWN


class Answers:
    """What was answered about these commitments: one query."""

    def __init__(self, commitments, clock: Clock):
        self._clock = clock
        self._waiting, self._done, self._later = set(), set(), {}
        self._returned, self._given, self._last_round = defaultdict(list), defaultdict(list), Counter()
        rows = ProgressUpdate.objects.filter(notice__isnull=False, commitment__in=commitments)
        for row in rows.select_related("notice").order_by("pk"):
            self._note(row, (row.commitment_id, row.answered_by_id))

    def _note(self, row, key):
        if row.state == WITHDRAWN:
            if row.question:
                self._returned[key].append((row.pk, row.question))
            return
        self._last_round[key] = max(self._last_round[key], row.notice.round)
        if row.state == ProgressUpdate.State.IN_REVIEW and row.answer != Answer.ON_TRACK:
            self._waiting.add(key)
        if row.state == ProgressUpdate.State.PUBLISHED and row.answer == Answer.LATE:
            self._later[*key, row.notice.due_version] = _promised_day(row)
        if row.answer == Answer.DONE:
            self._done.add((*key, row.notice.due_on))
        self._given[row.commitment_id, row.notice.due_version, row.notice.due_on].append(row)

    def round(self, commitment_id: int, people: Iterable[int]) -> int:
        """How many answers of these people, by primary key, editors sent back with a question."""
        return sum(len(self._returned[commitment_id, person]) for person in people)

    def question(self, commitment_id: int, people: Iterable[int]) -> str:
        """The last question that an editor sent back to one of these people; empty once they have answered it."""
        returned = [each for person in people for each in self._returned[commitment_id, person]]
        is_answered = any(self._last_round[commitment_id, person] >= len(returned) for person in people)
        return "" if is_answered or not returned else max(returned)[1]

    def settles(self, commitment: Commitment, person: Person, voices: list[set[int]], due_on: date) -> bool:
        """Whether those whose ``voices`` count have said what there is to say for now, office by office."""
        today = self._clock.day(person)
        return all(any(self._is_settled(commitment, key, due_on, today) for key in keys) for keys in voices)

    def _is_settled(self, commitment, person_id, due_on, today):
        """It waits for an editor: it would be rude to ask again (being on track needs no decision, and a reminder does
        no harm). Or this time of something that recurs is done, or it was accepted that it comes later, on a day that
        is not over yet."""
        key = commitment.pk, person_id
        if key in self._waiting or ((*key, due_on) in self._done and rules.happens_again(commitment)):
            return True
        later = self._later.get((*key, commitment.due_version))
        return later is not None and later >= today

    def is_answered(self, commitment: Commitment, due_on: date) -> bool:
        """Whether anybody has answered since it was due. Having been on track before that day is no answer."""
        return bool(self._since_due(commitment, due_on))

    def is_open(self, commitment: Commitment, due_on: date, today: date) -> bool:
        """Whether the question stands without an answer, or with none but promises of a later day that is over."""
        return not self.is_answered(commitment, due_on) or self.reopened_on(commitment, due_on, today) is not None

    def reopened_on(self, commitment: Commitment, due_on: date, today: date) -> date | None:
        """The last day that accepted answers promised in place of the due date, once it is over and all there is."""
        days = [_promised_day(row) for row in self._since_due(commitment, due_on)]
        is_over = days and all(day is not None and day < today for day in days)
        return max(days) if is_over else None

    def _since_due(self, commitment, due_on):
        given = self._given[commitment.pk, commitment.due_version, due_on]
        return [row for row in given if row.answer != Answer.ON_TRACK or row.created_at.date() >= due_on]


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
        sent_since = datetime.combine(since, time(), UTC)
        of_late = Delivery.objects.unsent() | Delivery.objects.filter(Q(day__gte=since) | Q(sent_at__gte=sent_since))
        for delivery in of_late.filter(kind=kind).only("recipient", "day", "state", "sent_at"):
            self._deliveries[delivery.recipient].append(delivery)

    def _read(self, model, notices):
        subject = f"{model.subject_name}_id"
        rows = notices.order_by().values_list("person_id", subject, "role", "round", "due_on").annotate(Max("stage"))
        for person, subject, role, round_, due_on, stage in rows:
            self._latest[model, person, subject, role, round_, due_on] = stage

    def _read_first_asked(self, commitments):
        asked = Notice.objects.filter(commitment__in=commitments, role=Notice.Role.ASKED)
        asked = asked.filter(due_version=F("commitment__due_version"), delivery__state=Delivery.State.SENT)
        rows = asked.order_by().values_list("commitment_id", "due_on", "person_id").annotate(first=Min(DAY_TOLD))
        for commitment, due_on, person, day in rows:
            self._first_asked[commitment, due_on, person] = day

    def has_told(self, person_id: int, line: Line) -> bool:
        """Whether this stage, or a later one, was told before."""
        latest = self._latest.get((line.model, person_id, line.subject.pk, line.role, line.round, line.due_on))
        return latest is not None and latest >= line.stage

    def first_asked(self, commitment_id: int, due_on: date, people: Iterable[int]) -> date | None:
        """The day on which one of these people was first asked about this due date, by a message that was sent."""
        days = (self._first_asked.get((commitment_id, due_on, person)) for person in people)
        return min(filter(None, days), default=None)

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


def _promised_day(row):
    """The last day of the new date of an accepted “late”; None of any other answer, and where nobody knows."""
    if row.answer != Answer.LATE or row.state != ProgressUpdate.State.PUBLISHED or not row.expected:
        return None
    return edtf.bounds(row.expected).latest


def _day_sent(delivery, person):
    return max(delivery.day, local_time(delivery.sent_at, person).date())
