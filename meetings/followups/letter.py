"""What all our letters share: their frame, the way out of them, plain text in columns, a file for calendars, and the
last look at the data before they go."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from textwrap import wrap
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from icalendar import Alarm, Calendar, Event

from agreements.models import Person
from tracker.mail.links import absolute
from tracker.mail.messages import OutgoingMessage, message_id
from tracker.records.models import DataVersion

from .answers import stop_link
from .people import address

# In letters of one width, as mail programs show plain text.
LINE_WIDTH = 72
# Bytes of HTML. From 102 kB on mail programs hide the rest, and with it the way out.
LARGEST = 100_000
CALENDAR_FILE = "follow-up.ics"
# An all-day event begins at midnight: the alarm rings at nine on the day before.
ALARM_BEFORE = timedelta(hours=15)
# The data version and the address of the account, which has no versions, for a person without a closed account. In SQL:
# it is asked once a message, thousands of times.
LAST_LOOK = """
    SELECT version.number, COALESCE(account.email, '') FROM records_dataversion version, agreements_person person
    LEFT JOIN accounts_user account ON account.id = person.user_id
    WHERE version.id = 1 AND person.id = %s AND (account.id IS NULL OR account.is_active)
"""


class LastLook:
    """The state of the data at which letters are read. Made first: whatever changes from then on is seen."""

    def __init__(self):
        self._version = DataVersion.current()

    def still_holds(self, person: Person) -> bool:
        """Whether no record, answer, hold or person has changed, and the person's account, as it was read, was neither
        closed nor given another address: one query."""
        with connection.cursor() as cursor:
            cursor.execute(LAST_LOOK, [person.pk])
            return cursor.fetchall() == [(self._version, person.user.email if person.user else "")]


def letter_that_fits(
    person: Person, template: str, context_of: Callable[[int], dict], most: int, thread: str
) -> tuple[OutgoingMessage, int]:
    """Return the letter about as many things, ``most`` at most, as mail programs show to the end; and their number.

    ``context_of`` returns the context for so many.
    """
    while True:
        message = letter(person, template, context_of(most), thread)
        ((html, _type),) = message.alternatives
        size = len(str(html).encode())
        if size <= LARGEST or most == 1:
            return message, most
        most = max(1, min(most - 1, most * LARGEST // size))


def letter(person: Person, template: str, context: dict, thread: str) -> OutgoingMessage:
    """Return the mail with the context's ``subject``, from both parts of ``template``, in the language in force."""
    return framed(address(person), template, {"person": person} | context, thread, stop_link(person))


def framed(to: str, template: str, context: dict, thread: str, stop: str) -> OutgoingMessage:
    """The same for whoever reads an address; ``stop`` is their way out."""
    # Mail programs know no logical "start" and "end".
    near, far = ("right", "left") if translation.get_language_bidi() else ("left", "right")
    context = {"site_url": absolute(reverse("home")), "stop_link": stop, "near": near, "far": far} | context
    message = OutgoingMessage(
        context["subject"],
        _text(template, context),
        to=[to],
        headers=_headers(thread, context["stop_link"]),
    )
    message.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    return message


def _headers(thread, stop):
    """One thread (RFC 5322, 3.6.4), and the way out of it that mail programs show (RFC 8058)."""
    first = message_id(thread)
    return {
        "In-Reply-To": first,
        "References": first,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _text(template, context):
    """The plain text. Where the template leaves something out, it leaves an empty line too many."""
    return re.sub(r"\n{3,}", "\n\n", render_to_string(f"mail/{template}.txt", context)).strip() + "\n"


def labelled(pairs: list[tuple[str, str]]) -> list[str]:
    """Return lines with the labels in a column of their own, and the values beside them."""
    margin = max(width(label) for label, value in pairs) + 2
    return [line for label, value in pairs for line in _beside(label, value, margin)]


def _beside(label, value, margin):
    first, *rest = wrapped(value, LINE_WIDTH - margin) or [""]
    yield label + " " * (margin - width(label)) + first
    yield from (" " * margin + line for line in rest)


def width(text: str) -> int:
    """Return the columns that a text takes: letters of Chinese take two (UAX 11), marks on a letter none."""
    letters = [each for each in text if not unicodedata.combining(each)]
    return len(letters) + sum(unicodedata.east_asian_width(each) in "WF" for each in letters)


def wrapped(text: str, columns: int = LINE_WIDTH) -> list[str]:
    """Return the text in lines of at most about so many columns. Addresses are never broken."""
    letters = columns * len(text) // max(1, width(text))
    return wrap(text, letters, break_on_hyphens=False, break_long_words="://" not in text)


def calendar_file(items, now: datetime) -> bytes | None:
    """Return an iCalendar with one all-day event for each item that is still to come; None where there is none.

    The same commitment is the same event (UID) in every message: a calendar moves it when the due date moves.
    """
    ahead = [item for item in items if item.urgency in ("due", "soon")]
    if not ahead:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Digital Cooperation Tracker//follow-up//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for item in ahead:
        calendar.add_component(_event(item, now))
    return calendar.to_ical()


def _event(item, now):
    """The event. A line in it ends where iCalendar says, whatever the record holds that programs take for an end."""
    title = " ".join(item.title.split())
    event = Event()
    event.add("uid", f"{item.reference}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", item.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", item.due_on)
    event.add("summary", f"{item.reference} {title}")
    event.add("description", "\n".join((item.text or item.quote).splitlines()))
    event.add("url", item.record_link)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -ALARM_BEFORE)
    event.add_component(alarm)
    return event
