"""A list as programs follow it: its feed and its calendar, read by libraries for them, which find nothing amiss."""

from datetime import timedelta

import feedparser
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from icalendar import Calendar

QUERIES = {
    "agreements": "country=CHN&country=PAK&sort=title",
    "meetings": "forum=jcc",
    "commitments": "country=PAK&schedule=overdue&schedule=closed",
    "forums": "country=PAK",
    "working-groups": "forum=jec",
    "organisations": "country=CHN",
    "people": "country=CHN",
    "countries": "forum=club",
    "themes": "kind=finer",
    "sources": "evidence=news",
}
DAY = timedelta(days=1)
# The same ones each time: a test that fails is to fail again.
MANY_TEXTS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=60,
    derandomize=True,
    database=None,
)
HOSTILE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)


def read_feed(client, address):
    """The feed as a reader of feeds has it, which finds nothing to complain of."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8"), address
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert (found.bozo, found.version, found.encoding) == (0, "atom10", "utf-8"), found.get("bozo_exception")
    return found


def read_calendar(client, address):
    """The calendar as a program for calendars has it, which finds nothing to complain of."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8"), address
    body = response.getvalue()
    assert body.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n") or body.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert {len(line) <= 75 for line in body.split(b"\r\n")} == {True} and b"\n" not in body.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(body)
    assert calendar.errors == [] and [event.errors for event in calendar.events] == [[]] * len(calendar.events)
    return calendar


def events(client, address):
    return read_calendar(client, address).events


def only(client, address):
    (event,) = events(client, address)
    return event


def days(event):
    """The first and the last day, which iCalendar does not count any more."""
    assert {event[name].params["VALUE"] for name in ("DTSTART", "DTEND")} == {"DATE"}
    return event["DTSTART"].dt, event["DTEND"].dt - DAY


def triggers(event):
    return [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
