"""Any number of planners and relays at the same time: every person gets one digest, nothing is asked twice."""

import pytest

from meetings.followups.planner import WRITERS, plan_digests
from meetings.models import Reminder
from tests.mail.side_by_side import side_by_side
from tests.meetings.followups.asking import NOON, make_due, make_focal_person
from tracker.mail.models import Delivery
from tracker.mail.relay import relay

pytestmark = pytest.mark.django_db(transaction=True)


def test_plan_by_many_at_once_queues_one_digest_a_person():
    people = [make_focal_person(f"person{number}") for number in range(20)]
    for _ in range(3):
        make_due(*people)
    results = side_by_side(6, lambda: plan_digests(NOON))
    assert sum(len(digests) for digests in results) == 20
    assert (Delivery.objects.count(), Reminder.objects.count()) == (20, 60)
    assert all(delivery.reminders.count() == 3 for delivery in Delivery.objects.all())


def test_plan_and_relay_by_many_at_once_write_to_each_person_once(smtp_sink):
    people = [make_focal_person(f"person{number}") for number in range(20)]
    make_due(*people)

    def work():
        plan_digests(NOON)
        relay(WRITERS, now=lambda: NOON)

    side_by_side(5, work)
    assert sorted(received.recipients[0] for received in smtp_sink.messages) == sorted(
        person.email for person in people
    )
    assert len({received.message["Message-ID"] for received in smtp_sink.messages}) == 20
