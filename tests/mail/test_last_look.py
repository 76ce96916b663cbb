"""What changed before a message was handed to the mail server never goes out as it was."""

from smtplib import SMTP

import pytest

from tests.mail.writers import NOW, PlainWriter, State, beside, make_deliveries, make_delivery, run, states
from tracker.mail.messages import OutgoingMessage
from tracker.mail.models import Delivery, RefusedAddress
from tracker.mail.relay import Withdraw

pytestmark = pytest.mark.django_db(transaction=True)


class Story(PlainWriter):
    """PlainWriter whose text is the error of a row in the database, read when they are made."""

    def __init__(self, deliveries, now):
        self.text = self._now_is()

    def write(self, delivery):
        return OutgoingMessage("A story", self.text, to=[delivery.recipient])

    def is_current(self, delivery):
        return self._now_is() == self.text

    def _now_is(self):
        return RefusedAddress.objects.get(address="story").error


@pytest.fixture
def story():
    """Call it with a new text: it is committed at once."""

    def tell(text):
        RefusedAddress.objects.mark("story", text, NOW, None)

    tell("old")
    return tell


def texts(sink):
    return [received.message.get_content().strip() for received in sink.messages]


class Interruption(Story):
    """A story that changes once, after its text was written and before the message is handed over."""

    def write(self, delivery):
        message = super().write(delivery)
        if self.text == "old":
            RefusedAddress.objects.mark("story", "new", NOW, None)
        return message


@pytest.mark.parametrize("others", [0, 30])
def test_change_before_the_sending_began_is_in_the_mail_that_goes_out_once(smtp_sink, story, others):
    make_deliveries(others)
    make_delivery("a")
    assert run(Interruption) == {"sent": others + 1}
    assert texts(smtp_sink) == ["new"] * (others + 1)
    assert sorted(received.recipients for received in smtp_sink.messages) == sorted(
        (delivery.address,) for delivery in Delivery.objects.all()
    )
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.SENT, 1)}
    assert len({received.connection for received in smtp_sink.messages}) == 1


def test_change_before_the_first_connection_stands_is_in_the_mail(smtp_sink, story, monkeypatch):
    make_delivery("a")
    real = SMTP.connect

    def connect(*arguments):
        story("new")
        return real(*arguments)

    monkeypatch.setattr(SMTP, "connect", connect)
    assert run(Story) == {"sent": 1}
    assert texts(smtp_sink) == ["new"]


def test_change_once_the_server_has_heard_of_the_message_comes_too_late(smtp_sink, story):
    make_delivery("a")
    smtp_sink.before_data = beside(lambda: story("new"))
    assert run(Story) == {"sent": 1}
    assert texts(smtp_sink) == ["old"]


def test_change_that_does_not_end_puts_the_message_off_for_a_moment_and_counts_as_no_attempt(smtp_sink, story):
    make_delivery("a")
    changes = []

    class Restless(Story):
        def write(self, delivery):
            message = super().write(delivery)
            changes.append(f"text {len(changes)}")
            story(changes[-1])
            return message

    assert run(Restless) == {"postponed": 1}
    delivery = Delivery.objects.get()
    assert (smtp_sink.messages, len(changes)) == ([], 3)
    assert (delivery.state, delivery.attempts, (delivery.not_before - NOW).seconds) == (State.QUEUED, 0, 5)
    assert delivery.error == "Its subject changed each time it was about to be sent."
    assert run(Story, now=lambda: delivery.not_before) == {"sent": 1}
    assert (texts(smtp_sink), Delivery.objects.get().attempts) == (["text 2"], 1)


def test_withdrawal_before_the_sending_began_sends_nothing(smtp_sink):
    make_delivery("a")
    is_over = []

    class Ending(PlainWriter):
        def write(self, delivery):
            if is_over:
                raise Withdraw("it is over")
            is_over.append(True)
            return super().write(delivery)

        def is_current(self, delivery):
            return not is_over

    assert run(Ending) == {"withdrawn": 1}
    assert (smtp_sink.messages, states()) == ([], {"a": State.WITHDRAWN})


def test_error_in_the_last_look_puts_the_message_off_and_sends_the_others_over_the_same_connection(smtp_sink):
    looks = []

    class Failing(PlainWriter):
        def is_current(self, delivery):
            looks.append(delivery.key)
            return delivery.key != "broken" or 1 / 0

    make_delivery("broken")
    make_deliveries(3)
    assert run(Failing) == {"postponed": 1, "sent": 3}
    assert (sorted(looks), Delivery.objects.get(key="broken").error) == (
        ["broken", "key000", "key001", "key002"],
        "ZeroDivisionError: division by zero",
    )
    assert len({received.connection for received in smtp_sink.messages}) == 1
