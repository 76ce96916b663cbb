"""A delivery belongs to one relay at a time: after a crash, a pause, a hanging server, and with many at work."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.mail.side_by_side import side_by_side
from tests.mail.writers import (
    NOW,
    PlainWriter,
    State,
    beside,
    make_deliveries,
    make_delivery,
    recipients,
    run,
    states,
    writer,
)
from tracker.mail import leases
from tracker.mail.messages import message_id
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

pytestmark = pytest.mark.django_db(transaction=True)

LAPSED = NOW + timedelta(seconds=121)


def take(now=NOW, **options):
    return [delivery.key for delivery in leases.take(["test"], now, **options)]


def test_take_leases_those_that_were_tried_least_and_no_more_than_a_batch():
    make_delivery("tried", attempts=1)
    make_deliveries(55)
    assert (len(take()), sorted(take()), take()) == (
        50,
        [*(f"key{number:03}" for number in range(50, 55)), "tried"],
        [],
    )
    assert set(Delivery.objects.values_list("leased_until", flat=True)) == {NOW + timedelta(seconds=120)}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [1] * 55 + [2]


def test_take_by_many_at_once_gives_each_delivery_to_one():
    make_deliveries(100)
    taken = side_by_side(8, take)
    keys = [key for batch in taken for key in batch]
    assert len(keys) == len(set(keys)) == 100


def test_relay_when_a_lease_has_lapsed_takes_the_message_again_under_the_same_id(smtp_sink):
    make_delivery()
    take()  # by a relay that died
    assert run() == {}
    assert run(now=lambda: LAPSED) == {"sent": 1}
    assert smtp_sink.messages[0].message["Message-ID"] == message_id("a")
    assert Delivery.objects.get().attempts == 2


def test_relay_takes_what_a_relay_died_with_one_by_one_and_after_all_others(smtp_sink):
    make_deliveries(4)
    take()
    make_delivery("fresh", attempts=7)
    make_delivery("also-fresh", attempts=9)
    read = []

    def reader(deliveries, now):
        read.append(len(deliveries))
        return PlainWriter(deliveries, now)

    assert run(reader, now=lambda: LAPSED) == {"sent": 6}
    assert read == [2, 1, 1, 1, 1]
    assert {received.recipients[0] for received in smtp_sink.messages[:2]} == {
        "fresh@example.org",
        "also-fresh@example.org",
    }


def test_relay_when_a_message_kills_its_relay_each_time_sends_all_others(smtp_sink, monkeypatch):
    class Killed(BaseException):
        """In place of a SIGKILL: nothing is written down after it."""

    def read(deliveries, now):
        if "deadly" in {delivery.key for delivery in deliveries}:
            raise Killed
        return PlainWriter(deliveries, now)

    make_delivery("deadly")
    make_deliveries(30)
    monkeypatch.setattr(leases, "give_back", lambda deliveries: None)
    moment = NOW
    for _ in range(3):
        with pytest.raises(Killed):
            run(read, now=lambda: moment)  # noqa: B023
        moment += timedelta(seconds=121)
    assert {key for key, state in states().items() if state == State.QUEUED} == {"deadly"}
    assert len(smtp_sink.messages) == 30


def test_relay_that_was_stopped_beyond_its_lease_sends_nothing_that_another_has_taken(smtp_sink):
    """As after SIGSTOP: the clock has moved on in the middle of a batch, and a colleague has done the rest."""
    make_deliveries(10)
    moment = [NOW]

    class Stopped(PlainWriter):
        def once_sent(self, delivery):
            if moment[0] == NOW and len(smtp_sink.messages) == 4:
                moment[0] = LAPSED

    class Colleague(PlainWriter):
        pass

    def clock():
        if moment[0] == LAPSED and not done:
            done.append(True)
            done.append(run(Colleague, now=lambda: LAPSED))
        return moment[0]

    done = []
    assert run(Stopped, now=clock) == {"sent": 4, "overtaken": 6}
    assert (done, len(smtp_sink.messages)) == ([True, {"sent": 6}], 10)
    assert len(set(recipients(smtp_sink))) == 10


def test_relay_that_was_stopped_in_the_middle_of_a_message_repeats_at_most_that_one(smtp_sink):
    make_deliveries(6)
    moment, done = [NOW], []

    def stop():
        smtp_sink.before_data = None
        moment[0] = LAPSED
        done.append(run(now=lambda: LAPSED))

    smtp_sink.before_data = beside(stop)
    assert (run(now=lambda: moment[0]), done) == ({"sent": 1, "overtaken": 5}, [{"sent": 6}])
    (repeated,) = [address for address, times in Counter(recipients(smtp_sink)).items() if times == 2]
    assert recipients(smtp_sink) == sorted([*(f"key{number:03}@example.org" for number in range(6)), repeated])
    assert len({received.message["Message-ID"] for received in smtp_sink.messages}) == 6


def test_relay_when_its_lease_ran_short_renews_it_and_goes_on(smtp_sink):
    make_deliveries(3)
    moments = []

    class Slow(PlainWriter):
        def write(self, delivery):
            moments.append(NOW + timedelta(seconds=100 * len(moments) + 100))
            return super().write(delivery)

    assert run(Slow, now=lambda: moments[-1] if moments else NOW) == {"sent": 3}
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.parametrize(("passed", "lasts"), [(0, 120), (79, 120), (80, 120), (81, 201), (130, 250)])
def test_keep_renews_a_lease_that_would_not_last_through_the_time_limit_and_a_margin(passed, lasts):
    make_delivery()
    (delivery,) = leases.take(["test"], NOW)
    leases.keep(delivery, NOW + timedelta(seconds=passed))
    until = NOW + timedelta(seconds=lasts)
    assert (delivery.leased_until, Delivery.objects.get().leased_until) == (until, until)


def test_keep_when_another_relay_has_taken_the_delivery_says_so():
    make_delivery()
    (delivery,) = leases.take(["test"], NOW)
    assert take(LAPSED) == ["a"]
    with pytest.raises(leases.Overtaken):
        leases.keep(delivery, LAPSED)


def test_relay_when_another_took_the_message_meanwhile_does_not_touch_its_row(smtp_sink):
    other = uuid4()

    def write(self, delivery):
        Delivery.objects.update(lease=other, leased_until=NOW + timedelta(minutes=5))
        raise Withdraw("nothing left")

    make_delivery()
    assert run(writer(write=write)) == {"overtaken": 1}
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.lease, delivery.error) == (State.QUEUED, other, "")


def test_relay_when_an_address_hangs_gives_the_rest_back_and_comes_to_it_once(smtp_sink, settings):
    settings.EMAIL_TIMEOUT = 0.3
    make_delivery("hangs")
    make_deliveries(40)
    smtp_sink.hang_at("hangs@example.org")
    assert run() == {"postponed": 1, "sent": 40}
    hanging = Delivery.objects.get(key="hangs")
    assert (hanging.state, hanging.attempts, hanging.lease) == (State.QUEUED, 1, None)
    assert hanging.error == "Interrupted: Connection unexpectedly closed: timed out"
    assert set(Delivery.objects.exclude(key="hangs").values_list("attempts", flat=True)) == {1}


def test_relay_when_an_address_hangs_leaves_the_others_of_its_batch_to_a_colleague_after_one_time_limit(
    smtp_sink, settings, monkeypatch
):
    settings.EMAIL_TIMEOUT = 0.3
    make_delivery("hangs")
    make_deliveries(9)
    smtp_sink.hang_at("hangs@example.org")
    given_back = []
    real = leases.give_back

    def give_back(deliveries):
        real(deliveries)
        given_back.append((len(deliveries), len(Delivery.objects.waiting(NOW)), len(smtp_sink.messages)))

    monkeypatch.setattr(leases, "give_back", give_back)
    assert run() == {"postponed": 1, "sent": 9}
    count, waiting, sent = given_back[0]
    assert (count, sent) == (waiting, 9 - waiting)


def test_relay_when_the_server_hangs_over_a_message_waits_no_longer_than_the_time_limit(smtp_sink, settings):
    settings.EMAIL_TIMEOUT, smtp_sink.seconds_per_message = 0.2, 5
    make_delivery()
    assert run() == {"postponed": 1}
    assert "timed out" in Delivery.objects.get().error
