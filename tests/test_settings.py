"""A bad environment stops every program with one clear line; a good one passes Django's deployment check."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker import environment

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


def run(arguments: list[str], stdin: str = "", **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python with the good environment and `changes` to it (None removes a name)."""
    changed = {"PATH": os.environ["PATH"]} | GOOD | changes
    environment = {name: value for name, value in changed.items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_check_deploy_in_a_production_environment_is_clean():
    result = run(MANAGE)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


COOKIES = """
from tracker import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE)
"""


def test_cookies_of_a_site_with_tls_are_bound_to_its_host():
    assert run(["-c", COOKIES]).stdout == "__Host-sessionid __Host-csrftoken True\n"


BAD = [
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
    ("API_REQUESTS_PER_MINUTE", "0"),
    ("API_REQUESTS_PER_MINUTE", "many"),
    ("DEBUG", "perhaps"),
    ("TRUSTED_PROXY", "proxy.example.org"),
    ("DESK_BODY_MEGABYTES", "0"),
    ("SECURITY_CONTACT", "security@example.org"),
    ("SESSION_IDLE_MINUTES", "never"),
    ("SESSION_HOURS", "0"),
    ("MAIL_LEASE_SECONDS", "soon"),
    ("MAIL_LEASE_SECONDS", "0"),
    ("MAIL_LEASE_SECONDS", "30"),
    ("FOLLOWUP_LINK_DAYS", "-1"),
    ("SENTRY_DSN", "https://key@sentry.example.org/1"),
    ("ALARM_EMAIL_URL", "pigeon://loft"),
    ("ALARM_TO", "nobody"),
]
# Runs the settings once for each case of the standard input: a name, and a value or null.
READ_SETTINGS = """
import contextlib, io, json, os, runpy, sys
said, good = [], dict(os.environ)
for name, value in json.load(sys.stdin):
    os.environ.pop(name, None)
    os.environ |= {} if value is None else {name: value}
    with contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            runpy.run_module("tracker.settings")
            code = 0
        except SystemExit as end:
            code = end.code
    said.append((code, errors.getvalue()))
    os.environ.clear()
    os.environ |= good
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said() -> dict[tuple[str, str | None], tuple[int, str]]:
    """``{(name, value): (exit code, what was said)}``"""
    result = run(["-c", READ_SETTINGS], stdin=json.dumps([("TIME_ZONE", "UTC"), *BAD]))
    assert result.stderr == ""
    (good, *found) = map(tuple, json.loads(result.stdout))
    assert good == (0, "")
    return dict(zip(BAD, found, strict=True))


@pytest.mark.parametrize(("name", "value"), BAD)
def test_settings_with_a_bad_value_stop_with_one_line_that_names_it(said, name, value):
    code, line = said[name, value]
    state = "is not usable" if value else "is missing"
    assert line.startswith(f"Environment variable {name} {state}: expected ")
    assert (code, line.count("\n")) == (3, 1)


@pytest.mark.parametrize(
    ("given", "missing"),
    [("ALARM_EMAIL_URL", "ALARM_TO"), ("ALARM_TO", "ALARM_EMAIL_URL")],
)
def test_settings_with_half_of_the_alarm_stop_with_one_line_that_names_the_other_half(given, missing):
    value = {"ALARM_EMAIL_URL": "smtp://mail.example.net:25", "ALARM_TO": "admin@example.net"}[given]
    result = run(["manage.py", "check"], **{given: value})
    assert result.returncode == 3
    assert result.stderr == (
        f"Environment variable {missing} is missing: expected both ALARM_EMAIL_URL and ALARM_TO, or neither.\n"
    )


@pytest.mark.parametrize(
    "program",
    [
        ["manage.py", "check"],
        ["-m", "tracker.web", "--bind", "127.0.0.1:0"],
        ["-m", "celery", "--app", "tracker", "worker"],
        ["-m", "celery", "--app", "tracker", "beat"],
    ],
    ids=["manage.py", "web", "worker", "beat"],
)
def test_start_of_each_program_with_a_missing_value_stops_with_one_line(program):
    result = run(program, SECRET_KEY=None)
    assert result.returncode == 3
    assert result.stderr == "Environment variable SECRET_KEY is missing: expected 50 or more random characters.\n"


@pytest.mark.parametrize(
    ("query", "options"), [("", "-c jit=off"), ("?options=-c%20jit%3Don", "-c jit=on")], ids=["as it is", "as said"]
)
def test_postgresql_compiles_no_statement_unless_the_address_says_so(monkeypatch, query, options):
    monkeypatch.setenv("DATABASE_URL", f"postgres://tracker@db.example.org/tracker{query}")
    assert environment.database("DATABASE_URL")["OPTIONS"] == {"connect_timeout": 10, "options": options}
