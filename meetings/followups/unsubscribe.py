"""No more mail to a person, by one click in a mail program or on a page (RFC 8058), and mail again.

The link never expires and needs neither a login nor a cookie: mail programs keep it for years. It is good for nothing
else, and the link of an answer page is not good for this.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from agreements.models import Person
from tracker.mail import links
from tracker.records.models import one_change, one_writer

PURPOSE = "follow-up-stop"


def stop_link(person: Person) -> str:
    """Return the address that stops all follow-up mail to the person: for ``List-Unsubscribe`` and for the footer."""
    return links.absolute(reverse("follow-up-stop", args=[links.sign(PURPOSE, person.pk)]))


def person_of(token: str) -> Person | None:
    """Return the person that a link was made for, or None where they are gone; raise ``signing.BadSignature``."""
    (key,) = links.read(PURPOSE, token, timedelta.max)
    return Person.objects.filter(pk=key).first()


def stop(person: Person, now: datetime) -> None:
    """Write that the person wants no mail from ``now`` on; who stopped it before, stopped it then."""
    _set(person, now, "stopped by the person, with the link in a message")


def resume(person: Person) -> None:
    """Write that the person wants mail again."""
    _set(person, None, "wanted again by the person, with the link in a message")


def _set(person, moment, reason):
    with transaction.atomic():
        one_writer()  # before the row's own lock, as every other change takes them
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        if (person.unsubscribed_at is None) == (moment is None):
            return
        person.unsubscribed_at = moment
        with one_change(reason=reason):
            person.save(update_fields=["unsubscribed_at"])
