"""Who may send a delivery: the relay that holds its lease, for as long as the lease lasts and not a moment longer."""

import random
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from .models import Delivery

BATCH = 50
LONGEST_MARGIN_SECONDS = 10


class Overtaken(Exception):
    """The lease lapsed, and another relay has taken the delivery."""


def take(kinds: Iterable[str], now: datetime, most: int = BATCH) -> list[Delivery]:
    """Lease up to ``most`` waiting deliveries of these kinds; none when nothing waits. Three queries at most.

    Every one counts as tried from here on (``give_back`` takes that back), so that what kills its relay does not stand
    before all others for ever. Those that a relay died with come last and each by itself: nobody knows which of them
    it was.
    """
    waiting = Delivery.objects.waiting(now).filter(kind__in=kinds).order_by("attempts", "not_before", "pk")
    lease, until = uuid.uuid4(), now + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    with transaction.atomic(durable=True):
        waiting = waiting.select_for_update(skip_locked=True)
        batch = list(waiting.filter(leased_until__isnull=True)[:most]) or list(waiting[:1])
        if batch:
            _rows(batch).update(lease=lease, leased_until=until, attempts=F("attempts") + 1)
    for delivery in batch:
        delivery.lease, delivery.leased_until, delivery.attempts = lease, until, delivery.attempts + 1
    random.shuffle(batch)  # so that one that hangs does not always stand before the same others
    return batch


def keep(delivery, now: datetime) -> None:
    """Make sure that the lease lasts until the mail server has answered or run out of time; raise ``Overtaken``."""
    lasts, timeout = timedelta(seconds=settings.MAIL_LEASE_SECONDS), timedelta(seconds=settings.MAIL_SMTP_TIMEOUT)
    margin = min((lasts - timeout) / 2, timedelta(seconds=LONGEST_MARGIN_SECONDS))
    if delivery.leased_until - now >= timeout + margin:
        return
    if not _ours(delivery).update(leased_until=now + lasts):
        raise Overtaken
    delivery.leased_until = now + lasts


def close(delivery: Delivery, **changes) -> bool:
    """Write down the outcome and give the lease back; False, and nothing is written, if it is no longer ours."""
    return bool(_ours(delivery).update(lease=None, leased_until=None, **changes))


def give_back(deliveries: list[Delivery]) -> None:
    """Let others have at once what this relay has leased and not begun; it was not tried."""
    if deliveries:
        leased = _rows(deliveries).filter(lease=deliveries[0].lease)
        leased.update(lease=None, leased_until=None, attempts=F("attempts") - 1)


def _rows(deliveries):
    return Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])


def _ours(delivery):
    return Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease)
