"""What the tests of the mail send: deliveries of the kind "test", and a writer that is theirs to spoil."""

from datetime import UTC, date, datetime

from django.db import connection

from tracker.mail.messages import OutgoingMessage, message_id
from tracker.mail.models import Delivery
from tracker.mail.relay import relay

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
State = Delivery.State


def make_delivery(key="a", kind="test", **fields):
    defaults = {"recipient": f"{key}@example.org", "day": date(2026, 11, 23), "not_before": NOW}
    return Delivery.objects.create(key=key, kind=kind, message_id=message_id(key), **(defaults | fields))


def make_deliveries(count):
    return [make_delivery(f"key{number:03}") for number in range(count)]


class PlainWriter:
    """The recipient is the address, and nothing ever changes. Each test overrides what it is about."""

    def __init__(self, deliveries, now):
        self.deliveries = deliveries

    def write(self, delivery):
        return OutgoingMessage(f"About {delivery.key}", "Please tell us.", to=[delivery.recipient])

    def is_current(self, delivery):
        return True

    def once_sent(self, delivery):
        return None


def writer(**methods):
    """A writer with these methods in place of its own."""
    return type("ChangedWriter", (PlainWriter,), methods)


def beside(work):
    """``work`` for another thread: with a database connection of its own, which it closes."""

    def do():
        try:
            work()
        finally:
            connection.close()

    return do


def run(kind_of_writer=PlainWriter, now=lambda: NOW, **options):
    return dict(relay({"test": kind_of_writer}, now=now, **options).counts)


def states():
    return dict(Delivery.objects.values_list("key", "state"))


def recipients(sink):
    return sorted(received.recipients[0] for received in sink.messages)
