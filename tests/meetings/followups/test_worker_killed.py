"""The promise, with a real worker, broker and mail server: never lost; a kill repeats at most what was on its way."""

import time
from datetime import UTC, datetime

import pytest

from agreements.models import Person
from meetings.models import FocalPoint
from tests.factories import make_commitment
from tracker.mail.models import Delivery
from tracker.tasks import plan_follow_ups, relay_mail

PEOPLE = 200
KILLS = (30, 80, 140)
SECONDS = 60


@pytest.fixture
def people():
    commitment = make_commitment(due=datetime.now(UTC).date().isoformat())
    numbers = range(PEOPLE)
    people = Person.objects.bulk_create(
        Person(slug=f"p{n}", name=f"Person {n}", email=f"p{n}@example.org", send_hour=0) for n in numbers
    )
    FocalPoint.objects.bulk_create(FocalPoint(commitment=commitment, person=person) for person in people)
    return [person.email for person in people]


def until(is_so, wake_up):
    """Wake the worker every second, as beat does every minute, until `is_so`."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        wake_up()
        pause = time.monotonic() + 1
        while time.monotonic() < pause and not is_so():
            time.sleep(0.05)


def test_worker_killed_in_the_middle_of_200_digests_loses_none_and_repeats_under_the_same_id(
    people, celery_worker_process, smtp_sink, record_property
):
    def start():
        return celery_worker_process(EMAIL_URL=smtp_sink.url, MAIL_LEASE_SECONDS="2", MAIL_SMTP_TIMEOUT="1")

    for kill in KILLS:
        worker = start()
        plan_follow_ups.delay()
        relay_mail.delay()
        smtp_sink.wait_for(kill)
        worker.kill()
    assert Delivery.objects.unsent().exists()
    worker = start()
    until(lambda: Delivery.objects.exists() and not Delivery.objects.unsent().exists(), relay_mail.delay)
    worker.stop()

    received = [(mail.recipients[0], mail.message["Message-ID"]) for mail in smtp_sink.messages]
    lost, repeated = set(people) - {address for address, _ in received}, len(received) - len(set(received))
    record_property("figures", f"{len(KILLS)} kills, {PEOPLE} digests: {len(lost)} lost, {repeated} repeated")
    print(f"\n{len(KILLS)} kills in {PEOPLE} digests: {len(lost)} lost, {repeated} repeated, with the same Message-ID")
    assert lost == set()
    assert repeated <= len(KILLS)
    assert len(set(received)) == len({message_id for _, message_id in received}) == PEOPLE
    assert Delivery.objects.filter(state=Delivery.State.SENT).count() == PEOPLE
