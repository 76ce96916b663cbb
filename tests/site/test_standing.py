"""The probes: what cannot be written to is not ready; beat, worker and mail that stand still are named."""

import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest
import redis
from django.db import connection, connections
from django.utils import timezone

from tracker.mail.models import Delivery, LastRun
from tracker.site import standing
from tracker.tasks import note_beat

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def note(now, **minutes_ago):
    for name, minutes in minutes_ago.items():
        LastRun.note(name, now - minutes * MINUTE, "")


def queue(now, age, **fields):
    number = Delivery.objects.count()
    moment = {"created_at": now - age, "not_before": now - age, "day": now.date()}
    return Delivery.objects.create(
        **({"key": f"digest:{number}", "kind": "digest", "recipient": "x"} | moment | fields)
    )


def answer(client, address):
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.content.decode("ascii").splitlines()


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [
        ({"beat": 4, "relay": 9, "planner": 19}, []),
        ({"beat": 6, "relay": 9, "planner": 19}, ["beat"]),
        ({"beat": 4, "relay": 11, "planner": 19}, ["worker"]),
        ({"beat": 4, "relay": 9, "planner": 21}, ["worker"]),
        ({"beat": 6, "relay": 11, "planner": 21}, ["beat", "worker"]),
        ({"relay": 9, "planner": 19}, []),  # cron, without beat
        ({"beat": 1, "relay": 1}, ["worker"]),
        ({}, ["worker"]),
    ],
)
def test_silence_longer_than_a_run_is_a_standstill(minutes_ago, expected):
    now = timezone.now()
    note(now, **minutes_ago)
    assert standing.standstills(now) == expected


def test_mail_stands_still_when_something_waits_and_nothing_at_all_goes_out():
    now = timezone.now()
    note(now, beat=0, relay=0, planner=0)
    queue(now, 5 * HOUR, state="held")
    queue(now, 5 * HOUR, state="dead", dead_at=now)
    queue(now, 5 * HOUR, not_before=now + HOUR)
    queue(now, 119 * MINUTE)
    assert standing.standstills(now) == []
    # Put off after an attempt; the pause between two attempts does not make it any younger.
    oldest = queue(now, 3 * HOUR, not_before=now + HOUR, attempts=4)
    assert standing.oldest_late(now) == oldest.created_at
    assert standing.standstills(now) == ["mail"]
    queue(now, 4 * HOUR, state="sent", sent_at=now - 3 * HOUR)
    assert standing.standstills(now) == ["mail"]
    queue(now, 4 * HOUR, state="sent", sent_at=now - HOUR)
    assert standing.standstills(now) == []


def test_workz_names_what_stands_still_and_says_since_when(client, django_assert_max_num_queries):
    now = timezone.now().replace(microsecond=0)
    note(now, beat=60, relay=0, planner=0)
    queue(now, 3 * HOUR, address="ayesha@example.org", subject="Due soon", attempts=1)
    with django_assert_max_num_queries(5):
        status, lines = answer(client, "/workz")
    assert (status, lines[0]) == (503, "stands still: beat, mail")
    assert lines[1] == f"beat: {now - HOUR:%Y-%m-%dT%H:%M:%SZ} (1 hour ago)"
    assert lines[4] == f"oldest mail due: {now - 3 * HOUR:%Y-%m-%dT%H:%M:%SZ} (3 hours ago)"
    assert len(lines) == 5
    Delivery.objects.all().delete()
    note(now, beat=0)
    status, lines = answer(client, "/workz")
    assert (status, lines[0], lines[4]) == (200, "at work", "oldest mail due: none")


def test_beat_when_it_wakes_somebody_leaves_its_trace(transactional_db):
    note_beat(sender="tracker.tasks.relay_mail")
    assert timezone.now() - standing.last_runs()["beat"] < MINUTE


@contextmanager
def no_room_for_files():
    """This process can write to no file, as on a full disk."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_readyz_on_a_full_disk_is_not_ready(transactional_db, client, valkey):
    assert answer(client, "/readyz") == (200, ["ready"])
    if connection.vendor == "sqlite":
        with no_room_for_files():
            assert answer(client, "/readyz") == (503, ["not ready: database"])
    else:
        with connection.cursor() as cursor:  # a server whose disk is full takes no writes; this one neither
            cursor.execute("SET default_transaction_read_only = on")
        assert answer(client, "/readyz") == (503, ["not ready: database"])
        connection.close()
    assert answer(client, "/readyz") == (200, ["ready"])


def test_readyz_when_the_broker_takes_nothing_more_is_not_ready(client, valkey):
    with redis.Redis.from_url(valkey) as broker:
        broker.config_set("maxmemory", 1)
        try:
            assert answer(client, "/readyz") == (503, ["not ready: broker"])
        finally:
            broker.config_set("maxmemory", 0)
    assert answer(client, "/readyz") == (200, ["ready"])


def test_readyz_however_often_asked_leaves_one_row_and_one_key(client, valkey):
    for _ in range(20):
        assert answer(client, "/readyz") == (200, ["ready"])
    assert LastRun.objects.count() == 1
    with redis.Redis.from_url(valkey) as broker:
        assert broker.keys() == [b"tracker:readiness"] and 0 < broker.ttl("tracker:readiness") <= 60


def test_readyz_while_somebody_writes_is_ready_and_does_not_wait_for_them(transactional_db, client, valkey):
    if connection.vendor != "sqlite":
        pytest.skip("elsewhere nobody waits for the writers of other rows")
    other = connections.create_connection("default")
    other.settings_dict = connection.settings_dict
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        begun = timezone.now()
        assert answer(client, "/readyz") == (200, ["ready"])
        assert timezone.now() - begun < timedelta(seconds=5)
        cursor.execute("ROLLBACK")
    other.close()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
