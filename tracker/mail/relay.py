"""The relay: takes waiting deliveries, has each rendered from the data of that moment, sends it and notes the outcome.

Any number may run at once. A delivery belongs to the relay that holds its lease; the lease of one that died lapses, and
the delivery is taken again. So nothing is lost, and what a crash repeats carries the same Message-ID.
"""

import logging
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import Delivery
from .outlet import Outlet, Undeliverable, Unreachable

logger = logging.getLogger(__name__)

State = Delivery.State
LONGEST_PAUSE_DOUBLINGS = 6  # 64 minutes


class Withdraw(Exception):
    """Raised by a renderer when there is nothing left to say; its text tells the admin why."""


class Renderer(Protocol):
    """Reads everything again that the message rests on, and returns it, addressed; or raises ``Withdraw``."""

    def __call__(self, delivery: Delivery, now: datetime) -> EmailMessage: ...


@dataclass
class Outcome:
    """What a run did: ``counts`` of sent, withdrawn, postponed, dead and overtaken; the errors met, in order."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def relay(
    renderers: dict[str, Renderer],
    now: Callable[[], datetime] = timezone.now,
    limit: int | None = None,
    seconds: float | None = None,
) -> Outcome:
    """Send what waits, for at most ``limit`` messages or about ``seconds``. ``renderers`` go by the kind of delivery.

    Must not run inside a transaction: another relay has to see the lease, and a rollback cannot take mail back.
    """
    outcome = Outcome()
    ends = time.monotonic() + seconds if seconds is not None else None
    with Outlet() as outlet:
        for delivery in leased(list(renderers), now):
            try:
                outcome.counts[_deliver(delivery, renderers[delivery.kind], outlet, now, outcome.errors)] += 1
            except Unreachable as error:
                outcome.counts["postponed"] += _postpone(delivery, now(), error, outcome.errors)
                break
            if outcome.counts.total() == limit or (ends and time.monotonic() >= ends):
                break
    return outcome


def leased(kinds: list[str], now: Callable[[], datetime]) -> Iterator[Delivery]:
    """Yield waiting deliveries of these kinds one by one, each under a lease taken just before."""
    while True:
        waiting = Delivery.objects.waiting(now()).filter(kind__in=kinds)
        # The least tried first: a delivery that kills whoever renders it must not stand before all others for ever.
        some = list(waiting.order_by("attempts", "not_before", "pk").values_list("pk", flat=True)[:100])
        if not some:
            return
        random.shuffle(some)  # so that relays that run side by side do not contend for the same rows
        for pk in some:
            delivery = take(pk, now())
            if delivery:
                yield delivery


def take(pk: int, now: datetime) -> Delivery | None:
    """Lease one delivery; None if another relay was faster."""
    lease = uuid.uuid4()
    until = now + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    with transaction.atomic(durable=True):
        Delivery.objects.waiting(now).filter(pk=pk).update(lease=lease, leased_until=until, attempts=F("attempts") + 1)
    return Delivery.objects.filter(pk=pk, lease=lease).first()


def _deliver(delivery, renderer, outlet, now, errors):
    """Render and send one delivery; return the name of what became of it."""
    try:
        message = renderer(delivery, now())
        address_to(message, delivery)
        outlet.open()
        if now() >= delivery.leased_until:
            return "overtaken"  # Somebody else may be sending it by now.
        outlet.send(message)
    except Withdraw as reason:
        return "withdrawn" if _close(delivery, state=State.WITHDRAWN, error=str(reason)) else "overtaken"
    except Undeliverable as error:
        errors.append(f"{delivery.key}: {error}")
        return "dead" if _close(delivery, state=State.DEAD, error=str(error)) else "overtaken"
    except Unreachable:
        raise
    except Exception as error:  # one broken digest must not hold up everybody else's mail
        is_ours = not isinstance(error, (SMTPException, OSError))
        logger.warning("Delivery %s is put off: %r", delivery.key, error, exc_info=is_ours)
        return "postponed" if _postpone(delivery, now(), error, errors) else "overtaken"
    sent = {"address": message.to[0], "subject": message.subject[:300], "error": ""}
    if not _close(delivery, state=State.SENT, sent_at=now(), **sent):
        logger.warning("Delivery %s was sent after its lease had lapsed; it may be repeated.", delivery.key)
    return "sent"


def address_to(message: EmailMessage, delivery: Delivery):
    """Add the headers that all our mail carries. Automatic mail says so (RFC 3834), lest absence notes answer it."""
    message.extra_headers |= {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"}


def _postpone(delivery, now, error, errors):
    """Back to the queue, after a pause that doubles with every attempt."""
    pause = timedelta(minutes=2 ** min(delivery.attempts - 1, LONGEST_PAUSE_DOUBLINGS))
    errors.append(f"{delivery.key}: {error}")
    return _close(delivery, not_before=now + pause, error=f"{type(error).__name__}: {error}"[:2000])


def _close(delivery, **changes):
    """Write down the outcome and give the lease back, provided that it is still ours; return 1, otherwise 0."""
    with transaction.atomic(durable=True):
        held = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease)
        return held.update(lease=None, leased_until=None, **changes)
