"""Word to administrators by another way than the one that fails: a second mail server, from a program of its own.

In English, as it goes to addresses and not to accounts, which a failing database could not tell.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error

from tracker.mail.messages import OutgoingMessage

from . import standing

AGAIN_AFTER = timedelta(days=1)
# Django's settings of mail, and what a mail backend calls them.
BACKEND = {
    "EMAIL_BACKEND": "backend",
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_FILE_PATH": "file_path",
}
TEXT = """\
{site} reports: {state}

database, broker   cannot be written to: a disk is full, or the server is away
beat               wakes nobody: nothing is planned, published or sent
worker             does not do what it is woken for
mail               something has waited for two hours, and nothing at all went out

{site}/workz says when each last ran. What to do: docs/production.md, "When the alarm comes".
{again}
"""


def problems(now: datetime) -> list[str]:
    """What is wrong, in the words of the probes."""
    found = standing.unready()
    if "database" not in found:
        try:
            found += standing.standstills(now)
        except Error:
            found.append("database")
    return found


def is_due(found: list[str], memory: Path, now: datetime) -> bool:
    """Whether to send word: once when it changes, also for the better, and each day while anything is wrong."""
    told, at = _remembered(memory)
    return told != found or bool(found and now - at >= AGAIN_AFTER)


def send(found: list[str], now: datetime, memory: Path) -> None:
    """Send word, if there is another way, and remember it; may raise what the mail server or the disk says."""
    state = f"not in order: {', '.join(found)}" if found else "all is in order again"
    again = "This comes again each day for as long as it lasts." if found else ""
    options = {BACKEND[name]: value for name, value in settings.ALARM_EMAIL.items() if name in BACKEND}
    OutgoingMessage(
        f"{settings.SITE_URL}: {state}",
        TEXT.format(site=settings.SITE_URL, state=state, again=again),
        settings.SERVER_EMAIL,
        settings.ALARM_TO,
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=settings.MAIL_SMTP_TIMEOUT, **options),
    ).send()
    memory.write_text(json.dumps({"told": found, "at": now.isoformat()}))


def _remembered(memory):
    try:
        said = json.loads(memory.read_text())
        return said["told"], datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError):
        return [], None
