"""The home page: search first, one chart with its finding, what is due, and the small matrix."""

import re
from datetime import date

import pytest

from meetings.models import ProgressUpdate
from tests.factories import make_agreement, make_commitment, make_country, make_meeting
from tests.registers.reading import ListPage, parse, words
from tracker.records.models import DataVersion
from tracker.site import implementation_chart
from tracker.site.home import HomePage
from tracker.site.pair_matrix import MOST_IN_SMALL_MATRIX

pytestmark = pytest.mark.django_db


def home(client, language=""):
    return parse(client.get(f"{language}/").content.decode())


def promise(held, number=1, reported="", **fields):
    meeting = make_meeting(held=held)
    for _ in range(number):
        made = make_commitment(["PAK"], ["CHN"], meeting=meeting, **fields)
        if reported:
            side = make_country("CHN")
            ProgressUpdate.objects.create(
                commitment=made, side=side, progress=reported, as_of="2024", state="published"
            )


def rows(page):
    """``{year: numbers}`` of the table beneath the chart."""
    table = page.find(".//figure//details/div/table")
    return {words(row.find("th")): [int(words(cell)) for cell in row.findall("td")] for row in table.find("tbody")}


def test_home_without_commitments_has_no_finding(client):
    make_agreement()
    page = home(client)
    assert page.find(".//figure") is None
    assert "at the latest." in words(page.find(".//section[@aria-labelledby='h-due']"))


def test_finding_is_the_title_and_its_numbers_are_those_of_the_table_and_of_the_lists(client):
    promise("2021-09", number=2)
    promise("2021-10", reported="complete")
    promise("2023", reported="limited")
    promise("../2024-05-01")
    promise("2022", strength="proposed")
    page = home(client)
    assert words(page.find(".//h2[@id='finding']")) == (
        "For 3 of 5 firm commitments we have seen no report of what came of them"
    )
    found = {year: numbers for year, numbers in rows(page).items() if any(numbers)}
    assert found == {
        "2021": [2, 0, 0, 0, 1, 0, 0],
        "2023": [0, 0, 0, 1, 0, 0, 0],
        "uncertain": [1, 0, 0, 0, 0, 0, 0],
    }
    counts = {}
    for link in page.findall(".//figure//ul[@class='counts']/li/a"):
        number, label = words(link).split(maxsplit=1)
        counts[label] = int(number)
        assert ListPage(client.get(link.get("href"))).count.split()[0] == number
    assert counts == {"no report seen": 3, "under way": 1, "done": 1}


@pytest.mark.parametrize(("most", "shape", "number"), [(22, "use", 5), (1, "rect", 4)])
def test_commitments_are_drawn_one_by_one_until_they_are_too_many(client, monkeypatch, most, shape, number):
    monkeypatch.setattr(implementation_chart, "MOST_DISCS", most)
    promise("2021-09", number=2)
    promise("2021-10", reported="complete")
    promise("2023", reported="limited")
    promise("../2024-05-01")
    wide, narrow = (home(client).find(f".//div[@class='art-{name}']/svg") for name in ("wide", "narrow"))
    for drawing in (wide, narrow):
        marks = [each for each in drawing.iter(shape) if "is-" in each.get("class", "")]
        assert len(marks) == number
        assert all(0 <= float(mark.get("x")) <= float(drawing.get("width")) for mark in marks)
        assert all(0 <= float(mark.get("y")) <= float(drawing.get("height")) for mark in marks)


def test_time_runs_as_the_language_is_read(client):
    promise("2021-09")
    promise("2023-09")
    for language, is_turned in (("", False), ("/ur", True)):
        drawing = home(client, language).find(".//div[@class='art-wide']/svg")
        places = {words(text): float(text.get("x")) for text in drawing.iter("text")}
        assert (places["2021"] > places["2023"]) is is_turned


def test_years_before_those_that_are_drawn_are_told_together(client):
    promise("1990")
    promise("1995", number=2)
    promise("2024")
    found = rows(home(client))
    first, *_years, last = found
    assert (re.fullmatch(r"to \d{4}", first) is not None, found[first][0]) == (True, 3)
    assert (len(found), found["2024"][0], last.isdigit()) == (implementation_chart.MOST_YEARS + 1, 1, True)


def test_small_matrix_shows_each_crossing_once_the_heaviest_first(client):
    codes = [f"X{letter}{letter}" for letter in "ABCDEFGHIJK"]
    for place, code in enumerate(codes):
        for _ in range(len(codes) - place):
            make_agreement(("PAK", code))
    table = home(client).find(".//table[@class='pairs-small']")
    body = table.findall("tbody/tr")
    assert words(table.find("thead")) == "PAK"
    assert len(body) == MOST_IN_SMALL_MATRIX - 1
    assert [len(row.findall("td")) for row in body] == list(range(1, MOST_IN_SMALL_MATRIX))
    assert [words(row.find("td")) for row in body] == [str(len(codes) - place) for place in range(len(body))]
    assert words(home(client).find(".//section[@aria-labelledby='h-pairs']")).endswith("All 11 pairs")


def test_what_is_due_counts_in_the_month_of_its_last_day():
    promise("2021", due="2026-03-20")
    promise("2021", due="2026")
    promise("2021", due="2026-04")
    promise("2021", due="2026-03", strength="proposed")
    found = HomePage(date(2026, 3, 10), DataVersion.current())
    assert found.due_this_month == "1 firm commitment falls due in March 2026 at the latest."
    assert (found.open.number, found.number_dated) == (3, 3)
    later = HomePage(date(2026, 5, 10), DataVersion.current())
    assert later.due_this_month == "No firm commitment falls due in May 2026 at the latest."
    last = HomePage(date(2026, 12, 1), DataVersion.current())
    assert last.due_this_month == "1 firm commitment falls due in December 2026 at the latest."
