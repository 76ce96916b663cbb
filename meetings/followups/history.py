"""What was asked, and what was answered: nobody is told the same thing twice, or asked what they have answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Count, Max, Min, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import Commitment, FollowUpHold, ProgressUpdate, Reminder, Schedule
from tracker.mail.models import Delivery
from tracker.records import edtf

from .people import PeopleInCharge
from .rules import DueReminder, happens_again
from .working_days import Clock, day_of, zone

Answer, State = ProgressUpdate.Answer, ProgressUpdate.State


@dataclass(frozen=True)
class AskedPerson:
    """How often somebody was asked about one due date, and when first and last."""

    key: int
    name: str
    times: int
    first_on: date
    last_on: date


class Questions:
    """Who was asked about the due dates that now stand, by messages that went out: one query.

    A person's messages go out in the order of their days: the first day goes with the first sending.
    """

    def __init__(self, commitments):
        sent = Reminder.objects.questions().sent().of_current_due_date().filter(commitment__in=commitments).order_by()
        rows = sent.values_list("commitment_id", "due_on", "person_id", "person__name", "person__time_zone")
        counted = rows.annotate(Count("pk"), Min("day"), Min("delivery__sent_at"), Max("day"), Max("delivery__sent_at"))
        self._asked = defaultdict(list)
        for commitment, due_on, key, name, time_zone, times, *first, last_day, last_sent_at in counted:
            first_on, last_on = _day_told(*first, time_zone), _day_told(last_day, last_sent_at, time_zone)
            self._asked[commitment, due_on].append(AskedPerson(key, name, times, first_on, last_on))
        for people in self._asked.values():
            people.sort(key=lambda each: (each.first_on, each.key))

    def asked(self, commitment_id: int, due_on: date | None) -> list[AskedPerson]:
        """Those who were asked about a due date, the longest ago first."""
        return self._asked.get((commitment_id, due_on), [])

    def first_on(self, commitment_id: int, due_on: date, people: Iterable[int]) -> date | None:
        """The day on which one of these people, by primary key, was first asked about it."""
        return next((each.first_on for each in self.asked(commitment_id, due_on) if each.key in people), None)


def _day_told(day, sent_at, time_zone):
    """A message may wait for its server: people were told on the day of theirs on which it went out."""
    return max(day, sent_at.astimezone(zone(time_zone)).date())


class Answers:
    """What was answered about some commitments: one query."""

    def __init__(self, commitments, clock: Clock):
        self._clock = clock
        self._waiting, self._done, self._later = set(), set(), {}
        self._returned, self._last_round = defaultdict(list), Counter()
        self._in_review, self._about = defaultdict(list), defaultdict(list)
        rows = ProgressUpdate.objects.filter(reminder__isnull=False, commitment__in=commitments)
        for row in rows.select_related("reminder", "answered_by", "responsible").order_by("pk"):
            self._note(row, (row.commitment_id, row.answered_by_id))

    def _note(self, row, key):
        if row.state == State.WITHDRAWN:
            if row.question:
                self._returned[key].append((row.pk, row.question))
            return
        self._last_round[key] = max(self._last_round[key], row.reminder.round)
        if row.state == State.IN_REVIEW:
            self._in_review[row.commitment_id].append(row)
            if row.answer != Answer.ON_TRACK:
                self._waiting.add(key)
        if row.state == State.PUBLISHED and row.answer == Answer.LATE:
            self._later[*key, row.reminder.due_version] = _promised_day(row)
        if row.answer == Answer.DONE:
            self._done.add((*key, row.reminder.due_on))
        self._about[row.commitment_id, row.reminder.due_version, row.reminder.due_on].append(row)

    def in_review(self, commitment: Commitment) -> list[ProgressUpdate]:
        """The answers that wait for an editor."""
        return self._in_review.get(commitment.pk, [])

    def last_accepted(self, commitment: Commitment, due_on: date | None) -> list[ProgressUpdate]:
        """The last accepted answer of each person about this due date."""
        about = self._about.get((commitment.pk, commitment.due_version, due_on), [])
        return list({row.answered_by_id: row for row in about if row.state == State.PUBLISHED}.values())

    def round(self, commitment_id: int, people: Iterable[int]) -> int:
        """How many answers of these people, by primary key, editors sent back with a question."""
        return sum(len(self._returned[commitment_id, person]) for person in people)

    def question(self, commitment_id: int, people: Iterable[int]) -> str:
        """The last question that an editor sent back to one of these people; empty once they have answered it."""
        returned = [each for person in people for each in self._returned[commitment_id, person]]
        is_answered = any(self._last_round[commitment_id, person] >= len(returned) for person in people)
        return "" if is_answered or not returned else max(returned)[1]

    def have_settled(self, commitment: Commitment, person: Person, who_answer: list[set[int]], due_on: date) -> bool:
        """Whether there is nothing to ask the person for now: for each of their appointments, one of those whose answer
        will do has said what there is to say."""
        today = self._clock.day(person)
        return all(any(self._is_settled(commitment, key, due_on, today) for key in keys) for keys in who_answer)

    def _is_settled(self, commitment, person_id, due_on, today):
        """It waits for an editor: it would be rude to ask again (being on track needs no decision, and another reminder
        does no harm). Or this time of something that recurs is done, or it was accepted that it comes later, on a day
        that is not over yet."""
        key = commitment.pk, person_id
        if key in self._waiting or ((*key, due_on) in self._done and happens_again(commitment)):
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
        about = self._about.get((commitment.pk, commitment.due_version, due_on), [])
        return [row for row in about if row.answer != Answer.ON_TRACK or _given_on(row) >= due_on]


def _given_on(row):
    return day_of(row.created_at, row.answered_by)


def _promised_day(row):
    """The last day of the new date of an accepted “late”; None of any other answer, and where nobody knows."""
    if row.answer != Answer.LATE or row.state != State.PUBLISHED or not row.expected:
        return None
    return edtf.bounds(row.expected).latest


class Holds:
    """What editors hold back on a day: one query."""

    def __init__(self, day: date):
        self._held = set(FollowUpHold.objects.on(day).values_list("person_id", "commitment_id"))

    def on_person(self, person: Person) -> bool:
        """Whether all mail to the person is held back."""
        return (person.pk, None) in self._held

    def on_commitment(self, commitment: Commitment) -> bool:
        """Whether all mail about the commitment is held back."""
        return (None, commitment.pk) in self._held

    def on_both(self, person: Person, commitment: Commitment) -> bool:
        """Whether just the mail to this person about this commitment is held back."""
        return (person.pk, commitment.pk) in self._held

    def apply(self, person: Person, subject) -> bool:
        """Whether mail to the person about a record is held back, for whichever reason."""
        is_about = isinstance(subject, Commitment) and (self.on_commitment(subject) or self.on_both(person, subject))
        return self.on_person(person) or is_about


class PastReminders:
    """Reminders and digests so far: three queries. ``since`` is the day back to which digests are looked up."""

    def __init__(self, commitments, kind: str, since: date):
        self._latest = {}
        reminders = Reminder.objects.exclude(pk__in=Reminder.objects.without_message().values("pk")).order_by()
        self._read(reminders.of_current_due_date().filter(commitment__in=commitments), "commitment_id")
        self._read(reminders.filter(agreement__isnull=False), "agreement_id")
        self._deliveries = defaultdict(list)
        sent_since = datetime.combine(since, time(), UTC)
        recent = Delivery.objects.unsent() | Delivery.objects.filter(Q(day__gte=since) | Q(sent_at__gte=sent_since))
        for delivery in recent.filter(kind=kind).only("recipient", "day", "state", "sent_at"):
            self._deliveries[delivery.recipient].append(delivery)

    def _read(self, reminders, subject):
        rows = reminders.values_list("person_id", "role", subject, "round", "due_on").annotate(Max("stage"))
        self._latest |= {tuple(identity): stage for *identity, stage in rows}

    def include(self, person: Person, due: DueReminder) -> bool:
        """Whether the person was told of this stage, or a later one, before; or another reader of their mailbox was."""
        about = due.role, due.subject.pk, due.round, due.due_on
        told = (self._latest.get((key, *about)) for key in {person.pk, *due.sharing})
        return any(stage is not None and stage >= due.stage for stage in told)

    def has_day_or_waits(self, recipient: str, day: date) -> bool:
        """Whether a message waits or had its day on this one. One that waits is enough: it will say how things stand
        when it goes out, however long the server was away."""
        return any(each.state in Delivery.UNSENT or each.day == day for each in self._deliveries[recipient])

    def last_mail(self, recipient: str, person: Person) -> date | None:
        """The day on which the person last got a digest, in their time zone."""
        sent = (each for each in self._deliveries[recipient] if each.sent_at)
        return max((max(each.day, day_of(each.sent_at, person)) for each in sent), default=None)


class WhyDropped(TextChoices):
    """Why a reminder is left out of its message after all, or its link is closed."""

    UNPUBLISHED = "unpublished", _("no longer published")
    REASSIGNED = "reassigned", _("the person is no longer in charge")
    ANSWERED = "answered", _("answered meanwhile")
    CLOSED = "closed", _("closed meanwhile")
    MOVED = "moved", _("the due date was moved")
    HELD = "held", _("held back")
    COMPLETE = "complete", _("the record is complete, or no longer calls for it")


def why_dropped(reminder, people: PeopleInCharge, today: date) -> WhyDropped | None:
    """Return the gravest reason why the link of a reminder no longer works as it did, or None."""
    commitment = reminder.commitment
    if not commitment.is_public:
        return WhyDropped.UNPUBLISHED
    if not people.may_answer(reminder.person, reminder.role):
        return WhyDropped.REASSIGNED
    if getattr(reminder, "answer", None) is not None:
        return WhyDropped.ANSWERED
    if commitment.schedule_on(today) == Schedule.CLOSED:
        return WhyDropped.CLOSED
    return WhyDropped.MOVED if reminder.due_version != commitment.due_version else None


# What the public may know: on which days somebody was asked about a commitment, and when an answer came. Never who was
# asked, who answered, what they said, or that anybody above them was told.


@dataclass(frozen=True)
class DayAsked:
    """A day on which somebody was asked, and the day of the first answer before the next such day."""

    asked_on: date
    answered_on: date | None
    is_last: bool

    @property
    def asked_in_words(self):
        return edtf.in_words(self.asked_on.isoformat())

    @property
    def answered_in_words(self):
        return self.answered_on and edtf.in_words(self.answered_on.isoformat())


def days_asked(commitment: Commitment, until: date) -> list[DayAsked]:
    """Return the days, up to one, on which mail with a question about the commitment went out, newest first; one query.

    Days are those of the site's time zone. Whoever answered, in whatever capacity, counts, from the moment they did:
    that there is an answer is public, what it says is for the editors to review. An answer that was returned with a
    question leaves the question open, and one that was set aside is withdrawn: neither counts, as if never given.
    """
    sent = Reminder.objects.sent().filter(commitment=commitment).order_by()
    asked, answered = set(), set()
    for role, sent_at, state, answered_at in sent.values_list(
        "role", "delivery__sent_at", "answer__state", "answer__created_at"
    ):
        if role == Reminder.Role.ASKED:
            asked.add(timezone.localdate(sent_at))
        if state is not None and state != State.WITHDRAWN:
            answered.add(timezone.localdate(answered_at))
    asked, answered = ({day for day in days if day <= until} for days in (asked, answered))
    days, found = sorted(asked), []
    for day, following in zip(days, [*days, date.max][1:], strict=True):
        first = next((each for each in sorted(answered) if day <= each < following), None)
        found.append(DayAsked(day, first, is_last=following == date.max))
    return found[::-1]
