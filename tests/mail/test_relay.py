"""The relay against a real mail server: each message once, whatever the server, a colleague or a crash does."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from tests.mail.side_by_side import side_by_side
from tracker.mail.models import Delivery
from tracker.mail.queue import message_id
from tracker.mail.relay import Withdraw, relay, take

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
State = Delivery.State


def make_delivery(key="a", kind="test", **fields):
    defaults = {"recipient": f"{key}@example.org", "day": date(2026, 11, 23), "not_before": NOW}
    return Delivery.objects.create(key=key, kind=kind, message_id=message_id(key), **(defaults | fields))


def write(delivery, now):
    """A renderer: the recipient is the address."""
    return EmailMessage(f"About {delivery.key}", "Please tell us.", to=[delivery.recipient])


def run(render=write, now=lambda: NOW, **options):
    return dict(relay({"test": render}, now=now, **options).counts)


def states():
    return dict(Delivery.objects.values_list("key", "state"))


def recipients(sink):
    return sorted(received.recipients[0] for received in sink.messages)


def test_relay_when_mail_waits_sends_it_and_notes_when_and_where(smtp_sink):
    make_delivery()
    assert run() == {"sent": 1}
    (received,) = smtp_sink.messages
    assert received.recipients == ("a@example.org",)
    assert received.message["Message-ID"] == message_id("a")
    assert received.message["Auto-Submitted"] == "auto-generated"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at, delivery.address) == (State.SENT, NOW, "a@example.org")
    assert (delivery.subject, delivery.attempts, delivery.lease) == ("About a", 1, None)


def test_relay_when_run_again_sends_nothing_twice(smtp_sink):
    make_delivery()
    assert (run(), run()) == ({"sent": 1}, {})
    assert len(smtp_sink.messages) == 1


def test_relay_for_many_messages_uses_one_connection(smtp_sink):
    for number in range(20):
        make_delivery(f"key{number}")
    assert run() == {"sent": 20}
    assert len({received.connection for received in smtp_sink.messages}) == 1


def test_relay_leaves_alone_what_is_not_its_own(smtp_sink):
    make_delivery("later", not_before=NOW + timedelta(seconds=1))
    make_delivery("leased", lease=uuid4(), leased_until=NOW + timedelta(seconds=1))
    make_delivery("held", state=State.HELD)
    make_delivery("withdrawn", state=State.WITHDRAWN)
    make_delivery("dead", state=State.DEAD)
    make_delivery("other-kind", kind="alert")
    before = list(Delivery.objects.order_by("pk").values())
    assert run() == {}
    assert list(Delivery.objects.order_by("pk").values()) == before
    assert smtp_sink.messages == []


def test_relay_when_a_lease_has_lapsed_takes_the_message_again_under_the_same_id(smtp_sink):
    delivery = make_delivery()
    take(delivery.pk, NOW)  # by a relay that died
    assert run() == {}
    assert run(now=lambda: NOW + timedelta(seconds=121)) == {"sent": 1}
    assert smtp_sink.messages[0].message["Message-ID"] == message_id("a")
    assert Delivery.objects.get().attempts == 2


def test_take_when_another_relay_was_faster_returns_none():
    delivery = make_delivery()
    assert take(delivery.pk, NOW).attempts == 1
    assert take(delivery.pk, NOW) is None
    assert Delivery.objects.get().attempts == 1


def test_relay_by_many_at_once_sends_each_message_once(smtp_sink):
    for number in range(60):
        make_delivery(f"key{number}")
    results = side_by_side(5, run)
    assert sum(result.get("sent", 0) for result in results) == 60
    assert recipients(smtp_sink) == sorted(f"key{number}@example.org" for number in range(60))


def test_relay_when_the_renderer_withdraws_sends_nothing_and_keeps_the_reason(smtp_sink):
    def refuse(delivery, now):
        raise Withdraw("answered meanwhile")

    make_delivery()
    assert run(refuse) == {"withdrawn": 1}
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error, smtp_sink.messages) == (State.WITHDRAWN, "answered meanwhile", [])


def test_relay_when_the_server_is_busy_tries_again_after_pauses_that_double(smtp_sink):
    make_delivery()
    moment, pauses = NOW, []
    smtp_sink.answer_next(*["451 4.3.0 later"] * 9)
    for _ in range(9):
        assert run(now=lambda: moment) == {"postponed": 1}  # noqa: B023
        assert run(now=lambda: moment) == {}  # noqa: B023
        delivery = Delivery.objects.get()
        assert delivery.state == State.QUEUED and "451" in delivery.error
        pauses.append((delivery.not_before - moment).seconds // 60)
        moment = delivery.not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 64, 64]
    assert run(now=lambda: moment) == {"sent": 1}
    assert Delivery.objects.get().error == ""


def test_relay_when_an_address_is_refused_for_now_greylists_only_that_one(smtp_sink):
    make_delivery("grey")
    make_delivery("other")
    smtp_sink.refuse("grey@example.org", "450 4.7.1 greylisted")
    assert run() == {"postponed": 1, "sent": 1}
    assert states() == {"grey": State.QUEUED, "other": State.SENT}


def test_relay_when_an_address_is_refused_for_good_gives_it_up_and_sends_the_others(smtp_sink):
    for key in ("gone", "one", "two"):
        make_delivery(key)
    smtp_sink.refuse("gone@example.org", "550 5.1.1 no such mailbox")
    assert run() == {"dead": 1, "sent": 2}
    assert states() == {"gone": State.DEAD, "one": State.SENT, "two": State.SENT}
    assert "no such mailbox" in Delivery.objects.get(key="gone").error


def test_relay_when_a_message_is_refused_for_good_gives_it_up(smtp_sink):
    make_delivery()
    smtp_sink.answer_next("554 5.7.1 looks like spam")
    assert run() == {"dead": 1}
    assert (states(), smtp_sink.messages) == ({"a": State.DEAD}, [])


BAD_ADDRESSES = [
    "",
    "nobody",
    "a b@example.org",
    "a@example.org, b@example.org",
    "a@example.org\r\nBcc: b@example.org",
    "a@example.org\nSubject: x",
    "A <a@example.org>",
    "a@-",
    "اے@example.org",
    "x" * 400 + "@example.org",
]


def test_relay_when_addresses_are_malformed_gives_them_up_injects_nothing_and_sends_the_others(smtp_sink):
    addresses = {f"bad{number}": address for number, address in enumerate(BAD_ADDRESSES)}
    addresses |= {"good": "good@example.org", "idn": "focal@münchen.example"}

    def render(delivery, now):
        return EmailMessage("About it", "Please tell us.", to=[addresses[delivery.key]])

    for key in addresses:
        make_delivery(key, recipient=f"person:{key}")
    assert run(render) == {"dead": len(BAD_ADDRESSES), "sent": 2}
    assert recipients(smtp_sink) == ["focal@xn--mnchen-3ya.example", "good@example.org"]
    assert all(received.message["Subject"] == "About it" for received in smtp_sink.messages)


def test_relay_when_a_subject_would_inject_a_header_gives_the_message_up(smtp_sink):
    def render(delivery, now):
        return EmailMessage("Hello\nBcc: spy@example.org", "Please tell us.", to=["a@example.org"])

    make_delivery()
    assert (run(render), smtp_sink.messages) == ({"dead": 1}, [])


def test_relay_when_one_message_cannot_be_written_puts_it_off_and_sends_the_others(smtp_sink):
    def render(delivery, now):
        return write(delivery, now) if delivery.key == "good" else 1 / 0

    make_delivery("broken")
    make_delivery("good")
    assert run(render) == {"postponed": 1, "sent": 1}
    assert states() == {"broken": State.QUEUED, "good": State.SENT}
    assert Delivery.objects.get(key="broken").error == "ZeroDivisionError: division by zero"


def test_relay_when_no_server_is_there_keeps_everything_and_tries_one_message_a_run(smtp_sink, settings):
    settings.EMAIL_PORT = 1
    for key in ("a", "b", "c"):
        make_delivery(key)
    assert run() == {"postponed": 1}
    assert set(states().values()) == {State.QUEUED}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    settings.EMAIL_PORT = smtp_sink.port
    assert run(now=lambda: NOW + timedelta(minutes=1)) == {"sent": 3}


def test_relay_when_the_server_hangs_waits_no_longer_than_the_time_limit_and_loses_nothing(smtp_sink, settings):
    settings.EMAIL_TIMEOUT, smtp_sink.seconds_per_message = 0.2, 5
    make_delivery()
    assert run() == {"postponed": 1}
    assert "timed out" in Delivery.objects.get().error


def test_relay_after_an_error_in_the_connection_opens_another(smtp_sink):
    for number in range(3):
        make_delivery(f"key{number}")
    smtp_sink.answer_next("421 4.3.2 going down")
    assert run() == {"postponed": 1, "sent": 2}


def test_relay_when_its_lease_lapses_before_sending_leaves_the_message_to_others(smtp_sink):
    moments = iter([NOW, NOW, NOW, NOW + timedelta(seconds=121)])
    make_delivery()
    assert run(now=lambda: next(moments), limit=1) == {"overtaken": 1}
    assert (states(), smtp_sink.messages) == ({"a": State.QUEUED}, [])


def test_relay_when_another_took_the_message_meanwhile_does_not_touch_its_row(smtp_sink):
    other = uuid4()

    def render(delivery, now):
        Delivery.objects.update(lease=other, leased_until=NOW + timedelta(minutes=5))
        raise Withdraw("nothing left")

    make_delivery()
    assert run(render) == {"overtaken": 1}
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.lease, delivery.error) == (State.QUEUED, other, "")


def test_relay_with_a_limit_stops_there(smtp_sink):
    for number in range(5):
        make_delivery(f"key{number}")
    assert (run(limit=2), run(seconds=0), run()) == ({"sent": 2}, {"sent": 1}, {"sent": 2})


def test_relay_inside_a_transaction_is_refused(smtp_sink):
    make_delivery()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        run()
    assert smtp_sink.messages == []


def test_relay_when_a_message_kills_its_relay_each_time_sends_the_others_first(smtp_sink):
    make_delivery("deadly", attempts=3)
    make_delivery("other")
    for number in range(120):
        make_delivery(f"key{number}")
    assert run(limit=100) == {"sent": 100}
    assert Delivery.objects.get(key="deadly").state == State.QUEUED
