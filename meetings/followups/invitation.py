"""The calendar file of a digest (RFC 5545): the days that are still ahead, each with an alarm."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event

FILE_NAME = "follow-up.ics"
# An all-day event begins at midnight: the alarm rings at nine on the day before.
ALARM_BEFORE = timedelta(hours=15)


def calendar_file(items, now: datetime) -> bytes | None:
    """Return an iCalendar with one all-day event for each item that is still to come; None where there is none.

    The same commitment is the same event (UID) in every message: a calendar moves it when the due date moves.
    """
    ahead = [item for item in items if item.tone in ("due", "soon")]
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
