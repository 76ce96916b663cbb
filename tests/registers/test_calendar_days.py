"""The days in calendars: never more exactly than they are known, as certain as they are, under names that last."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agreements.models import AgreementEvent
from meetings.models import Commitment
from tests.factories import make_agreement, make_commitment, make_meeting
from tests.registers.following import days, events, only, triggers

pytestmark = pytest.mark.django_db


def from_today(number):
    return timezone.localdate() + timedelta(days=number)


# Meetings


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
    assert event["SUMMARY"] == (f"Talks – no exact day is known: {words}" if words else "Talks")


@pytest.mark.parametrize("held", ["", "2026", "2026-40", "2026-21", "../2026-01-29", "2026-01-29/..", "XXXX-07-02"])
def test_date_that_no_calendar_can_show_honestly_is_left_out(client, held):
    make_meeting(held=held)
    assert events(client, "/meetings.ics") == []


def test_day_that_is_only_inferred_says_so(client):
    make_meeting(title="Talks", held="2026-03-03", held_basis="inferred")
    assert only(client, "/meetings.ics")["SUMMARY"] == "Talks – date inferred from the source"


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


@pytest.mark.parametrize(("days_ahead", "number"), [(-1, 0), (0, 0), (1, 1)])
def test_alarm_is_for_what_lies_ahead(client, days_ahead, number):
    make_meeting(held=from_today(days_ahead).isoformat(), status="confirmed")
    make_commitment(due=from_today(days_ahead).isoformat(), meeting=make_meeting())
    assert len(triggers(only(client, "/meetings.ics?status=confirmed"))) == number
    assert len(triggers(only(client, "/commitments.ics"))) == number


# Commitments


@pytest.mark.parametrize(
    ("due", "day", "summary"),
    [
        ("2026-05-03", "2026-05-03", "Due: Lay fibre"),
        ("2026-05", "2026-05-31", "Due at the latest: Lay fibre – May 2026"),
        ("2026", "2026-12-31", "Due at the latest: Lay fibre – 2026"),
        ("../2026-01-29", "2026-01-29", "Due at the latest: Lay fibre – on or before 29 January 2026"),
        ("2026-05-03~", "2026-05-03", "Due at the latest: Lay fibre – about 3 May 2026"),
    ],
)
def test_commitment_stands_on_the_last_day_that_its_due_date_allows(client, due, day, summary):
    commitment = make_commitment(title="Lay fibre", due=due)
    event = only(client, "/commitments.ics")
    assert days(event) == (date.fromisoformat(day),) * 2
    assert (event["SUMMARY"], event["UID"]) == (summary, f"{commitment.reference}-due@testserver")
    shown = Commitment.objects.with_status(timezone.localdate()).get()
    assert event["DESCRIPTION"].splitlines()[0] == " · ".join(shown.status_line)


def test_commitment_without_a_last_day_is_left_out(client):
    make_commitment()
    make_commitment(due="2026-01-29/..")
    assert events(client, "/commitments.ics") == []


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


def test_commitment_whose_due_date_moves_stays_the_same_event(client):
    commitment = make_commitment(due="2030-05-03")
    before = only(client, "/commitments.ics")
    commitment.due = "2030-07"
    commitment.save()
    after = only(client, "/ur/commitments.ics")
    assert (before["UID"], days(after)[0]) == (after["UID"], date(2030, 7, 31))
    assert before["SEQUENCE"] < after["SEQUENCE"]


# Agreements


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
    assert after["SUMMARY"] == "Planned: signature – Roads – no exact day is known: September 2030"
    assert "moved from 3 May 2030, by at least 121 days" in after["DESCRIPTION"]
    assert triggers(after) == []


def test_target_that_came_true_is_no_longer_planned(client):
    agreement = make_agreement()
    AgreementEvent.objects.create(agreement=agreement, kind="signed", is_planned=True, on="2026-01-03")
    assert only(client, "/agreements.ics")["DESCRIPTION"].count("no report that it was signed") == 1
    AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2026-01-04")
    assert events(client, "/agreements.ics") == []


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
