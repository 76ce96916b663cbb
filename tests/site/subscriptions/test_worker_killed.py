"""The promise, with a real worker, broker and mail server: no alert is lost, whenever the worker is killed; what a kill
repeats is at most what was on its way."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_agreement
from tests.parts import thinned
from tests.site.subscriptions.readers import make
from tracker.mail.models import Delivery
from tracker.records.models import DataVersion, one_change
from tracker.site.subscriptions.models import Alert, Subscription
from tracker.tasks import plan_alerts, relay_mail

SECONDS = 240
# Lists that they follow: all of them have changed.
QUERIES = ("", "country=PAK", "country=CHN&country=PAK", "q=paper")


def until(is_so, wake_up):
    """Wake the worker every second, as beat does every minute, until `is_so`."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        wake_up()
        pause = time.monotonic() + 1
        while time.monotonic() < pause and not is_so():
            time.sleep(0.05)


def wake_up():
    plan_alerts.delay()
    relay_mail.delay()


def populate(readers, changes):
    for number in range(readers):
        make(f"r{number}@example.org", query=QUERIES[number % 4], language=["en", "ur", "zh-hans"][number % 3])
    for number in range(changes):
        with one_change():
            make_agreement(("CHN", "PAK"), title=f"Paper {number}")
    return {f"r{number}@example.org" for number in range(readers)}


@pytest.mark.parametrize(
    ("readers", "changes"), thinned([(60, 20), (2000, 300)], lambda readers, _changes: readers < 100)
)
def test_worker_killed_in_the_middle_of_planning_and_sending_loses_no_alert(
    readers, changes, celery_worker_process, smtp_sink, record_property
):
    people = populate(readers, changes)

    def start():
        return celery_worker_process(EMAIL_URL=smtp_sink.url, MAIL_LEASE_SECONDS="2", MAIL_SMTP_TIMEOUT="1")

    worker = start()
    plan_alerts.delay()
    until(Delivery.objects.exists, lambda: None)
    worker.kill()
    kills = [readers // 5, readers // 2, readers * 3 // 4] if readers > 100 else [readers // 2]
    for kill in kills:
        worker = start()
        wake_up()
        until(lambda kill=kill: len(smtp_sink.messages) >= kill, wake_up)
        worker.kill()
    worker = start()
    until(lambda: Delivery.objects.count() == readers and not Delivery.objects.unsent().exists(), wake_up)
    worker.stop()

    received = [(mail.recipients[0], mail.message["Message-ID"]) for mail in smtp_sink.messages]
    lost, repeated = people - {address for address, _ in received}, len(received) - len(set(received))
    figures = f"{len(kills) + 1} kills, {readers} readers, {changes} changes: {len(lost)} lost, {repeated} repeated"
    record_property("figures", figures)
    print(f"\n{figures}, with the same Message-ID")
    assert lost == set()
    assert repeated <= len(kills)
    assert len(set(received)) == Alert.objects.count() == readers
    texts = (mail.message.get_body(("plain",)).get_content() for mail in smtp_sink.messages)
    one = next(text for text in texts if f"Paper {changes - 1}" in text)
    assert not re.search(rf"Paper {changes - 31}\b", one)
    # Told of all of it, and never again.
    assert set(Subscription.objects.values_list("told_version", flat=True)) == {DataVersion.current()}
    Subscription.objects.update(looked_on=timezone.localdate() - timedelta(days=7))
    plan_alerts.apply()
    assert Alert.objects.count() == readers
