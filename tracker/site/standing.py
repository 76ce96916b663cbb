"""Whether the installation stands: what it needs can be written to, and beat, worker and mail are on their way.

For probes and for the alarm, which are programs: their words are English.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, OperationalError, connection, transaction
from django.db.models import Min
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from tracker.mail.models import Delivery, LastRun

Name = LastRun.Name
# Several times as long as the pause between two runs in CELERY_BEAT_SCHEDULE, and as a long run takes.
LONGEST_SILENCE = {
    Name.BEAT: timedelta(minutes=5),
    Name.RELAY: timedelta(minutes=10),
    Name.PLANNER: timedelta(minutes=20),
}
PROGRAM = {Name.BEAT: "beat", Name.RELAY: "worker", Name.PLANNER: "worker"}
# Longer than a server that only asks for patience makes anybody wait.
LONGEST_WAIT = timedelta(hours=2)
SECONDS_FOR_THE_BROKER = 2
SECONDS_FOR_A_WRITER = 1


def last_runs() -> dict[str, datetime]:
    """When each program last came to its end, as far as it ever did; may raise the database's ``Error``."""
    return dict(LastRun.objects.values_list("name", "ended_at"))


def oldest_late(now: datetime) -> datetime | None:
    """Since when the oldest message waits that should have been sent."""
    return Delivery.objects.late(now).aggregate(oldest=Min("created_at"))["oldest"]


def standstills(now: datetime) -> list[str]:
    """Which of beat, worker and mail stand still; may raise the database's ``Error``.

    Beat may be missing, where cron runs the commands instead. Then the worker stands for these. Mail stands still when
    something has waited long and nothing at all went out meanwhile: one mailbox in trouble is not all mail.
    """
    ended, found = last_runs(), set()
    for name, longest in LONGEST_SILENCE.items():
        if name in ended or name != Name.BEAT:
            found |= {PROGRAM[name]} if name not in ended or now - ended[name] > longest else set()
    oldest = oldest_late(now)
    if oldest and now - oldest > LONGEST_WAIT and not Delivery.objects.filter(sent_at__gt=now - LONGEST_WAIT).exists():
        found.add("mail")
    return sorted(found)


def unready() -> list[str]:
    """Which of database and broker cannot be written to. Writes one row and one key, over and over the same."""
    checks = {"database": _write_to_the_database, "broker": _write_to_the_broker}
    return [name for name, is_written in checks.items() if not is_written()]


def _write_to_the_database() -> bool:
    try:
        with _short_waits(), transaction.atomic(durable=True):
            LastRun.note(Name.READINESS, timezone.now(), "")
    except Error as error:
        # On SQLite: somebody else writes at this moment, so that it can be written to.
        return isinstance(error, OperationalError) and "database is locked" in str(error)
    return True


class _short_waits:
    """Within, SQLite waits for other writers for a moment only: a probe is not to queue with them."""

    def __enter__(self):
        self._wait(SECONDS_FOR_A_WRITER)

    def __exit__(self, *_):
        self._wait(connection.settings_dict["OPTIONS"].get("timeout", 0))

    def _wait(self, seconds):
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _write_to_the_broker() -> bool:
    waits = {"socket_timeout": SECONDS_FOR_THE_BROKER, "socket_connect_timeout": SECONDS_FOR_THE_BROKER}
    try:
        with Redis.from_url(settings.REDIS_URL, **waits) as broker:
            broker.set("tracker:readiness", "written", ex=60)
    except (RedisError, OSError):
        return False
    return True
