"""The mail of a day to one person as it would go out, for editors to read: see ``tracker.mail.preview``."""

from datetime import date, datetime

from django.db import transaction

from meetings.models import Reminder
from tracker.mail.preview import MailPreview, of_delivery
from tracker.mail.relay import Withdraw

from .planner import due_digests


def of_digest(person: int, now: datetime, day: date) -> MailPreview | None:
    """Return the mail to a person, by primary key, on ``day`` as things stand; None where none is due, or nothing is
    left to say. Whatever is stored for it is rolled back."""
    due = next((each for each in due_digests(now, day) if each.person.pk == person), None)
    if due is None:
        return None
    with transaction.atomic():
        try:
            return _written(due, now)
        except Withdraw:
            return None
        finally:
            transaction.set_rollback(True)


def _written(due, now):
    delivery = due.delivery(now)
    delivery.message_id = "preview"
    delivery.save()
    Reminder.objects.bulk_create([each.row(due.person, delivery, due.day) for each in due.reminders])
    return of_delivery(delivery, now)
