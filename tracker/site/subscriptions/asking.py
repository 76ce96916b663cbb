"""To ask for a subscription, and to confirm, change and stop it. What is answered to who asks is the same for any
address, so that nobody can find out who is subscribed: what is to be said of an address is said to it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue
from tracker.records.models import DataVersion

from .alerts import period
from .followed import Followed
from .models import Subscriber, Subscription

KIND = "subscription"
MOST_OF_AN_ADDRESS = 20
# Anybody can have mail sent to any address: not more than this in a day.
MOST_MAILS_A_DAY = 5
A_DAY = timedelta(days=1)
WhyStopped = Subscription.WhyStopped


class TooMany(Exception):
    """The address has as many subscriptions as one may have."""


def ask(followed: Followed, address: str, frequency: str, language: str, now: datetime) -> None:
    """Save a subscription that does nothing yet, and queue the mail that asks to confirm it. Of more than so many mails
    a day to an address the last ones are not sent: the same rows are written, and taken back."""
    name, record, query = followed.identity
    with transaction.atomic():
        subscriber = _locked(address, now)
        subscription = Subscription.objects.create(
            subscriber=subscriber,
            followed=name,
            record=record,
            query=query,
            frequency=frequency,
            language=language,
            asked_at=now,
        )
        enqueue([_delivery(subscription, now)])
        asked = Subscription.objects.filter(subscriber=subscriber).asked_since(now - A_DAY).count()
        transaction.set_rollback(asked > MOST_MAILS_A_DAY)


def _locked(address, now):
    """The subscriber of an address; another transaction may just be erasing the row that is found."""
    found = None
    while found is None:
        row, _is_new = Subscriber.objects.get_or_create(address=address.lower(), defaults={"created_at": now})
        found = Subscriber.objects.select_for_update().filter(pk=row.pk).first()
    return found


def _delivery(subscription, now):
    return Delivery(
        key=f"{KIND}:{subscription.pk}",
        kind=KIND,
        recipient=subscription.recipient,
        day=timezone.localdate(now),
        not_before=now,
    )


def confirm(subscription: Subscription, now: datetime) -> None:
    """Begin to tell: of what changes from here on. A second time changes nothing; what was stopped stays stopped. Raise
    ``TooMany``. Where the address follows the same already, this one takes its place, with what it was told."""
    with transaction.atomic():
        Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
        subscription.refresh_from_db()
        if subscription.confirmed_at or subscription.stopped_at:
            return
        others = Subscription.objects.active().filter(subscriber=subscription.subscriber_id)
        former = others.filter(
            followed=subscription.followed,
            record=subscription.record,
            query=subscription.query,
            language=subscription.language,
        ).first()
        if former:
            stop(former, now, WhyStopped.REPLACED)
        elif others.count() >= MOST_OF_AN_ADDRESS:
            raise TooMany
        subscription.confirmed_at = now
        subscription.told_version = former.told_version if former else DataVersion.current()
        subscription.looked_on = former.looked_on if former else period(subscription.frequency, now)
        subscription.save(update_fields=["confirmed_at", "told_version", "looked_on"])


def change_frequency(subscription: Subscription, frequency: str) -> None:
    """Only of one that is active; what it was told of stays as it is."""
    Subscription.objects.active().filter(pk=subscription.pk).update(frequency=frequency)


def stop(subscription: Subscription, now: datetime, why: str = WhyStopped.BY_READER) -> None:
    """One that was never confirmed is stopped too: its link confirms nothing from then on."""
    Subscription.objects.filter(pk=subscription.pk, stopped_at__isnull=True).update(stopped_at=now, why_stopped=why)


def stop_all(subscriber: Subscriber, now: datetime) -> None:
    running = subscriber.subscriptions.filter(stopped_at__isnull=True)
    running.update(stopped_at=now, why_stopped=WhyStopped.BY_READER)
