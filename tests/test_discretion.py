"""A log holds no secret of a link, no e-mail address and no address of a reader; the rest it holds as it is."""

import logging
import subprocess
import sys

import pytest

from tests.test_settings import GOOD, ROOT
from tracker.discretion import DiscreetFormatter, discreet
from tracker.mail import links

pytestmark = pytest.mark.once

TOKEN = links.sign("follow-up", 12)
SHORT = links.sign("subscription-stop", 1)
KEPT = [
    "Listening at: http://127.0.0.1:8000 (42), [::1]:80",
    "2026-11-26 12:34:56,789 INFO tracker: 3 sent",
    "Not Found: /meetings/MTG-0001/follow-up.csv",
    "Not Found: /ur/subscriptions/new/?list=agreements",
    "Task tracker.tasks.relay_mail[3f2b6a1e-9d1c-4a7e-8f00-1234567890ab] succeeded in 0.1s",
    "celery@host ready.",
    "Delivery digest:17:2026-11-26 is put off",
]
MASKED = [
    (f"Not Found: /follow-up/{TOKEN}/", "Not Found: /follow-up/***/"),
    (f"Gone: /follow-up/stop/{TOKEN}/", "Gone: /follow-up/stop/***/"),
    (f"Gone: /FOLLOW-UP/{TOKEN.upper()}/?answer=done", "Gone: /FOLLOW-UP/***/?answer=done"),
    (f"Not Found: /ur/subscriptions/confirm/{SHORT}/", "Not Found: /ur/subscriptions/confirm/***/"),
    (f"Not Found: /subscriptions/stop/{SHORT}/", "Not Found: /subscriptions/stop/***/"),
    (f"Not Found: /zh-hans/subscriptions/manage/{SHORT[:12]}", "Not Found: /zh-hans/subscriptions/manage/***"),
    (f"KeyError: '{SHORT}'", "KeyError: '***'"),
    ("Forbidden: /admin/reset/MQ/c3x1ab-0123456789abcdef0123456789abcdef/", "Forbidden: /admin/reset/***/"),
    (f"KeyError: '{TOKEN}'", "KeyError: '***'"),
    (f"next=%2Ffollow-up%2F{TOKEN.replace(':', '%3A')}", "next=%2Ffollow-up%***"),
    ("{'focal.point@ministry.gov.pk': (550, b'no')}", "{'***': (550, b'no')}"),
    ("q=ayesha%40example.org", "q=***"),
    ("<用户@例子.中国> refused", "<***> refused"),
    ("Invalid request from ip=203.0.113.7: bad", "Invalid request from ip=***: bad"),
    ("203.0.113.7:8080 said: 2001:db8::7: no.", "***:8080 said: ***: no."),
    ("from 2001:db8::7 and ::ffff:203.0.113.7", "from *** and ***"),
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_secret_stands(text):
    assert discreet(text) == text


@pytest.mark.parametrize(("text", "expected"), MASKED, ids=range(len(MASKED)))  # a token is another one each time
def test_what_nobody_is_to_read_is_masked(text, expected):
    assert discreet(text) == expected


def test_formatter_masks_arguments_and_tracebacks():
    try:
        raise ValueError("no mail for ayesha@example.org")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "%s", (f"/follow-up/{TOKEN}/",), sys.exc_info())
    text = DiscreetFormatter("%(message)s").format(record)
    assert text.startswith("/follow-up/***/\nTraceback") and text.endswith("ValueError: no mail for ***")


SAY = """
import json, logging, sys
import django; django.setup()
from celery.app.log import Logging
from tracker.celery import app
app.log.setup_logging_subsystem(loglevel="INFO")
for name in ("django.request", "celery.worker", "tracker.mail.relay", "waitress"):
    logging.getLogger(name).warning("to %s at 203.0.113.7", "ayesha@example.org")
"""


def test_every_program_logs_through_it():
    environment = GOOD | {"DJANGO_SETTINGS_MODULE": "tracker.settings"}
    result = subprocess.run([sys.executable, "-c", SAY], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert [line.partition(": ")[2] for line in result.stderr.splitlines()] == ["to *** at ***"] * 4
