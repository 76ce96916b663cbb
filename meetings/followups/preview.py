"""Mail as it would go out, for editors to read: written by the writer that writes it, and then undone. The links in it
are taken out, as each of them speaks for the person whom it is sent to."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from meetings.models import Reminder
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

from . import digest
from .planner import due_digests

# What follows the beginning of a link for one person: to answer, to read all, to stop the mail.
SIGNED = re.compile(r"(/follow-up/(?:[a-z]+/)*)[A-Za-z0-9_:.=-]{16,}")
IN_PLACE_OF_A_LINK = r"\1preview"


@dataclass(frozen=True)
class MailPreview:
    """Both parts of a message, and what its head says."""

    subject: str
    to: str
    text: str
    html: str


def of_digest(person: int, now: datetime, day: date) -> MailPreview | None:
    """Return the mail to a person, by primary key, on ``day`` as things stand; None where none is due, or nothing is
    left to say. Whatever is stored for it is rolled back."""
    due = next((each for each in due_digests(now, day) if each.person.pk == person), None)
    if due is None:
        return None
    with transaction.atomic():
        try:
            return _written(due, now)
        finally:
            transaction.set_rollback(True)


def _written(due, now):
    delivery = due.delivery(now)
    delivery.message_id = "preview"
    delivery.save()
    Reminder.objects.bulk_create([each.row(due.person, delivery, due.day) for each in due.reminders])
    return of_delivery(delivery, now)


def of_delivery(delivery: Delivery, now: datetime) -> MailPreview | None:
    """The same of a digest that waits."""
    try:
        message = digest.DigestWriter([delivery], now).write(delivery)
    except Withdraw:
        return None
    ((html, _type),) = message.alternatives
    return MailPreview(
        str(message.subject), ", ".join(message.to), _without_links(message.body), _without_links(str(html))
    )


def _without_links(text):
    return SIGNED.sub(IN_PLACE_OF_A_LINK, text)
