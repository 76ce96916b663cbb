"""A bad environment stops every program with one clear line; a good one passes Django's deployment check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "SECRET_KEY": "9fJ2-not-a-real-key-but-long-enough-to-be-one-8Qx5Zt7LmB3vN1c",
    "ALLOWED_HOSTS": "tracker.example.org",
    "SITE_URL": "https://tracker.example.org",
    "DATABASE_URL": "postgres://tracker:secret@db.example.org:5432/tracker",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "EMAIL_URL": "submission://user:secret@smtp.example.org:587",
    "DEFAULT_FROM_EMAIL": "Digital Cooperation Tracker <tracker@example.org>",
    "TIME_ZONE": "Asia/Karachi",
}
MANAGE = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def run(arguments: list[str], **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python with the good environment and `changes` to it (None removes a name)."""
    changed = {"PATH": os.environ["PATH"]} | GOOD | changes
    environment = {name: value for name, value in changed.items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_check_deploy_in_a_production_environment_is_clean():
    result = run(MANAGE)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", " , "),
        ("SITE_URL", None),
        ("SITE_URL", "tracker.example.org"),
        ("SITE_URL", "ftp://tracker.example.org"),
        ("SITE_URL", "https://tracker.example.org/path"),
        ("DATABASE_URL", None),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "postgres://user@host:port/name"),
        ("REDIS_URL", None),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "amqp://localhost"),
        ("EMAIL_URL", None),
        ("EMAIL_URL", "pigeon://loft"),
        ("EMAIL_URL", "smtp://host:port"),
        ("DEFAULT_FROM_EMAIL", None),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("DEBUG", "perhaps"),
        ("MAIL_LEASE_SECONDS", "soon"),
        ("MAIL_LEASE_SECONDS", "0"),
        ("MAIL_LEASE_SECONDS", "30"),
        ("FOLLOWUP_LINK_DAYS", "-1"),
        ("SENTRY_DSN", "https://key@sentry.example.org/1"),
    ],
)
def test_start_with_a_bad_value_stops_with_one_line_that_names_it(name, value):
    result = run(["manage.py", "check"], **{name: value})
    assert result.returncode == 3
    assert result.stdout == ""
    state = "is not usable" if value else "is missing"
    assert result.stderr.startswith(f"Environment variable {name} {state}: expected ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "program",
    [
        ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--preload", "tracker.wsgi"],
        ["-m", "celery", "--app", "tracker", "worker"],
        ["-m", "celery", "--app", "tracker", "beat"],
    ],
    ids=["gunicorn", "worker", "beat"],
)
def test_start_of_each_program_with_a_missing_value_stops_with_one_line(program):
    result = run(program, SECRET_KEY=None)
    assert result.returncode == 3
    assert result.stderr == "Environment variable SECRET_KEY is missing: expected 50 or more random characters.\n"
