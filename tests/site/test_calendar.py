"""A month of what records name of days: no more exactly than it is known, and nothing of what is hidden."""

import pytest
from django.http import QueryDict
from django.utils.timezone import localdate

from agreements.models import AgreementEvent
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.registers.reading import parse, words
from tracker.site import calendar_page
from tracker.site.calendar_page import CalendarMonth

pytestmark = pytest.mark.django_db


def read(client, query="?month=2026-03", language=""):
    return parse(client.get(f"{language}/calendar/{query}").content.decode())


def told(page):
    """``{day: [entries]}``"""
    return {
        words(section.find("h3")): [words(link) for link in section.findall(".//a[@class='entry-title']")]
        for section in page.findall(".//section[@class='block']")
    }


def test_month_holds_what_may_be_on_one_of_its_days_in_their_order(client):
    make_meeting(title="Day", held="2026-03-04")
    make_meeting(title="Two days", held="2026-02-28/2026-03-01")
    make_meeting(title="Some day", held="2026-03")
    make_meeting(title="Some year", held="2026")
    make_meeting(title="Before", held="2026-02-28")
    make_meeting(title="After", held="2026-04-01")
    make_meeting(title="Hidden", held="2026-03-05", state="draft")
    make_commitment(title="Due", due="2026-03-31", meeting=make_meeting(held="2020"))
    make_commitment(title="Due this quarter", due="2026-33", meeting=make_meeting(held="2020"))
    make_commitment(title="Due this year", due="2026", meeting=make_meeting(held="2020"))
    assert told(read(client)) == {
        "1 March 2026": ["Two days", "Some day – no exact day is known: March 2026"],
        "4 March 2026": ["Day"],
        "31 March 2026": [
            "Due: Due",
            "Due at the latest: Due this quarter – first quarter of 2026",
        ],
    }


def test_targets_and_last_days_of_validity_are_named(client):
    planned = make_agreement(title="Plan")
    AgreementEvent.objects.create(agreement=planned, kind="signed", on="2026-03-10", is_planned=True)
    ending = make_agreement(title="Ends", signed="2025-03-01", validity="P1Y")
    AgreementEvent.objects.create(agreement=ending, kind="in_force", on="2025-04-01")
    found = told(read(client))
    assert found["10 March 2026"] == ["Planned: signature – Plan"]
    assert found["31 March 2026"] == ["Last day of validity: Ends"]


def test_cancelled_meeting_stays_and_says_so(client):
    make_meeting(title="Off", held="2026-03-04", status="cancelled")
    make_meeting(title="Perhaps", held="2026-03-05", status="tentative")
    page = read(client)
    entries = [words(entry) for entry in page.findall(".//ul[@class='entry-list']/li")]
    assert ["cancelled" in entry for entry in entries] == [True, False]
    assert "not certain" in entries[1]


def test_filters_hold_for_all_and_stay_from_month_to_month(client):
    make_forum("jcc", ["CHN", "PAK"])
    make_meeting(["CHN", "PAK"], title="Of both", held="2026-03-04")
    make_meeting(["LKA", "PAK"], title="Of others", held="2026-03-04")
    page = read(client, "?month=2026-03&country=CHN&country=PAK")
    assert told(page) == {"4 March 2026": ["Of both"]}
    links = [link.get("href") for link in page.findall(".//nav/ul[@class='tool-list']/li/a")]
    assert links == [f"?country=CHN&country=PAK&month={month}" for month in ("2026-02", "2026-04")]
    files = [link.get("href") for link in page.findall(".//p[@class='formats']/a")]
    assert files == [f"/{name}.ics?country=CHN&country=PAK" for name in ("meetings", "commitments", "agreements")]


@pytest.mark.parametrize(
    "month", ["2026", "2026-13", "2026-00", "0000-01", "2026-3", "tomorrow", "٢٠٢٦-٠٣", "2026-03-01"]
)
def test_month_that_cannot_be_read_is_named_and_nothing_shown(client, month):
    make_meeting(held="2026-03-04")
    response = client.get("/calendar/", {"month": month})
    page = parse(response.content.decode())
    assert (response.status_code, told(page)) == (200, {})
    assert "Write a month as in 2026-11." in words(page)


def test_country_that_is_not_known_is_named(client):
    assert "“XXX” is not a known value here." in words(read(client, "?country=XXX"))


def test_month_of_today_is_shown_first(client):
    assert CalendarMonth(QueryDict(), localdate()).first == localdate().replace(day=1)
    assert "Nothing is dated to this month." in words(read(client, ""))


def test_month_of_very_many_says_that_not_all_are_looked_at(client, monkeypatch):
    monkeypatch.setattr(calendar_page, "MOST", 2)
    for number in range(4):
        make_meeting(title=f"Meeting {number}", held="2026-03-04")
    page = read(client)
    assert len(told(page)["4 March 2026"]) == 2
    assert "Meetings: no more than 2 records are looked at." in words(page)


def test_queries_do_not_grow_with_the_entries(client, django_assert_num_queries):
    make_meeting(held="2026-03-04")
    make_commitment(due="2026-03-05", meeting=make_meeting(held="2020"))
    with django_assert_num_queries(12):
        read(client)
    for number in range(9):
        make_meeting(title=f"Meeting {number}", held="2026-03-04")
        make_commitment(due="2026-03-05", meeting=make_meeting(held="2020"))
    with django_assert_num_queries(12):
        read(client)
