"""The relay against a real mail server: each message once, whatever the server or a broken record does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from tests.mail.side_by_side import side_by_side
from tests.mail.writers import NOW, PlainWriter, State, make_deliveries, make_delivery, recipients, run, states, writer
from tracker.mail.messages import OutgoingMessage, message_id
from tracker.mail.models import Delivery, LastRun
from tracker.mail.relay import Withdraw, relay

pytestmark = pytest.mark.django_db(transaction=True)


def test_relay_when_mail_waits_sends_it_and_notes_when_and_where(smtp_sink):
    make_delivery()
    assert run() == {"sent": 1}
    (received,) = smtp_sink.messages
    assert (received.sender, received.recipients) == ("tracker@example.org", ("a@example.org",))
    assert dict(received.message.items()) == {
        "Content-Type": 'text/plain; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": "7bit",
        "Subject": "About a",
        "From": "Digital Cooperation Tracker <tracker@example.org>",
        "To": "a@example.org",
        "Date": received.message["Date"],
        "Message-ID": message_id("a"),
        "Auto-Submitted": "auto-generated",
    }
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at, delivery.address) == (State.SENT, NOW, "a@example.org")
    assert (delivery.subject, delivery.attempts, delivery.lease, delivery.leased_until) == ("About a", 1, None, None)


def test_relay_leaves_the_headers_of_the_message_as_they_are(smtp_sink):
    headers = {
        "List-Unsubscribe": "<https://tracker.example.org/u/1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Reply-To": "desk@example.org",
    }

    def write(self, delivery):
        return OutgoingMessage(
            "  Two  spaces: „é“  ", "x", "Desk <desk@example.org>", ["a@example.org"], headers=headers
        )

    make_delivery()
    assert run(writer(write=write)) == {"sent": 1}
    (received,) = smtp_sink.messages
    assert received.sender == "desk@example.org"
    assert {name: received.message[name] for name in headers} == headers
    assert received.message["Subject"].strip() == "Two  spaces: „é“"
    assert received.message["From"] == "Desk <desk@example.org>"


def test_relay_of_a_message_with_dots_and_odd_line_ends_delivers_the_same_text(smtp_sink):
    text = "One\r\n.\r\n..two\n.three\nRCPT TO:<spy@example.org>\nپاکستان"

    def write(self, delivery):
        return OutgoingMessage("Dots", text, to=["a@example.org"])

    make_delivery()
    assert run(writer(write=write)) == {"sent": 1}
    (received,) = smtp_sink.messages
    assert received.message.get_content().splitlines() == text.splitlines()


def test_relay_when_run_again_sends_nothing_twice(smtp_sink):
    make_delivery()
    assert (run(), run()) == ({"sent": 1}, {})
    assert len(smtp_sink.messages) == 1


def test_relay_for_many_messages_uses_one_connection_and_reads_them_in_batches(smtp_sink):
    make_deliveries(120)
    sizes = []

    def read(deliveries, now):
        sizes.append(len(deliveries))
        return PlainWriter(deliveries, now)

    assert run(read) == {"sent": 120}
    assert sizes == [50, 50, 20]
    assert len({received.connection for received in smtp_sink.messages}) == 1


def test_relay_of_several_kinds_gives_each_writer_its_own_deliveries(smtp_sink):
    for number in range(10):
        make_delivery(f"t{number}", kind="test" if number % 2 else "alert")
    read = {"test": [], "alert": []}

    def writer_of(kind):
        def reader(deliveries, now):
            read[kind].append({delivery.kind for delivery in deliveries})
            return PlainWriter(deliveries, now)

        return reader

    outcome = relay({kind: writer_of(kind) for kind in read}, now=lambda: NOW)
    assert (dict(outcome.counts), read) == ({"sent": 10}, {"test": [{"test"}], "alert": [{"alert"}]})


@pytest.mark.parametrize("count", [1, 50, 100])
def test_relay_makes_one_statement_a_message_and_a_fixed_number_a_batch(smtp_sink, django_assert_num_queries, count):
    make_deliveries(count)
    batches = -(-count // 50)
    empty, note = 4, 3  # the transaction that finds nothing more; the note of the run
    with django_assert_num_queries(5 * batches + count + empty + note):
        assert run() == {"sent": count}


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


def test_relay_by_many_at_once_sends_each_message_once(smtp_sink):
    make_deliveries(120)
    results = side_by_side(5, run)
    assert sum(result.get("sent", 0) for result in results) == 120
    assert recipients(smtp_sink) == [f"key{number:03}@example.org" for number in range(120)]
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_relay_when_the_writer_withdraws_sends_nothing_and_keeps_the_reason(smtp_sink):
    def write(self, delivery):
        raise Withdraw("answered meanwhile")

    make_delivery()
    assert run(writer(write=write)) == {"withdrawn": 1}
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
        assert (delivery.state, delivery.error) == (
            State.QUEUED,
            "SMTPDataError: The mail server says: 451 4.3.0 later",
        )
        pauses.append((delivery.not_before - moment).seconds // 60)
        moment = delivery.not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 64, 64]
    assert run(now=lambda: moment) == {"sent": 1}
    assert (Delivery.objects.get().error, Delivery.objects.get().attempts) == ("", 10)


def test_relay_when_an_address_is_refused_for_now_greylists_only_that_one_and_keeps_the_connection(smtp_sink):
    for key in ("grey", "one", "two", "three"):
        make_delivery(key)
    smtp_sink.refuse("grey@example.org", "450 4.7.1 greylisted")
    assert run() == {"postponed": 1, "sent": 3}
    assert states() == {"grey": State.QUEUED, "one": State.SENT, "two": State.SENT, "three": State.SENT}
    assert len({received.connection for received in smtp_sink.messages}) == 1


def test_relay_when_a_batch_cannot_be_read_reads_one_by_one_and_puts_off_only_the_broken(smtp_sink):
    make_delivery("broken")
    make_deliveries(10)
    sizes = []

    def read(deliveries, now):
        sizes.append(len(deliveries))
        if "broken" in {delivery.key for delivery in deliveries}:
            raise ZeroDivisionError("division by zero")
        return PlainWriter(deliveries, now)

    assert run(read) == {"postponed": 1, "sent": 10}
    assert sizes == [11] + 11 * [1]
    broken = Delivery.objects.get(key="broken")
    assert (broken.state, broken.attempts, broken.error) == (State.QUEUED, 1, "ZeroDivisionError: division by zero")
    assert broken.not_before == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("method", ["write", "is_current"])
def test_relay_when_one_message_fails_puts_it_off_and_sends_the_others(smtp_sink, method):
    def fail(self, delivery):
        return getattr(PlainWriter, method)(self, delivery) if delivery.key == "good" else int("x")

    make_delivery("broken")
    make_delivery("good")
    assert run(writer(**{method: fail})) == {"postponed": 1, "sent": 1}
    assert states() == {"broken": State.QUEUED, "good": State.SENT}
    assert Delivery.objects.get(key="broken").error == "ValueError: invalid literal for int() with base 10: 'x'"


def test_relay_writes_down_what_belongs_to_it_in_the_transaction_that_says_sent(smtp_sink):
    seen = []

    def write_down():
        assert transaction.get_connection().in_atomic_block
        seen.append(Delivery.objects.get(key="a").state)
        make_delivery("made-then", kind="other")

    make_delivery()
    assert run(writer(once_sent=lambda self, delivery: write_down)) == {"sent": 1}
    assert (seen, states()) == ([State.SENT], {"a": State.SENT, "made-then": State.QUEUED})


def test_relay_when_that_cannot_be_written_down_has_sent_the_message_and_sends_it_no_more(smtp_sink):
    def write_down():
        make_delivery("made-then", kind="other")
        raise ZeroDivisionError("division by zero")

    make_delivery()
    assert (run(writer(once_sent=lambda self, delivery: write_down)), run()) == ({"sent": 1}, {})
    assert (len(smtp_sink.messages), states()) == (1, {"a": State.SENT})
    assert Delivery.objects.get().error == "ZeroDivisionError: division by zero"


def test_relay_when_no_server_is_there_keeps_everything_and_tries_one_message_a_run(smtp_sink, settings):
    settings.EMAIL_PORT = 1
    make_deliveries(3)
    assert run() == {"postponed": 1}
    assert set(Delivery.objects.values_list("state", "lease", "leased_until")) == {(State.QUEUED, None, None)}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    settings.EMAIL_PORT = smtp_sink.port
    assert run(now=lambda: NOW + timedelta(minutes=1)) == {"sent": 3}


def test_relay_after_the_server_closed_the_connection_opens_another(smtp_sink):
    make_deliveries(3)
    smtp_sink.answer_next("421 4.3.2 going down")
    assert run() == {"postponed": 1, "sent": 2}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [1, 1, 1]


def test_relay_with_a_limit_or_a_time_stops_there_and_gives_the_rest_back(smtp_sink):
    make_deliveries(5)
    assert (run(limit=0), run(limit=2), run(seconds=0)) == ({}, {"sent": 2}, {"sent": 1})
    rest = Delivery.objects.filter(state=State.QUEUED)
    assert list(rest.values_list("lease", "leased_until", "attempts")) == [(None, None, 0)] * 2
    assert run() == {"sent": 2}


def test_relay_inside_a_transaction_is_refused(smtp_sink):
    make_delivery()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        run()
    assert smtp_sink.messages == []


@pytest.mark.parametrize("backend", ["locmem", "filebased"])
def test_relay_through_another_backend_asks_before_it_sends(settings, backend, tmp_path, mailoutbox):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    asked = []

    def is_current(self, delivery):
        asked.append(delivery.key)
        return len(asked) > 1

    make_delivery()
    assert run(writer(is_current=is_current)) == {"sent": 1}
    written = "".join(path.read_text() for path in tmp_path.iterdir())
    assert (asked, len(mailoutbox) + written.count("Subject: About a")) == (["a", "a"], 1)


def test_relay_notes_that_it_ran_and_with_what(smtp_sink):
    run()
    assert list(LastRun.objects.values_list("name", "ended_at", "outcome")) == [("relay", NOW, "")]
    make_delivery("a")
    make_delivery("b", recipient="")
    run(now=lambda: NOW + timedelta(hours=1))
    after = NOW + timedelta(hours=1)
    assert list(LastRun.objects.values_list("name", "ended_at", "outcome")) == [("relay", after, "1 dead, 1 sent")]
