"""Calendars of lists: what records name of days, as a library for calendars reads it, never more exactly than known."""

from datetime import date

import pytest
from django.test.utils import override_settings
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from meetings.models import Meeting
from tests.factories import make_agreement, make_forum, make_meeting, make_source
from tests.registers.following import DAY, HOSTILE, MANY_TEXTS, QUERIES, days, events, only, read_calendar, triggers
from tracker.records.models import DataVersion, Revision
from tracker.registers import calendar_file
from tracker.registers.plain import in_lines, one_line
from tracker.site.registers import REGISTERS

FOLLOWED = [register.name for register in REGISTERS if register.calendar]
LANGUAGES = ("en", "ur", "zh-hans")


# The file


@pytest.mark.parametrize("register", FOLLOWED)
def test_calendar_of_every_filter_and_language_is_read_without_a_complaint(world, client, register):
    for query in ("", QUERIES[register], "q=nothing-of-the-kind"):
        uids = []
        for language in LANGUAGES:
            prefix = "" if language == "en" else f"/{language}"
            found = read_calendar(client, f"{prefix}/{register}.ics?{query}")
            assert found["NAME"] == found["X-WR-CALNAME"]
            uids.append([event["UID"] for event in found.events])
        assert uids[1:] == uids[:1] * 2 and len(set(uids[0])) == len(uids[0])
        assert bool(uids[0]) == ("nothing" not in query) or (register, query) == ("agreements", QUERIES["agreements"])


def test_calendar_says_where_it_is_from(world, client):
    response = client.get("/ur/meetings.ics?country=PAK")
    assert response["Data-Version"] == str(DataVersion.current())
    assert response["Content-Disposition"] == 'attachment; filename="meetings.ics"'
    found = Calendar.from_ical(response.getvalue())
    assert found["X-WR-CALNAME"] == "اجلاس: پاکستان – ڈیجیٹل تعاون ٹریکر"
    assert (found["VERSION"], found["METHOD"], found["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert (found["SOURCE"], found["REFRESH-INTERVAL"].dt) == ("http://testserver/ur/meetings.ics?country=PAK", DAY)
    assert found["REFRESH-INTERVAL"].params == {"VALUE": "DURATION"}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_calendar_is_there_for_what_names_days_and_answers_as_an_export_does(world, client, register):
    address = f"/{register.name}.ics"
    is_there = register.name in FOLLOWED
    assert client.get(address).status_code == (200 if is_there else 404)
    if is_there:
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405
        response = client.get(f"{address}?foo=1")
        assert (response.status_code, response.content.decode()) == (
            400,
            "foo: “foo” is not a parameter of this list.\n",
        )


def test_calendar_that_breaks_off_has_no_end(db, client, monkeypatch):
    for number in range(3):
        make_meeting(title=f"Meeting {number}")

    def broken(listing, keys, whole=calendar_file._events):
        assert len(keys) == 1
        found = list(whole(listing, keys))
        if found[0]["SUMMARY"] == "Meeting 1":
            raise ValueError("of this meeting there is none")
        return found

    monkeypatch.setattr(calendar_file, "_events", broken)
    monkeypatch.setattr(calendar_file, "FIRST", 1)
    monkeypatch.setattr(calendar_file, "CHUNK", 1)
    pieces = iter(client.get("/meetings.ics?sort=reference").streaming_content)
    body = next(pieces) + next(pieces)
    with pytest.raises(ValueError, match="there is none"):
        next(pieces)
    assert body.startswith(b"BEGIN:VCALENDAR") and b"END:VCALENDAR" not in body


def test_records_are_read_some_at_a_time(db, client, monkeypatch):
    for number in range(7):
        make_meeting(title=f"Meeting {number}")
    whole = [event["SUMMARY"] for event in events(client, "/meetings.ics")]
    monkeypatch.setattr(calendar_file, "FIRST", 2)
    monkeypatch.setattr(calendar_file, "CHUNK", 3)
    pieces = list(client.get("/meetings.ics").streaming_content)
    assert len(pieces) == 5 and len(whole) == 7
    found = Calendar.from_ical(b"".join(pieces)).events
    assert [event["SUMMARY"] for event in found] == whole


# Meetings


@pytest.mark.django_db
def test_meeting_on_a_day_is_an_event_of_that_day(client):
    forum = make_forum("jcc", ["CHN", "PAK"], name="Joint Committee")
    meeting = make_meeting(
        title="", forum=forum, session_number=13, held="2026-01-28", place="Colombo, Fort", themes=["cloud"]
    )
    source = meeting.citations.get().source
    event = only(client, "/meetings.ics")
    last = Revision.objects.of(meeting).newest_first().first()
    assert days(event) == (date(2026, 1, 28), date(2026, 1, 28))
    assert (event["UID"], event["SEQUENCE"]) == (f"{meeting.reference}@testserver", last.number)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == last.made_at.replace(microsecond=0)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Joint Committee, session 13", "Colombo, Fort")
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert event["CATEGORIES"].cats == ["CHN", "PAK", "cloud"]
    address = f"http://testserver{meeting.get_absolute_url()}"
    assert event["URL"] == address
    line = "28 January 2026 · Colombo, Fort · held"
    assert event["DESCRIPTION"] == f"{line}\nSources:\n{source.title}\n{address}"
    assert triggers(event) == []


@pytest.mark.django_db
def test_meeting_that_was_cancelled_and_moved_stays_the_same_event(client):
    meeting = make_meeting(title="Talks", held="2030-05-03", status="confirmed")
    before = only(client, "/meetings.ics")
    meeting.held, meeting.place = "2030-06-08", "Lahore"
    meeting.save()
    moved = only(client, "/meetings.ics")
    meeting.status = "cancelled"
    meeting.save()
    cancelled = only(client, "/zh-hans/meetings.ics")
    assert before["UID"] == moved["UID"] == cancelled["UID"]
    assert before["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]
    assert before["DTSTAMP"].dt <= moved["DTSTAMP"].dt <= cancelled["DTSTAMP"].dt
    assert (days(moved)[0], days(cancelled)[0]) == (date(2030, 6, 8), date(2030, 6, 8))
    assert cancelled["STATUS"] == "CANCELLED"


@pytest.mark.django_db
def test_what_nobody_can_see_moves_no_sequence(client):
    meeting = make_meeting(title="Talks")
    body = client.get("/meetings.ics").getvalue()
    meeting.editors_note = "Who said so?"
    meeting.save()
    meeting.agreement_links.create(agreement=make_agreement(state="draft"))
    assert Revision.objects.of(meeting).count() == 3
    assert client.get("/meetings.ics").getvalue() == body


@pytest.mark.django_db
def test_record_without_history_has_the_sequence_nought(client):
    make_meeting()
    Revision.objects.all().delete()
    event = only(client, "/meetings.ics")
    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (0, DataVersion.moved_at().replace(microsecond=0))


# Whatever stands in a text


@pytest.mark.django_db
@MANY_TEXTS
@given(title=HOSTILE, place=HOSTILE, url=st.sampled_from(["", "https://example.org/?a=1,2;3&b=%0A"]), name=HOSTILE)
def test_whatever_stands_in_a_text_survives_the_calendar(client, title, place, url, name):
    meeting = Meeting.objects.first() or make_meeting(("CHN",), cited=False)
    if not meeting.citations.exists():
        meeting.citations.create(source=make_source())
    Meeting.objects.update(title=title, place=place)
    source = meeting.citations.get().source
    type(source).objects.filter(pk=source.pk).update(title=name, url=url)
    event = only(client, "/meetings.ics")
    assert event["SUMMARY"] == one_line(title)
    assert event.get("LOCATION", "") == one_line(place)
    said = [f"28 January 2026 · {place} · held", "Sources:", url or name, event["URL"]]
    assert event["DESCRIPTION"] == in_lines("\n".join(said))


@pytest.mark.django_db
def test_letters_of_every_script_and_marks_of_the_format_pass(client):
    title = "معاہدہ، ۲۰۲۶؛ 谅解备忘录；“a”, b; c\\n \\ d: e=f " + "谅" * 60
    make_meeting(title=title)
    assert only(client, "/meetings.ics")["SUMMARY"] == title


@pytest.mark.django_db
@override_settings(SITE_URL="https://tracker.example:8443")
def test_names_of_events_are_of_the_host_of_the_site(client):
    meeting = make_meeting()
    event = only(client, "/meetings.ics")
    assert event["UID"] == f"{meeting.reference}@tracker.example"
    assert event["URL"] == f"https://tracker.example:8443{meeting.get_absolute_url()}"
