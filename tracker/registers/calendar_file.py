"""A list as an iCalendar (RFC 5545): what its records name of days, an event each, for programs that follow it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from itertools import islice

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from tracker.records.models import LastChange, beginning_of_history, last_changes
from tracker.records.typography import before_line

from .dated import DAY, DatedEntry
from .formats import Format, csv_error, nothing_more
from .index import in_order
from .naming import code_of, filed_under, host, permanent_name
from .plain import in_lines, one_line
from .plan import model_of

# Of records read at once: few at first, so that an answer begins soon.
FIRST, CHUNK = 50, 250
END = b"END:VCALENDAR\r\n"
# How soon to look again: nothing here is a matter of hours.
REFRESH = timedelta(days=1)
# What is all day begins at midnight: one is reminded at nine.
MORNING = timedelta(hours=9)

ICS = Format(
    extension="ics",
    label="iCalendar",
    content_type="text/calendar; charset=utf-8",
    write=lambda _opening, _columns, chunks: iter(()),
    broken_off=nothing_more,  # without its last line no program takes it for whole
    refuse=csv_error,
)


def format_of(listing) -> Format:
    """The format, which writes the calendar of this listing."""
    return replace(ICS, write=partial(_write, listing))


def chunks(listing) -> Iterator[list[Event]]:
    """Yield the events of some records after the other."""
    number = FIRST
    with closing(listing.keys()) as keys:
        while some := list(islice(keys, number)):
            yield list(_events(listing, some))
            number = CHUNK


def _write(listing, opening, _columns, chunks):
    whole = _calendar(listing, opening).to_ical()
    yield whole.removesuffix(END)
    for events in chunks:
        yield b"".join(event.to_ical() for event in events)
    yield END


def _calendar(listing, opening):
    calendar = Calendar()
    name = one_line(f"{listing.headline} – {_('Digital Cooperation Tracker')}")
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Digital Cooperation Tracker//{listing.name}//{opening['language'].upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # RFC 7986, and what programs read that are older than it.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", one_line(str(listing.register.lede)))
    calendar.add("source", opening["address"], parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _events(listing, keys):
    register, today = listing.register, listing.today
    records = in_order(register.calendar.dated(register.records(today)), keys)
    changes = last_changes(model_of(register), keys)
    beginning = LastChange(0, beginning_of_history()) if len(changes) < len(records) else None
    for record in records:
        change = changes.get(record.pk) or beginning
        shared = _shared(register, record, today)
        for entry in register.calendar.entries(record, today):
            yield _event(record, entry, change, **shared)


def _shared(register, record, today):
    """What all events of a record have."""
    sources = dict.fromkeys(citation.source.url or citation.source.label for citation in record.citations.all())
    return {
        "address": settings.SITE_URL + record.get_absolute_url(),
        "line": register.line(record, today),
        "sources": [_("Sources") + before_line(), *sources] if sources else [],
        "categories": [code_of(other) for other in filed_under(register, record)],
    }


def _event(record, entry: DatedEntry, change, *, address, line, sources, categories):
    event = Event()
    made_at, summary = change.made_at.astimezone(UTC), one_line(entry.summary)
    notes = [note for note in entry.notes if note not in line]
    name = "-".join(filter(None, (permanent_name(record), entry.name)))
    event.add("uid", f"{name}@{host()}")
    event.add("sequence", change.number)
    event.add("dtstamp", made_at)
    event.add("last-modified", made_at)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + DAY)
    event.add("summary", summary)
    event.add("description", in_lines("\n".join([line, *notes, *sources, address])))
    event.add("url", address)
    event.add("status", entry.certainty.value)
    event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", one_line(entry.place))
    if categories:
        event.add("categories", categories)
    if entry.alarm:
        event.add_component(_alarm(summary, entry.alarm))
    return event


def _alarm(summary, before):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", MORNING - before)
    return alarm
