"""What changed before the server was told DATA never goes out as it was."""

import pytest
from django.core.mail import EmailMessage

from tests.mail.letters import NOW, Letters, State, beside, make_deliveries, make_delivery, run, states
from tracker.mail.models import Delivery, RefusedAddress
from tracker.mail.relay import Withdraw

pytestmark = pytest.mark.django_db(transaction=True)


class Story(Letters):
    """Letters whose text is the error of a row in the database, read when they are made."""

    def __init__(self, deliveries, now):
        self.text = self._now_is()

    def write(self, delivery):
        return EmailMessage("A story", self.text, to=[delivery.recipient])

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


@pytest.mark.parametrize("others", [0, 30])
def test_change_while_the_server_is_between_data_and_354_sends_the_new_text_once(smtp_sink, story, others):
    make_deliveries(others)
    make_delivery("a")

    def change():
        smtp_sink.before_data = None
        story("new")

    smtp_sink.before_data = beside(change)
    assert run(Story) == {"sent": others + 1}
    assert texts(smtp_sink) == ["new"] * (others + 1)
    assert sorted(received.recipients for received in smtp_sink.messages) == sorted(
        (delivery.address,) for delivery in Delivery.objects.all()
    )
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_change_before_the_server_hears_of_the_message_costs_no_connection(smtp_sink, story):
    make_deliveries(3)

    class Slow(Story):
        def write(self, delivery):
            message = super().write(delivery)
            story("new")
            return message

    assert run(Slow) == {"sent": 3}
    assert texts(smtp_sink) == ["new"] * 3
    assert len({received.connection for received in smtp_sink.messages}) == 1


def test_change_that_does_not_end_puts_the_message_off_for_a_moment_and_counts_as_no_attempt(smtp_sink, story):
    make_delivery("a")
    changes = []

    def change():
        changes.append(f"text {len(changes)}")
        story(changes[-1])

    smtp_sink.before_data = beside(change)
    assert run(Story) == {"postponed": 1}
    delivery = Delivery.objects.get()
    assert (smtp_sink.messages, len(changes)) == ([], 3)
    assert (delivery.state, delivery.attempts, (delivery.not_before - NOW).seconds) == (State.QUEUED, 0, 5)
    assert delivery.error == "What it is about changed each time that it was to be sent."
    smtp_sink.before_data = None
    assert run(Story, now=lambda: delivery.not_before) == {"sent": 1}
    assert (texts(smtp_sink), Delivery.objects.get().attempts) == (["text 2"], 1)


def test_withdrawal_while_the_server_is_between_data_and_354_sends_nothing(smtp_sink):
    make_delivery("a")
    is_over = []

    class Ending(Letters):
        def write(self, delivery):
            if is_over:
                raise Withdraw("it is over")
            return super().write(delivery)

        def is_current(self, delivery):
            return not is_over

    smtp_sink.before_data = lambda: is_over.append(True)
    assert run(Ending) == {"withdrawn": 1}
    assert (smtp_sink.messages, states()) == ([], {"a": State.WITHDRAWN})


def test_error_in_the_last_look_puts_the_message_off_and_sends_the_others_over_another_connection(smtp_sink):
    looks = []

    class Failing(Letters):
        def is_current(self, delivery):
            looks.append(delivery.key)
            return bool(delivery.key != "broken" or looks.count("broken") < 2 or 1 / 0)

    make_delivery("broken")
    make_deliveries(3)
    assert run(Failing) == {"postponed": 1, "sent": 3}
    assert (looks.count("broken"), Delivery.objects.get(key="broken").error) == (
        2,
        "ZeroDivisionError: division by zero",
    )
