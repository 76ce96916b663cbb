"""Days of mail for the tests of follow-ups: plan, send, answer, read the letter."""

from datetime import timedelta

from meetings.followups.digest import DigestWriter
from meetings.followups.planner import plan_digests
from meetings.models import ProgressUpdate, Reminder
from tests.meetings.followups.asking import NOON
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

State = ProgressUpdate.State


def after(days):
    return NOON + timedelta(days=days)


def send_all(at):
    Delivery.objects.unsent().update(state=Delivery.State.SENT, sent_at=at)


def told(digests):
    """What the digests say, by name: {"ayesha": [("asked", "COM-0001", 0)]}."""
    return {
        digest.person.name: [(due.role.value, due.subject.reference, due.stage) for due in digest.reminders]
        for digest in digests
    }


def mail_of_day(days):
    """Plan and send the mail of the day so many days after today; return what it says."""
    digests = plan_digests(after(days))
    send_all(after(days))
    return told(digests)


def around(*days):
    """Each of these days, with the one before and the one after: where a rule is off by one, it shows."""
    return sorted({near for day in days for near in (day - 1, day, day + 1) if near >= 0})


def mail_of_days(days):
    """The mail of each of these days on which there is any."""
    return {day: found for day in days if (found := mail_of_day(day))}


def asked_once(commitment, stage, *names):
    return {name: [("asked", commitment.reference, stage)] for name in names}


def give_answer(person, answer="on_track", state=State.IN_REVIEW, on=None, **fields):
    """The person's answer to their last reminder, given so many days after today where that matters."""
    reminder = Reminder.objects.filter(person=person).latest("pk")
    update = ProgressUpdate.objects.create(
        commitment=reminder.commitment,
        reminder=reminder,
        answered_by=person,
        answer=answer,
        state=state,
        as_of="2026-11",
        **fields,
    )
    if on is not None:
        ProgressUpdate.objects.filter(pk=update.pk).update(created_at=after(on))
    return update


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def letter(days=0, **which):
    """The letter of the one delivery that waits, as it would go out so many days after today."""
    delivery = Delivery.objects.get(**(which or {"state": "queued"}))
    return DigestWriter([delivery], after(days)).write(delivery)


def withdrawal(days=0, **which):
    """Why that letter would not go out; empty where it would."""
    try:
        letter(days, **which)
    except Withdraw as reason:
        return str(reason)
    return ""
