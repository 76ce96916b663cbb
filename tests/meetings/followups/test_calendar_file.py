"""The calendar file of a digest, read back by a library for calendars."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from meetings.followups.planner import plan_digests
from meetings.models import FocalPoint
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person
from tests.meetings.followups.mailing import after, change, letter, mail_of_day, send_all
from tests.meetings.followups.test_digest_in_batches import HOSTILE

pytestmark = pytest.mark.django_db


def calendar(message):
    """The calendar of a letter, or None."""
    files = [(name, content, kind) for name, content, kind in message.attachments]
    if not files:
        return None
    ((name, content, kind),) = files
    assert (name, kind) == ("follow-up.ics", "text/calendar")
    return Calendar.from_ical(content)


def events(days=0, **which):
    plan_digests(after(days))
    return calendar(letter(days, **which)).events


def test_invitation_has_an_all_day_event_with_an_alarm_for_what_is_ahead():
    commitment = make_due(make_focal_person(), days=7, title="Train trainers", text="Fifty of them.")
    plan_digests(NOON)
    file = calendar(letter())
    (event,) = file.events
    assert (file["METHOD"], file["VERSION"], file.errors, event.errors) == ("PUBLISH", "2.0", [], [])
    assert event["UID"] == f"{commitment.reference}@testserver"
    assert (event["SEQUENCE"], event["DTSTAMP"].dt, event["TRANSP"]) == (1, NOON, "TRANSPARENT")
    assert (event["DTSTART"].dt, event["DTSTART"].params["VALUE"]) == (date(2026, 11, 30), "DATE")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (f"{commitment.reference} Train trainers", "Fifty of them.")
    assert event["URL"] == f"http://testserver/commitments/{commitment.reference}/"
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=-15))


def test_invitation_after_the_due_date_moved_moves_the_same_event():
    commitment = make_due(make_focal_person(), days=7)
    (before,) = events()
    send_all(NOON)
    change(commitment, due="2026-12-05")
    (later,) = events(5, state="queued")
    assert (later["UID"], later["SEQUENCE"], later["DTSTART"].dt) == (before["UID"], 2, date(2026, 12, 5))


def test_invitation_holds_what_is_ahead_and_nothing_that_is_past():
    person = make_focal_person()
    for days in (-3, 0, 9):
        make_due(person, days=days)
    assert [event["DTSTART"].dt - TODAY for event in events()] == [timedelta(days=0), timedelta(days=9)]


def test_invitation_is_absent_where_nothing_lies_ahead():
    make_due(make_focal_person(), days=-3)
    plan_digests(NOON)
    assert calendar(letter()) is None


def test_invitation_is_absent_where_others_are_in_charge():
    make_due(make_focal_person())
    supervisor = make_focal_person("supervisor")
    FocalPoint.objects.update(supervisor=supervisor)
    mail_of_day(0)
    plan_digests(after(7))
    assert calendar(letter(7, recipient=f"person:{supervisor.pk}")) is None


def test_invitation_escapes_commas_and_line_breaks():
    title, text = "Roads, ports; and \\rail", "One, two\nthree\r\nfour"
    make_due(make_focal_person(), days=7, title=title, text=text)
    plan_digests(NOON)
    message = letter()
    (event,) = calendar(message).events
    assert (event["SUMMARY"].partition(" ")[2], event["DESCRIPTION"]) == (title, "One, two\nthree\nfour")
    assert "Roads\\, ports\\; and \\\\rail" in message.attachments[0][1]


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_invitation_with_a_hostile_title_has_the_lines_of_any_other(title):
    commitment = make_due(make_focal_person(), days=7, title="Plain", text="Plain text")
    plan_digests(NOON)
    plain = letter().attachments[0][1]
    change(commitment, title=title, text=title)
    hostile = letter().attachments[0][1]
    assert names_of_lines(hostile) == names_of_lines(plain)
    (event,) = Calendar.from_ical(hostile).events
    assert event["SUMMARY"] == f"{commitment.reference} {' '.join(title.split())}"


def names_of_lines(content):
    """The names of all lines, folded ones apart, whatever a reader takes for the end of a line."""
    unfolded = content.replace("\r\n ", "")
    return [line.partition(":")[0].partition(";")[0] for line in unfolded.splitlines()]
