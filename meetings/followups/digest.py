"""The digest: one mail to one person about all that is due from them. All that it rests on is read again before it goes
out, for a few deliveries at a time."""

from collections import Counter
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement, Person
from meetings.models import Commitment, Reminder
from tracker.mail.messages import OutgoingMessage
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw
from tracker.records import typography

from . import answers, rules, wording
from .history import Answers, Holds, Questions, WhyDropped, why_dropped
from .letter import CALENDAR_FILE, LastLook, calendar_file, letter_that_fits
from .people import Coordinators, InCharge, has_open_account
from .wording import DigestContext, DigestItem
from .working_days import Clock

KIND = "follow-up"
TITLE_IN_SUBJECT = 60
MOST_ITEMS = 20
# In the order in which the headings stand.
QUESTIONS = ("overdue", "due", "soon", "passed", "interval")
UNANSWERED, RECORD = "unanswered", "record"
Role = Reminder.Role
ITEM_OF = {
    Role.ASKED: wording.question,
    Role.SUPERVISOR: wording.escalation,
    Role.SECRETARIAT: wording.escalation,
    Role.NOTICE_WINDOW: wording.ending_notice_period,
}


class DigestWriter:
    """Writes the digests of some deliveries: some twenty queries, whatever their number."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._last_look = LastLook()
        self._now, self._dropped = now, {}
        self._reminders = _reminders_of(deliveries)
        told = [reminder for reminders in self._reminders.values() for reminder in reminders]
        # Planned for a day to come (send_followups --today), it speaks as of that day.
        self._clock = Clock(now, earliest={each.person_id: each.delivery.day for each in told})
        self._holds = Holds(timezone.localdate(now))
        self._read_commitments([each for each in told if each.commitment_id])
        self._read_agreements({each.agreement_id for each in told} - {None})

    def _read_commitments(self, reminders):
        asked_about = Commitment.objects.filter(pk__in={each.commitment_id for each in reminders})
        commitments = wording.for_wording(asked_about).in_bulk()
        for reminder in reminders:
            reminder.commitment = commitments[reminder.commitment_id]
        self._in_charge = InCharge(list(commitments.values()), self._clock)
        self._answers, self._questions = Answers(list(commitments), self._clock), Questions(list(commitments))

    def _read_agreements(self, keys):
        if keys:
            self._coordinators, self._policies = Coordinators(self._clock), rules.Policies()
            published = Agreement.objects.published().filter(pk__in=keys)
            self._agreements = rules.with_notice_period(published, self._clock.first_day).in_bulk()

    def write(self, delivery: Delivery) -> OutgoingMessage:
        """Return the mail, in the person's language, or raise ``Withdraw``."""
        person = self._person(delivery)
        if not has_open_account(person):
            raise Withdraw("The person's account is closed.")
        if person.unsubscribed_at is not None:
            raise Withdraw("The person wants no more mail.")
        with translation.override(person.language):
            return compose(person, self.items(delivery), self._now, answers.list_link(delivery, person))

    def items(self, delivery: Delivery) -> list[DigestItem]:
        """What there is still to say, in the language in force; raise ``Withdraw`` where that is nothing."""
        today = self._clock.day(self._person(delivery))
        return self._items(self._standing(delivery, self._reminders[delivery.pk]), today)

    def is_current(self, delivery: Delivery) -> bool:
        return self._last_look.still_holds(self._person(delivery))

    def once_sent(self, delivery: Delivery):
        """What the message left out was not told: it may come due again."""
        left_out = [each for each in self._dropped[delivery.pk] if getattr(each, "answer", None) is None]
        return partial(_forget, left_out) if left_out else None

    def _person(self, delivery):
        for reminder in self._reminders[delivery.pk]:
            return reminder.person
        raise Withdraw("It says nothing any more.")

    def _standing(self, delivery, reminders):
        reasons = {reminder: self._why_dropped(reminder) for reminder in reminders}
        self._dropped[delivery.pk] = [reminder for reminder, reason in reasons.items() if reason]
        standing = [reminder for reminder, reason in reasons.items() if reason is None]
        if not standing:
            counts = Counter(reasons.values())
            raise Withdraw(
                typography.statements(typography.labelled(reason.label, count) for reason, count in counts.items())
            )
        return standing

    def _why_dropped(self, reminder):
        today = self._clock.day(reminder.person)
        if reminder.agreement_id:
            return None if self._is_ending(reminder, today) else WhyDropped.COMPLETE
        people = self._in_charge[reminder.commitment_id]
        reason = why_dropped(reminder, people, today)
        if reason is not None:
            return reason
        if reminder.person_id not in {person.pk for person in people.recipients(reminder.role)}:
            return WhyDropped.REASSIGNED
        if self._holds.apply(reminder.person, reminder.commitment):
            return WhyDropped.HELD
        return WhyDropped.ANSWERED if self._is_answered(reminder, today) else None

    def _is_answered(self, reminder, today):
        if reminder.role == Role.ASKED:
            who_answer = self._who_answer(reminder)
            return self._answers.have_settled(reminder.commitment, reminder.person, who_answer, reminder.due_on)
        return not self._answers.is_open(reminder.commitment, reminder.due_on, today)

    def _who_answer(self, reminder):
        return self._in_charge[reminder.commitment_id].who_answer(reminder.person, reminder.role)

    def _is_ending(self, reminder, today):
        """Whether the last day of notice still comes near, and the person still coordinates the agreement."""
        agreement = self._agreements.get(reminder.agreement_id)
        policy = agreement and self._policies.of_forum(agreement.forum_id)
        if not policy or self._holds.on_person(reminder.person):
            return False
        due = rules.notice_window(agreement, policy, today)
        coordinators = {person.pk for person in self._coordinators.of_forum(agreement.forum_id)}
        return due is not None and due.due_on == reminder.due_on and reminder.person_id in coordinators

    def _items(self, reminders, today):
        returned = {
            each: self._answers.question(each.commitment_id, set().union(*self._who_answer(each)))
            for each in reminders
            if each.commitment_id
        }
        context = DigestContext(self._now, today, self._in_charge, self._questions, returned)
        return [ITEM_OF[each.role](each, context) for each in reminders]


def _forget(reminders):
    Reminder.objects.filter(pk__in=[each.pk for each in reminders]).delete()


def _reminders_of(deliveries):
    found = {delivery.pk: [] for delivery in deliveries}
    reminders = Reminder.objects.filter(delivery__in=deliveries).select_related(
        "delivery", "answer", "agreement", "person__user", "person__country"
    )
    for reminder in reminders.order_by("pk"):
        found[reminder.delivery_id].append(reminder)
    return found


def compose(person: Person, items: list[DigestItem], now: datetime, list_link: str) -> OutgoingMessage:
    """Return the mail with these items, in the language in force: what is longest overdue comes first. What it has no
    room for stands with all else behind ``list_link``."""
    groups = groups_of(items)
    context = {
        "subject": _subject(groups),
        "lead": _lead(groups),
        "reasons": list(_reasons(groups)),
        "questions": _count(groups, QUESTIONS),
        "unanswered": _count(groups, [UNANSWERED]),
        "link_days": settings.FOLLOWUP_LINK_DAYS,
        "list_link": list_link,
        "total": len(items),
    }

    def with_so_many(number):
        return context | {"groups": _first(groups, number), "shown": number, "more": len(items) - number}

    most = min(len(items), MOST_ITEMS)
    message, _shown = letter_that_fits(person, "follow_up", with_so_many, most, thread=f"follow-up:{person.pk}")
    calendar = calendar_file(items, now)
    if calendar is not None:
        message.attach(CALENDAR_FILE, calendar, "text/calendar")
    return message


def groups_of(items: list[DigestItem]) -> list[tuple[str, str, list[DigestItem]]]:
    """Return the items under their headings, after the code of each, in the language in force; a heading without items
    is left out."""
    items = sorted(items, key=lambda item: item.due_on)
    headings = {
        "overdue": _("Overdue"),
        "due": _("Due today"),
        "soon": _("Due soon"),
        "passed": _("Only proposed; its date has passed"),
        "interval": _("From time to time"),
        UNANSWERED: _("Without an answer"),
        RECORD: _("Time to give notice ends"),
    }
    groups = [
        (urgency, heading, [item for item in items if item.urgency == urgency]) for urgency, heading in headings.items()
    ]
    return [group for group in groups if group[2]]


def _first(groups, number):
    """So many items under their headings, each with the number of all that belong there."""
    found = []
    for urgency, heading, items in groups:
        found += [(urgency, heading, len(items), items[:number])] if number > 0 else []
        number -= len(items)
    return found


def _count(groups, headings):
    return sum(len(items) for urgency, heading, items in groups if urgency in headings)


def _subject(groups):
    """The number and the worst: “3 commitments, first “Set up …” – 12 days overdue”. Only what stands first is counted:
    questions, or what has no answer, or agreements whose time to give notice ends."""
    kind = QUESTIONS if groups[0][0] in QUESTIONS else (groups[0][0],)
    items = [item for urgency, heading, some in groups if urgency in kind for item in some]
    title = Truncator(" ".join(items[0].title.split())).chars(TITLE_IN_SUBJECT)
    if groups[0][0] == RECORD:
        pattern = ngettext(
            "%(count)s agreement: “%(title)s” – %(when)s",
            "%(count)s agreements, first “%(title)s” – %(when)s",
            len(items),
        )
    elif groups[0][0] == UNANSWERED:
        pattern = ngettext(
            "%(count)s question without an answer: “%(title)s” – %(when)s",
            "%(count)s questions without an answer, first “%(title)s” – %(when)s",
            len(items),
        )
    else:
        pattern = ngettext(
            "%(count)s commitment: “%(title)s” – %(when)s",
            "%(count)s commitments, first “%(title)s” – %(when)s",
            len(items),
        )
    return pattern % {"count": len(items), "title": title, "when": items[0].when}


def _reasons(groups):
    """Why the person gets this message, a sentence or two for each reason."""
    questions, unanswered = _count(groups, QUESTIONS), _count(groups, [UNANSWERED])
    if questions:
        text = ngettext(
            "You are named as the person in charge of the commitment below. Please say what became of it: two clicks "
            "will do.",
            "You are named as the person in charge of %(count)s commitments: %(lead)s. Please say what "
            "became of each: two clicks will do.",
            questions,
        )
        yield text % {"count": questions, "lead": _lead(group for group in groups if group[0] in QUESTIONS)}
    if unanswered:
        text = ngettext(
            "Those in charge were asked about one commitment and have not answered. You are informed because"
            " they report to you, or because you are its forum's secretariat.",
            "Those in charge were asked about %(count)s commitments and have not answered. You are informed "
            "because they report to you, or because you are their forum's secretariat.",
            unanswered,
        )
        yield text % {"count": unanswered}
    if agreements := _count(groups, [RECORD]):
        yield ngettext(
            "You are informed that the time to give notice ends because you maintain the record of this agreement.",
            "You are informed that the time to give notice ends because you maintain the records of these agreements.",
            agreements,
        )


def _lead(groups):
    """The counts in a line: “1 overdue, 2 due soon”."""
    counts = Counter({urgency: len(items) for urgency, heading, items in groups})
    words = {
        "overdue": _("%(count)s overdue"),
        "due": _("%(count)s due today"),
        "soon": _("%(count)s due soon"),
        "passed": _("%(count)s only proposed, with a date that has passed"),
        "interval": _("%(count)s asked from time to time"),
        UNANSWERED: _("%(count)s without an answer"),
        RECORD: _("%(count)s with the time to give notice ending"),
    }
    return typography.clauses(
        pattern % {"count": counts[urgency]} for urgency, pattern in words.items() if counts[urgency]
    )
