"""The relay: takes waiting deliveries, has them written from the data of the moment, sends them and notes the outcome.

Any number may run at once. A delivery belongs to the relay that holds its lease; the lease of one that died lapses, and
the delivery is taken again. So nothing is lost, and what a crash repeats carries the same Message-ID.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import leases
from .messages import OutgoingMessage, in_one_line
from .models import LONGEST_ADDRESS, LONGEST_ERROR, LONGEST_SUBJECT, Delivery, LastRun, RefusedAddress, storable
from .server import Interrupted, MailServer, Undeliverable, Unreachable, in_words

logger = logging.getLogger(__name__)

State = Delivery.State
LONGEST_PAUSE_DOUBLINGS = 6  # 64 minutes
MOST_WRITINGS = 3
PAUSE_AFTER_CHANGES = timedelta(seconds=5)


class Withdraw(Exception):
    """Raised by a writer when there is nothing left to say; its text tells the admin why."""


class Outdated(Exception):
    """What a message rests on has changed since it was read."""


class Writer(Protocol):
    """What has been read for a few deliveries of one kind, and how their messages are written from it."""

    def write(self, delivery: Delivery) -> OutgoingMessage:
        """Return the message, addressed; raise ``Withdraw``."""

    def is_current(self, delivery: Delivery) -> bool:
        """Whether nothing that the message rests on has changed since it was read."""

    def once_sent(self, delivery: Delivery) -> Callable[[], None] | None:
        """Return what is to be written down in the transaction that notes the message as sent; None for nothing."""


Writers = dict[str, Callable[[list[Delivery], datetime], Writer]]


@dataclass
class RelayResult:
    """What a run did: ``counts`` of sent, withdrawn, postponed, dead and overtaken, and the ``kinds`` of what was sent;
    the errors met, in order."""

    counts: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def __str__(self):
        return ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))


def relay(
    writers: Writers,
    now: Callable[[], datetime] = timezone.now,
    limit: int | None = None,
    seconds: float | None = None,
) -> RelayResult:
    """Send what waits, for at most ``limit`` messages or about ``seconds``. ``writers`` go by the kind of delivery.

    Must not run inside a transaction: another relay has to see the lease, and a rollback cannot take mail back.
    """
    ends = time.monotonic() + seconds if seconds is not None else None
    with MailServer() as server:
        run = RelayRun(writers, now, server)
        while (room := run.room(limit)) and (batch := leases.take(list(writers), now(), room)):
            if not run.deliver(batch, ends):
                break
    LastRun.note(LastRun.Name.RELAY, now(), str(run.result))
    return run.result


class RelayRun:
    """One call of ``relay``."""

    def __init__(self, writers, now, server):
        self.writers, self.now, self.server = writers, now, server
        self.result, self.refused = RelayResult(), set()

    def room(self, limit):
        """How many deliveries to take next."""
        return leases.BATCH if limit is None else min(leases.BATCH, limit - self.result.counts.total())

    def deliver(self, batch, ends=None):
        """Deliver what was leased, and give back at the first trouble that others need not share what is left of it.

        Return whether to go on with more.
        """
        rest = list(batch)
        try:
            written_by = self._read(batch)
            self.refused = RefusedAddress.objects.addresses()
            while rest:
                delivery = rest.pop()
                self.result.counts[self._deliver(delivery, written_by.get(delivery.pk))] += 1
                if ends is not None and time.monotonic() >= ends:
                    return False
        except Unreachable as error:
            self.result.counts[self._postpone(delivery, error)] += 1
            return False
        except Interrupted as error:
            self.result.counts[self._postpone(delivery, error)] += 1
        finally:
            leases.give_back(rest)
        return True

    def _read(self, batch):
        """Return by primary key the writer of each delivery, one for all of a kind.

        Those of a kind that cannot be read together are missing: each will be read by itself, when its turn comes.
        """
        written_by = {}
        for kind in {delivery.kind for delivery in batch}:
            group = [delivery for delivery in batch if delivery.kind == kind]
            if len(group) > 1:
                try:
                    writer = self.writers[kind](group, self.now())
                except Exception:
                    logger.warning("%s deliveries of %s are read one by one.", len(group), kind, exc_info=True)
                else:
                    written_by |= {delivery.pk: writer for delivery in group}
        return written_by

    def _deliver(self, delivery, writer):
        """Write and send one delivery; return the name of what became of it."""
        try:
            writer = self._send(delivery, writer)
        except leases.Overtaken:
            return "overtaken"
        except Withdraw as reason:
            return self._close(delivery, "withdrawn", state=State.WITHDRAWN, error=str(reason))
        except Outdated:
            return self._wait_for_calm(delivery)
        except Undeliverable as error:
            return self._give_up(delivery, error)
        except (Unreachable, Interrupted):
            raise
        except Exception as error:  # one broken digest must not hold up everybody else's mail
            return self._postpone(delivery, error)
        return self._note_sent(delivery, writer)

    def _send(self, delivery, writer):
        """Return the writer of the message, once it is sent; raise ``Outdated`` if the data will not hold still."""
        for _writing in range(MOST_WRITINGS):
            if writer is None:
                writer = self.writers[delivery.kind]([delivery], self.now())
            message = finished(writer.write(delivery), delivery)
            delivery.address, delivery.subject = ", ".join(message.to), message.subject
            self._check_is_not_refused(delivery.address)
            try:
                self.server.send(message, partial(self._look, delivery, writer))
            except Outdated:
                writer = None
            else:
                return writer
        raise Outdated

    def _look(self, delivery, writer):
        """The last look before a message is handed over: it is still ours to send, and it still tells the truth."""
        leases.keep(delivery, self.now())
        if not writer.is_current(delivery):
            raise Outdated

    def _check_is_not_refused(self, address):
        mark = address.lower() in self.refused and RefusedAddress.objects.filter(address=address.lower()).first()
        if mark:
            text = _(
                "This address was refused on %(day)s: %(error)s; delete the record of the refusal once it works again."
            )
            day = date_format(timezone.localtime(mark.refused_at), "DATE_FORMAT")
            raise Undeliverable(text % {"day": day, "error": mark.error})

    def _note_sent(self, delivery, writer):
        """Say that it was sent, in one commit with what the writer has to say about that; mostly that is nothing."""
        changes = {"state": State.SENT, "sent_at": self.now()}
        self.result.kinds.add(delivery.kind)
        try:
            write_down = writer.once_sent(delivery)
            with transaction.atomic(durable=True) if write_down else nullcontext():
                if self._close(delivery, "sent", **changes) == "sent" and write_down:
                    write_down()
        except Exception as error:  # it was sent, and would be sent again and again
            logger.exception("Delivery %s was sent, yet could not be noted as such.", delivery.key)
            self._close(delivery, "sent", described(error), **changes)
        return "sent"

    def _give_up(self, delivery, error):
        self.result.errors.append(f"{delivery.key}: {error}")
        with transaction.atomic(durable=True):
            if error.is_address:
                self.refused.add(delivery.address.lower())
                RefusedAddress.objects.mark(delivery.address, str(error), self.now(), delivery)
            return self._close(delivery, "dead", state=State.DEAD, dead_at=self.now(), error=str(error))

    def _postpone(self, delivery, error):
        """Back to the queue, after a pause that doubles with every attempt."""
        self.result.errors.append(f"{delivery.key}: {error}")
        is_our_fault = not isinstance(error, (SMTPException, OSError, Interrupted, Unreachable))
        logger.warning("Delivery %s is put off: %r", delivery.key, error, exc_info=is_our_fault)
        pause = timedelta(minutes=2 ** min(delivery.attempts - 1, LONGEST_PAUSE_DOUBLINGS))
        return self._close(delivery, "postponed", not_before=self.now() + pause, error=described(error))

    def _wait_for_calm(self, delivery):
        """Back to the queue for a moment; nothing was tried yet."""
        text = _("Its subject changed each time it was about to be sent.")
        moment = self.now() + PAUSE_AFTER_CHANGES
        return self._close(delivery, "postponed", attempts=delivery.attempts - 1, not_before=moment, error=text)

    def _close(self, delivery, name, error="", **changes):
        """Write down what became of a delivery and return it, or that another relay has taken it meanwhile."""
        changes["error"] = storable(error, LONGEST_ERROR)
        changes["address"] = storable(in_one_line(delivery.address), LONGEST_ADDRESS)
        changes["subject"] = storable(delivery.subject, LONGEST_SUBJECT)
        if leases.close(delivery, **changes):
            return name
        logger.warning("Delivery %s (%s) was taken by another relay; it may be sent twice.", delivery.key, name)
        return "overtaken"


def finished(message: OutgoingMessage, delivery: Delivery) -> OutgoingMessage:
    """Add the headers that all our mail carries. Automatic mail says so (RFC 3834), lest absence notes answer it."""
    message.subject = in_one_line(str(message.subject))
    message.extra_headers |= {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"}
    return message


def described(error: Exception) -> str:
    return f"{type(error).__name__}: {in_words(error)}"
