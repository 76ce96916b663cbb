"""Two pairs, countries or forums side by side: each number is that of the list it opens."""

import pytest
from django.utils.timezone import localdate

from tests.factories import make_agreement, make_commitment, make_country, make_forum, make_meeting
from tests.registers.reading import ListPage, parse, words
from tracker.records.models import one_change
from tracker.registers import keeping
from tracker.site.registers import REGISTERS

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[False, True], ids=["database", "index"])
def world(request, settings, tmp_path):
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = request.param, tmp_path
    keeping.forget()
    with one_change():
        jcc, jec = make_forum("jcc", ["CHN", "PAK"]), make_forum("jec", ["LKA", "PAK"])
        make_forum("hidden", ["CHN", "PAK"], state="draft")
        make_country("UZB")
        for forum, sides, number in ((jcc, ["CHN", "PAK"], 3), (jec, ["LKA", "PAK"], 2)):
            session = make_meeting(sides, forum=forum, session_number=1, held="2020")
            for place in range(number):
                make_commitment(sides[:1], sides[1:], meeting=session, due="2021" if place else "")
            make_commitment(sides[:1], sides[1:], meeting=session, strength="proposed")
            make_commitment(sides[:1], sides[1:], meeting=session, state="draft")
            make_agreement(sides, "2021", forum=forum)
    for register in REGISTERS if request.param else ():
        keeping.prepare(register, localdate())
    yield
    keeping.forget()


def read(client, query):
    return parse(client.get(f"/compare/{query}").content.decode())


def rows(page):
    found = {}
    for row in page.findall(".//table/tbody/tr"):
        found[words(row.find("th"))] = [words(cell) for cell in row.findall("td")]
    return found


@pytest.mark.parametrize("query", ["?pair=CHN-PAK&pair=LKA-PAK", "?country=CHN&country=LKA", "?forum=jcc&forum=jec"])
def test_both_sides_have_the_same_rows_and_each_number_opens_its_list(client, world, query):
    page = read(client, query)
    found = rows(page)
    assert (found["Firm commitments"], found["Overdue"], found["Agreement records"]) == (
        ["3", "2"],
        ["2", "1"],
        ["1", "1"],
    )
    assert (found["Proposals and statements"], found["Meetings"], found["Held"]) == (["1", "1"], ["1", "1"], ["1", "1"])
    links = page.findall(".//table/tbody/tr/td/a")
    assert len(links) >= 12
    for link in links:
        assert ListPage(client.get(link.get("href"))).count.split()[0] == words(link), link.get("href")


def test_pair_in_another_order_is_the_same_pair(client, world):
    assert rows(read(client, "?pair=pak-chn&pair=PAK-LKA")) == rows(read(client, "?pair=CHN-PAK&pair=LKA-PAK"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?pair=CHN-PAK&pair=XXX-PAK", "“PAK-XXX” is not a known value here."),
        ("?pair=CHN-PAK&pair=PAK-PAK", "“PAK-PAK” is not a known value here."),
        ("?pair=CHN-PAK&pair=CHN-LKA-PAK", "“CHN-LKA-PAK” is not a known value here."),
        ("?forum=jcc&forum=hidden", "“hidden” is not a known value here."),
        ("?country=CHN&country=UZB", "“UZB” is not a known value here."),
        ("?pair=CHN-PAK&country=LKA", "Compare pairs, countries or forums, and not one with another."),
        ("?country=CHN&country=LKA&country=PAK", "Two can be compared, and no more."),
    ],
)
def test_what_cannot_be_compared_is_said_and_nothing_is_compared(client, world, query, message):
    page = read(client, query)
    assert [words(each) for each in page.findall(".//p[@class='field-error']")] == [message]
    assert rows(page) == {}


@pytest.mark.parametrize("query", ["", "?pair=", "?country=CHN", "?country=", "?forum="])
def test_page_asks_for_what_is_missing_and_names_nothing_hidden(client, world, query):
    page = read(client, query)
    assert (rows(page), page.findall(".//p[@class='field-error']")) == ({}, [])
    offered = [option.get("value") for option in page.find(".//select").findall("option")]
    codes = {"": "CHN-PAK", "?pair=": "CHN-PAK", "?country=CHN": "LKA", "?country=": "LKA", "?forum=": "jcc"}
    assert "" in offered and codes[query] in offered
    assert not {"hidden", "UZB"} & set(offered)
