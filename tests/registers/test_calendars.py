"""Calendars of lists: what records name of days, as a library for calendars reads it, never more exactly than known."""

from datetime import date, timedelta

import pytest
from django.test.utils import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from agreements.models import AgreementEvent
from meetings.models import Commitment, Meeting
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting, make_source
from tests.registers.test_feeds import HOSTILE, QUERIES
from tracker.records.models import DataVersion, Revision
from tracker.registers import calendar_file
from tracker.registers.plain import in_lines, one_line
from tracker.site.registers import REGISTERS

FOLLOWED = [register.name for register in REGISTERS if register.calendar]
LANGUAGES = ("en", "ur", "zh-hans")
DAY = timedelta(days=1)


def read(client, address):
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
    return read(client, address).events


def only(client, address):
    (event,) = events(client, address)
    return event


def days(event):
    """The first and the last day, which iCalendar does not count any more."""
    assert {event[name].params["VALUE"] for name in ("DTSTART", "DTEND")} == {"DATE"}
    return event["DTSTART"].dt, event["DTEND"].dt - DAY


def triggers(event):
    return [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]


def from_today(number):
    return timezone.localdate() + timedelta(days=number)


# The file


@pytest.mark.parametrize("register", FOLLOWED)
def test_calendar_of_every_filter_and_language_is_read_without_a_complaint(world, client, register):
    for query in ("", QUERIES[register], "q=nothing-of-the-kind"):
        uids = []
        for language in LANGUAGES:
            prefix = "" if language == "en" else f"/{language}"
            found = read(client, f"{prefix}/{register}.ics?{query}")
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
@pytest.mark.parametrize(
    ("held", "first", "last", "words"),
    [
        ("2026-01-28/2026-01-30", "2026-01-28", "2026-01-30", ""),
        ("2026-01-28/2026-04-30", "2026-01-28", "2026-04-30", ""),
        ("2026-03", "2026-03-01", "2026-03-31", "March 2026"),
        ("2026-03-03~", "2026-03-03", "2026-03-03", "about 3 March 2026"),
        ("[2026-05-03,2026-05-05]", "2026-05-03", "2026-05-05", "3 or 5 May 2026"),
    ],
)
def test_date_is_shown_as_exactly_as_it_is_known(client, held, first, last, words):
    meeting = make_meeting(title="Talks", held=held, status="tentative")
    event = only(client, "/meetings.ics")
    assert days(event) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (words or event["SUMMARY"]) == (meeting.held_in_words if words else "Talks")
    assert event["SUMMARY"] == (f"Talks (no exact day is known: {words})" if words else "Talks")


@pytest.mark.django_db
@pytest.mark.parametrize("held", ["", "2026", "2026-40", "2026-21", "../2026-01-29", "2026-01-29/..", "XXXX-07-02"])
def test_date_that_no_calendar_can_show_honestly_is_left_out(client, held):
    make_meeting(held=held)
    assert events(client, "/meetings.ics") == []


@pytest.mark.django_db
def test_day_that_is_only_inferred_is_said_to_be_no_exact_one(client):
    make_meeting(title="Talks", held="2026-03-03", held_basis="inferred")
    assert only(client, "/meetings.ics")["SUMMARY"] == "Talks (no exact day is known: 3 March 2026)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected", "alarms"),
    [
        ("tentative", "TENTATIVE", 1),
        ("confirmed", "TENTATIVE", 1),
        ("held", "CONFIRMED", 0),
        ("postponed", "TENTATIVE", 0),
        ("cancelled", "CANCELLED", 0),
    ],
)
def test_meeting_is_as_certain_as_it_is_reported_to_be(client, status, expected, alarms):
    make_meeting(held=from_today(9).isoformat(), status=status)
    event = only(client, "/meetings.ics")
    # At nine on the day before, as the day begins at midnight.
    assert (event["STATUS"], triggers(event)) == (expected, [timedelta(hours=-15)] * alarms)


@pytest.mark.django_db
@pytest.mark.parametrize(("days_ahead", "number"), [(-1, 0), (0, 0), (1, 1)])
def test_alarm_is_for_what_lies_ahead(client, days_ahead, number):
    make_meeting(held=from_today(days_ahead).isoformat(), status="confirmed")
    make_commitment(due=from_today(days_ahead).isoformat(), meeting=make_meeting())
    assert len(triggers(only(client, "/meetings.ics?status=confirmed"))) == number
    assert len(triggers(only(client, "/commitments.ics"))) == number


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


# Commitments


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "day", "summary"),
    [
        ("2026-05-03", "2026-05-03", "Due: Lay fibre"),
        ("2026-05", "2026-05-31", "Due at the latest: Lay fibre (May 2026)"),
        ("2026", "2026-12-31", "Due at the latest: Lay fibre (2026)"),
        ("../2026-01-29", "2026-01-29", "Due at the latest: Lay fibre (on or before 29 January 2026)"),
        ("2026-05-03~", "2026-05-03", "Due at the latest: Lay fibre (about 3 May 2026)"),
    ],
)
def test_commitment_stands_on_the_last_day_that_its_due_date_allows(client, due, day, summary):
    commitment = make_commitment(title="Lay fibre", due=due)
    event = only(client, "/commitments.ics")
    assert days(event) == (date.fromisoformat(day),) * 2
    assert (event["SUMMARY"], event["UID"]) == (summary, f"{commitment.reference}-due@testserver")
    shown = Commitment.objects.with_status(timezone.localdate()).get()
    assert event["DESCRIPTION"].splitlines()[0] == " · ".join(shown.status_line)


@pytest.mark.django_db
def test_commitment_without_a_last_day_is_left_out(client):
    make_commitment()
    make_commitment(due="2026-01-29/..")
    assert events(client, "/commitments.ics") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "status", "alarms"),
    [
        ({}, "CONFIRMED", 1),
        ({"strength": "proposed"}, "TENTATIVE", 1),
        ({"closure": "completed"}, "CONFIRMED", 0),
        ({"closure": "completed", "strength": "proposed"}, "CONFIRMED", 0),
        ({"closure": "dropped"}, "CANCELLED", 0),
        ({"closure": "superseded"}, "CANCELLED", 0),
        ({"closure": "overtaken"}, "CANCELLED", 0),
        ({"closure": "failed"}, "CANCELLED", 0),
    ],
)
def test_commitment_is_as_certain_as_it_was_promised_until_it_is_closed(client, fields, status, alarms):
    make_commitment(due=from_today(20).isoformat(), **fields)
    event = only(client, "/commitments.ics")
    assert (event["STATUS"], triggers(event)) == (status, [timedelta(days=-7, hours=9)] * alarms)


@pytest.mark.django_db
def test_commitment_whose_due_date_moves_stays_the_same_event(client):
    commitment = make_commitment(due="2030-05-03")
    before = only(client, "/commitments.ics")
    commitment.due = "2030-07"
    commitment.save()
    after = only(client, "/ur/commitments.ics")
    assert (before["UID"], days(after)[0]) == (after["UID"], date(2030, 7, 31))
    assert before["SEQUENCE"] < after["SEQUENCE"]


# Agreements


@pytest.mark.django_db
def test_target_that_moves_stays_the_same_event(client):
    agreement = make_agreement(title="Roads")
    planned = {"agreement": agreement, "kind": "signed", "is_planned": True}
    first = AgreementEvent.objects.create(**planned, on="2030-05-03", announced_on="2026-01-01", place="Lahore")
    before = only(client, "/agreements.ics")
    assert (before["SUMMARY"], before["STATUS"]) == ("Planned: signature – Roads", "TENTATIVE")
    assert (before["LOCATION"], triggers(before)) == ("Lahore", [timedelta(days=-7, hours=9)])
    AgreementEvent.objects.create(**planned, on="2030-09", announced_on="2026-02-01")
    after = only(client, "/agreements.ics")
    assert before["UID"] == after["UID"] == f"{agreement.reference}-target-{first.pk}@testserver"
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert days(after) == (date(2030, 9, 1), date(2030, 9, 30))
    assert after["SUMMARY"] == "Planned: signature – Roads (no exact day is known: September 2030)"
    assert "moved from 3 May 2030, by at least 121 days" in after["DESCRIPTION"]
    assert triggers(after) == []


@pytest.mark.django_db
def test_target_that_came_true_is_no_longer_planned(client):
    agreement = make_agreement()
    AgreementEvent.objects.create(agreement=agreement, kind="signed", is_planned=True, on="2026-01-03")
    assert "no report that it was signed" in only(client, "/agreements.ics")["DESCRIPTION"]
    AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2026-01-04")
    assert events(client, "/agreements.ics") == []


@pytest.mark.django_db
def test_two_targets_in_the_place_of_one_are_two_events(client):
    agreement = make_agreement()
    planned = {"agreement": agreement, "kind": "approved", "is_planned": True}
    first = AgreementEvent.objects.create(**planned, on="2030-05-03")
    for day in ("2030-06-03", "2030-07-03"):
        AgreementEvent.objects.create(**planned, on=day, previous_target=first)
    assert len({event["UID"] for event in events(client, "/agreements.ics")}) == 2


def in_force(on="2026-01-15", **fields):
    agreement = make_agreement(title="Roads", **{"validity": "P3Y", **fields})
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", on=on)
    return agreement


@pytest.mark.django_db
def test_agreement_ends_on_the_last_day_of_its_validity(client):
    agreement = in_force()
    event = only(client, "/agreements.ics")
    assert days(event) == (date(2029, 1, 14),) * 2
    assert (event["SUMMARY"], event["STATUS"]) == ("Last day of validity: Roads", "CONFIRMED")
    assert event["UID"] == f"{agreement.reference}-expiry@testserver"
    assert triggers(event) == [timedelta(days=-7, hours=9)]
    AgreementEvent.objects.create(agreement=agreement, kind="extended", on="2028-12", extends_by="P1Y")
    after = only(client, "/agreements.ics")
    assert (after["UID"], days(after)[0]) == (event["UID"], date(2030, 1, 14))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "fields", "further"),
    [
        ("2026-01", {}, None),
        ("2026-01-15", {"renews_automatically": True}, None),
        ("2026-01-15", {"validity": ""}, None),
        ("2026-01-15", {}, ("terminated", "2026-06-01")),
        ("2026-01-15", {}, ("extended", "2026-06-01")),
    ],
)
def test_end_that_is_not_known_to_the_day_is_left_out(client, on, fields, further):
    agreement = in_force(on, **fields)
    if further:
        AgreementEvent.objects.create(agreement=agreement, kind=further[0], on=further[1])
    assert events(client, "/agreements.ics") == []


# Whatever stands in a text


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
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
