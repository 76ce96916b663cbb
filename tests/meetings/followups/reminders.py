"""Reminders as if a mail about them had gone out, without a planner or a relay."""

from itertools import count

from django.utils import timezone

from meetings.models import Reminder
from tracker.mail.models import Delivery

_numbers = count(1)


def make_delivery(person, sent_at=None, state="sent"):
    sent_at = sent_at or timezone.now()
    return Delivery.objects.create(
        key=f"follow-up:{next(_numbers)}",
        kind="follow-up",
        recipient=f"person:{person.pk}",
        day=sent_at.date(),
        not_before=sent_at,
        state=state,
        sent_at=sent_at if state == "sent" else None,
        address=person.email,
    )


def make_reminder(commitment, person, *, sent_at=None, state="sent", **fields):
    """A reminder about the commitment to the person, in a delivery of its own that went out at ``sent_at``."""
    sent_at = sent_at or timezone.now()
    delivery = make_delivery(person, sent_at, state)
    defaults = {
        "due_on": commitment.due_latest or sent_at.date(),
        "due_version": commitment.due_version,
        "stage": 0,
        "day": sent_at.date(),
    }
    return Reminder.objects.create(delivery=delivery, person=person, commitment=commitment, **(defaults | fields))
