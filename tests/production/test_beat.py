"""A real beat leaves a trace of its own, whether or not anybody does what it asks; each night sessions are cleared."""

import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from tests.admin.conftest import make_user
from tests.services.process import WatchedProcess
from tracker.mail.models import LastRun
from tracker.records.models import SentForm
from tracker.site import standing
from tracker.site.after_migrations import bring_up_to_date
from tracker.tasks import clear_out_of_date

pytestmark = pytest.mark.once


def wait_for_a_trace(beat, seconds=30):
    deadline = time.monotonic() + seconds
    while not LastRun.objects.filter(name="beat").exists():
        assert time.monotonic() < deadline, beat.log
        time.sleep(0.05)


def test_beat_without_a_worker_is_seen_to_live_and_the_worker_not(process_environment, tmp_path):
    environment = process_environment | {
        "DJANGO_SETTINGS_MODULE": "tests.production.quick_beat",
        "TRACKER_VAR": str(tmp_path),
    }
    beat = WatchedProcess([sys.executable, "-m", "celery", "--app", "tracker", "beat", "--pidfile="], environment)
    try:
        wait_for_a_trace(beat)
    finally:
        beat.kill()
    assert standing.standstills(timezone.now()) == ["worker"]
    assert standing.standstills(timezone.now() + timedelta(minutes=6)) == ["beat", "worker"]


@pytest.mark.django_db
def test_sessions_that_have_expired_are_cleared_and_others_stay():
    for seconds in (-60, 60):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()
    clear_out_of_date()
    assert Session.objects.get().expire_date > timezone.now()


@pytest.mark.django_db
def test_forms_that_were_kept_for_a_day_are_cleared_and_others_stay():
    account, now = make_user("editor", "editor"), timezone.now()
    for token, hours, fields in (
        ("kept", 23, {"values": {}}),
        ("too old", 25, {"values": {}}),
        ("saved", 25, {"saved": 1}),
        ("long saved", 24 * 91, {"saved": 1}),
    ):
        SentForm.objects.create(
            token=token, account=account, address="/", title=token, sent_at=now - timedelta(hours=hours), **fields
        )
    clear_out_of_date()
    assert set(SentForm.objects.values_list("token", flat=True)) == {"kept", "saved"}


@pytest.mark.django_db
def test_sqlite_looks_how_large_its_tables_have_become():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks by itself")
    make_user("editor", "editor")
    clear_out_of_date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'accounts_user'")
        assert {row.split()[0] for (row,) in cursor.fetchall()} == {"1"}


@pytest.mark.django_db
def test_sqlite_looks_again_at_tables_that_a_migration_made_anew():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks by itself")
    make_user("editor", "editor")
    clear_out_of_date()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'accounts_user'")  # as SQLite does with the table
        bring_up_to_date("default", plan=[])
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'accounts_user'")
        assert cursor.fetchone() == (0,)
        bring_up_to_date("default", plan=["a migration"])
        cursor.execute("SELECT count(*) > 0 FROM sqlite_stat1 WHERE tbl = 'accounts_user'")
        assert cursor.fetchone() == (1,)


def test_beat_clears_each_night():
    entry = settings.CELERY_BEAT_SCHEDULE["clear out of date"]
    assert entry["task"] == clear_out_of_date.name
    now = timezone.now()
    assert max(entry["schedule"].remaining_estimate(now), timedelta()) <= timedelta(days=1)
