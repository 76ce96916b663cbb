"""The digests of a few deliveries at a time: all that they rest on is read again before they go out."""

from collections import Counter, defaultdict
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db.models import Min
from django.utils import translation

from meetings.models import AgreementNotice, Commitment, MeetingNotice, Notice
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

from . import digest, items, wording
from .calendar import Clock
from .lapses import Lapse, lapse
from .letterhead import Look
from .lines import NOTICES
from .recipients import InCharge, has_open_account
from .record import DAY_TOLD, Answers, Holds
from .upkeep import Coordinators, Shortcomings

MeetingRole = MeetingNotice.Role


class Letters:
    """The letters of some deliveries of the kind ``follow-up``: some thirty queries, whatever their number."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._look = Look()
        self._now = now
        self._notices, self._dropped = _notices_of(deliveries), {}
        told = [notice for notices in self._notices.values() for notice in notices]
        days = {notice.person_id: notice.delivery.day for notice in told}
        self._clock = Clock(now, earliest=days)
        self._holds = Holds(now.date())
        self._read_commitments([notice for notice in told if type(notice) is Notice])
        self._read_upkeep([notice for notice in told if type(notice) is not Notice])

    def write(self, delivery: Delivery) -> EmailMultiAlternatives:
        """Return the mail, in the person's language, or raise ``Withdraw``."""
        notices = self._notices[delivery.pk]
        if not notices:
            raise Withdraw("It says nothing any more.")
        person = notices[0].person
        if not has_open_account(person):
            raise Withdraw("The person's account is closed.")
        if person.unsubscribed_at is not None:
            raise Withdraw("The person wants no more mail.")
        # Planned for a day to come (send_followups --today), it speaks as of that day.
        standing = self._standing(delivery, notices)
        with translation.override(person.language):
            return digest.compose(person, self._items(standing, self._clock.day(person)), self._now)

    def is_current(self, delivery: Delivery) -> bool:
        return self._look.still_holds(self._notices[delivery.pk][0].person_id)

    def confirm(self, delivery: Delivery) -> None:
        """What the message left out was not told: it may come due again."""
        for notice in self._dropped.get(delivery.pk, ()):
            if getattr(notice, "answer", None) is None:
                notice.delete()

    def _standing(self, delivery, notices):
        reasons = {notice: self._lapse(notice) for notice in notices}
        self._dropped[delivery.pk] = [notice for notice, reason in reasons.items() if reason]
        standing = [notice for notice, reason in reasons.items() if reason is None]
        if not standing:
            counts = Counter(reasons.values())
            raise Withdraw("; ".join(f"{reason.label}: {count}" for reason, count in counts.items()))
        return standing

    def _lapse(self, notice):
        today = self._clock.day(notice.person)
        if type(notice) is not Notice:
            return None if self._calls_for(notice, today) else Lapse.MENDED
        in_charge = self._charges[notice.commitment_id]
        reason = lapse(notice, in_charge, self._now, today)
        if reason is not None:
            return reason
        if notice.person_id not in {person.pk for person in in_charge.told(notice.role)}:
            return Lapse.REASSIGNED
        if self._holds.holds(notice.person_id, notice.commitment_id):
            return Lapse.HELD
        return Lapse.ANSWERED if self._is_answered(notice, today) else None

    def _is_answered(self, notice, today):
        if notice.role == Notice.Role.ASKED:
            voices = self._voices(notice)
            return self._answers.settles(notice.commitment, notice.person, voices, notice.due_on)
        return not self._answers.is_open(notice.commitment, notice.due_on, today)

    def _voices(self, notice):
        return self._charges[notice.commitment_id].voices(notice.person, notice.role)

    def _question_back(self, notice):
        return self._answers.question(notice.commitment_id, set().union(*self._voices(notice)))

    def _calls_for(self, notice, today):
        """Whether a record still lacks what its coordinator was to be told, and the person still coordinates it."""
        if self._holds.holds(notice.person_id):
            return False
        people = self._coordinators.of_forum(notice.subject.forum_id)
        is_coordinator = notice.person_id in {person.pk for person in people}
        return is_coordinator and self._shortcomings.call_for(notice, today)

    def _items(self, notices, today):
        questions = {notice: self._question_back(notice) for notice in notices if type(notice) is Notice}
        sitting = items.Sitting(self._now, today, self._charges, questions, self._asked_on)
        write = {
            Notice.Role.ASKED: items.question,
            Notice.Role.SUPERVISOR: items.escalation,
            Notice.Role.SECRETARIAT: items.escalation,
            MeetingRole.NO_OUTCOMES: items.meeting_upkeep,
            MeetingRole.NOT_REPORTED: items.meeting_upkeep,
            AgreementNotice.Role.NOTICE_WINDOW: items.agreement_upkeep,
        }
        return [write[notice.role](notice, sitting) for notice in notices]

    def _read_commitments(self, notices):
        of_notices = Commitment.objects.filter(pk__in={notice.commitment_id for notice in notices})
        commitments = wording.for_wording(of_notices, self._now).in_bulk()
        for notice in notices:
            notice.commitment = commitments[notice.commitment_id]
        self._charges = InCharge(list(commitments.values()), self._clock)
        self._answers = Answers(list(commitments), self._clock)
        self._asked_on = _asked_on(notices)

    def _read_upkeep(self, notices):
        if notices:
            self._coordinators = Coordinators(self._clock)
            self._shortcomings = Shortcomings(notices, self._now, self._clock)


def _notices_of(deliveries):
    found = {delivery.pk: [] for delivery in deliveries}
    for model in NOTICES:
        notices = model.objects.filter(delivery__in=deliveries)
        related = "answer" if model is Notice else model.subject_name
        for notice in notices.select_related("delivery", related, "person__user", "person__country").order_by("pk"):
            found[notice.delivery_id].append(notice)
    return found


def _asked_on(notices):
    """Who was first asked when about a due date, by commitment, its version and that day: for those above them."""
    above = {notice.commitment_id for notice in notices if notice.role != Notice.Role.ASKED}
    asked = defaultdict(list)
    if above:
        rows = Notice.objects.filter(commitment__in=above, role=Notice.Role.ASKED, delivery__state="sent").order_by()
        rows = rows.values_list("commitment_id", "due_version", "due_on", "person__name", "person_id")
        for *key, name, _person, first in rows.annotate(first=Min(DAY_TOLD)).order_by("first", "person_id"):
            asked[tuple(key)].append((name, first))
    return asked
