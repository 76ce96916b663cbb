"""The statistics: each number is that of the list it opens, and no word says more than is known."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.timezone import localdate

from meetings.models import ProgressUpdate, ScheduleChange
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
)
from tests.registers.reading import ListPage, parse, words
from tests.registers.taking_away import table
from tracker.records.models import one_change
from tracker.registers import keeping
from tracker.site.breakdown import WAYS
from tracker.site.registers import REGISTERS
from tracker.site.slips import Slips
from tracker.site.statistics import Statistics

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


@pytest.fixture(params=[False, True], ids=["database", "index"])
def world(request, settings, tmp_path):
    """Promises of two pairs, of most words; and what counts nowhere: told the same with and without the indexes."""
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = request.param, tmp_path
    keeping.forget()
    _make_promises()
    for register in REGISTERS if request.param else ():
        keeping.prepare(register, localdate())
        keeping.prepare(register, TODAY)
    yield
    keeping.forget()


def _make_promises():
    with one_change():
        forum = make_forum("jcc", ["CHN", "PAK"])
        session = make_meeting(forum=forum, session_number=1, held="2020-05-04")
        other = make_meeting(["LKA", "PAK"], held="../2023-06-30")
        hidden = make_organisation("hidden", country=make_country("CHN"), state="draft")
        silent = [make_commitment(["PAK"], ["CHN"], meeting=session, themes=["cloud"]) for _ in range(3)]
        make_commitment(["CHN"], ["PAK"], meeting=session, due="2190")
        begun = make_commitment(["PAK"], ["LKA"], meeting=other, strength="announced")
        make_commitment(["LKA"], ["PAK"], meeting=other, closure="completed", closed_on="2024-05", due="2023")
        make_commitment(["LKA"], ["PAK"], agreement=make_agreement(["LKA", "PAK"]), closure="dropped")
        make_commitment(["PAK"], ["CHN"], meeting=session, strength="proposed")
        make_commitment(["PAK"], ["CHN"], meeting=session, state="draft")
        silent[0].parties.create(side="by", organisation=hidden)
        ProgressUpdate.objects.create(
            commitment=begun, side=make_country("PAK"), progress="limited", as_of="2024", state="published"
        )


def read(client, query="", language=""):
    return parse(client.get(f"{language}/statistics/{query}").content.decode())


def test_each_number_opens_the_list_of_as_many(client, world):
    for way in WAYS:
        page = read(client, f"?by={way}")
        links = [
            *page.findall(".//ul[@class='headline-figures']/li/a"),
            *page.findall(".//ul[@class='counts']/li/a"),
            *page.findall(".//table[@class='lean unit-table']/tbody/tr/td//a"),
        ]
        assert len(links) > 12, way
        for link in links:
            number = re.match(r"\d+", words(link))[0]
            assert ListPage(client.get(link.get("href"))).count.split()[0] == number, link.get("href")


def test_breakdown_counts_firm_commitments_by_value(client, world):
    rows = table(client.get("/statistics.csv?by=pair"))
    numbers = {
        row["code"]: [int(row[word]) for word in ("firm", "no_report", "under_way", "done", "ended")] for row in rows
    }
    assert numbers == {"CHN-PAK": [4, 3, 0, 0, 0], "LKA-PAK": [3, 0, 1, 1, 1]}
    assert {row["code"]: row["firm"] for row in table(client.get("/statistics.csv?by=by"))} == {
        "CHN": "1",
        "LKA": "2",
        "PAK": "4",
    }
    assert [row["code"] for row in table(client.get("/statistics.csv?by=organisation"))] == []
    finding = words(read(client).find(".//h2[@id='breakdown']"))
    assert finding == "Most firm commitments: China and Pakistan, 4; on 4 of them no report was seen"


def test_more_values_than_are_shown_are_counted(client, monkeypatch):
    monkeypatch.setattr("tracker.site.breakdown.MOST_ROWS", 2)
    for code in ("CHN", "LKA", "UZB", "IND"):
        make_commitment(["PAK"], [code])
    page = read(client)
    assert len(page.findall(".//table[@class='lean unit-table']/tbody/tr")) == 2
    assert "2 more values with fewer of them are not shown." in words(page)


@pytest.mark.parametrize("query", ["?by=colour", "?by=pair&by=forum", "?by=<script>"])
def test_way_that_is_not_known_is_named_and_nothing_is_told_apart(client, world, query):
    response = client.get(f"/statistics/{query}")
    page = parse(response.content.decode())
    assert response.status_code == 200
    assert page.find(".//table[@class='lean unit-table']") is None
    assert client.get(f"/statistics.csv{query}").status_code == 400


def test_silence_is_of_whole_years_and_told_in_full(world):
    found = Statistics(QueryDict(), TODAY).silence
    assert (found.by_years, found.undated, found.half) == ((0, 0, 0, 0, 0, 4), 0, 69)
    assert found.title == "Half of the silent firm commitments have been silent for 5 years 9 months or longer"
    make_commitment(meeting=make_meeting(held=""))
    make_commitment(meeting=make_meeting(held="1990"))
    found = Statistics(QueryDict(), TODAY).silence
    assert (found.undated, found.rows[-2][:2], found.rows[-1][:2]) == (1, ("10 years or more", 1), ("age unknown", 1))


def test_median_is_not_told_of_too_few():
    make_commitment(meeting=make_meeting(held="2020"))
    found = Statistics(QueryDict(), TODAY)
    assert (found.silence.half, found.silence.title) == (None, "On 1 firm commitment no report was seen")
    assert found.duration == (0, "")


def test_time_to_completion_is_told_of_days_known_to_a_month():
    for held, closed in (
        ("2020-01-31", "2020-03-31"),
        ("2020-01", "2021-01"),
        ("2020-01-10", "2020-06"),
        ("2020", "2021-01"),
        ("2020-01", "2021"),
        ("../2020-01-31", "2021-01"),
    ):
        make_commitment(meeting=make_meeting(held=held), closure="completed", closed_on=closed)
    make_commitment(meeting=make_meeting(held="2020-01"))
    assert Statistics(QueryDict(), TODAY).duration == (3, "6 months")


def slipped(held, *planned, **fields):
    meeting = make_meeting(held=held, **fields)
    for place, each in enumerate(planned):
        ScheduleChange.objects.create(meeting=meeting, planned_for=each, reported_on=f"201{place}")
    return meeting


def test_slip_counts_from_the_first_date_announced_as_far_as_dates_allow():
    day = slipped("2021-09-23", "2020-04-10", "2021-07")
    month = slipped("2025-09-26", "2025-07")
    never = slipped("2017-11-20", "2017-11-21")
    unknown = slipped("2024", "2024-06")
    slipped("2027-01", "2026-01", status="tentative")
    slipped("2027-01", "2026-01", state="draft")
    found = Slips(TODAY)
    assert [(meeting, later) for meeting, _change, later, _width in found.shown] == [
        (day, "1 year 5 months"),
        (month, "at least 1 month"),
        *sorted([(never, "not later"), (unknown, "not known whether later")], key=lambda pair: pair[0].pk),
    ]
    assert found.title == "2 of 4 meetings with a date announced beforehand met later than first announced"
    assert found.shown[0][1].planned_for == "2020-04-10"


@pytest.mark.parametrize("language", ["/ur", "/zh-hans"])
def test_page_is_told_in_the_language_of_its_address(client, world, language):
    with translation.override(language[1:]):
        title = translation.gettext("Statistics")
    page = read(client, language=language)
    assert words(page.find(".//h1")) == title != "Statistics"


def test_page_of_nothing_says_so(client):
    page = read(client)
    assert page.find(".//figure") is None
    assert words(page.find(".//h2[@id='breakdown']")) == "What became of them"
