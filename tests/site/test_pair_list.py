"""The list of pairs: in an order, of one country, a page at a time, and to take away."""

import csv
import io
import json

import pytest

from tests.factories import make_agreement, make_commitment, make_country, make_meeting
from tests.registers.reading import parse, words
from tracker.records.models import one_change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pairs():
    """China and Pakistan share most, China and Uzbekistan a proposal, Sri Lanka and Pakistan a meeting."""
    with one_change():
        for code, name in (("CHN", "China"), ("PAK", "Pakistan"), ("LKA", "Sri Lanka"), ("UZB", "Uzbekistan")):
            make_country(code, name=name)
        for _number in range(3):
            make_agreement(("CHN", "PAK"))
        make_commitment(by=("PAK",), to=("CHN",), agreement=make_agreement(("CHN", "PAK")))
        make_commitment(by=("UZB",), to=("CHN",), strength="proposed", agreement=make_agreement(()))
        make_meeting(("LKA", "PAK"))


def opened(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


def listed(root):
    """``[(path of the pair, numbers)]``"""
    rows = root.findall(".//section[@aria-labelledby='as-table']//tbody/tr")
    return [(row.find(".//a").get("href"), [words(cell) for cell in row.findall("td")]) for row in rows]


def codes(root):
    return [path.removeprefix("/pairs/").strip("/") for path, _numbers in listed(root)]


def test_pairs_with_most_records_come_first_each_with_its_numbers(client):
    assert listed(opened(client, "/pairs/")) == [
        ("/pairs/CHN-PAK/", ["4", "0", "1", "0"]),
        ("/pairs/CHN-UZB/", ["0", "0", "0", "1"]),
        ("/pairs/LKA-PAK/", ["0", "1", "0", "0"]),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=pair", ["CHN-PAK", "CHN-UZB", "LKA-PAK"]),
        ("sort=-pair", ["LKA-PAK", "CHN-UZB", "CHN-PAK"]),
        ("sort=-meetings", ["LKA-PAK", "CHN-PAK", "CHN-UZB"]),
        ("sort=meetings", ["CHN-PAK", "CHN-UZB", "LKA-PAK"]),
        ("sort=-proposals", ["CHN-UZB", "CHN-PAK", "LKA-PAK"]),
        ("country=PAK", ["CHN-PAK", "LKA-PAK"]),
        ("country=PAK&sort=-meetings", ["LKA-PAK", "CHN-PAK"]),
        ("utm_source=x", ["CHN-PAK", "CHN-UZB", "LKA-PAK"]),
    ],
)
def test_pairs_stand_in_the_order_and_are_those_that_the_address_names(client, query, expected):
    assert codes(opened(client, f"/pairs/?{query}")) == expected


def test_head_of_a_column_leads_to_its_order_and_back_with_the_country_kept(client):
    heads = opened(client, "/pairs/?country=PAK&sort=-meetings").findall(".//th[@role='columnheader']")
    found = {words(head.find("a")): (head.find("a").get("href"), head.get("aria-sort")) for head in heads}
    assert found["Meetings"] == ("?country=PAK&sort=meetings", "descending")
    assert found["Pair"] == ("?country=PAK&sort=pair", None)
    assert found["Agreements"] == ("?country=PAK&sort=-agreements", None)


def test_country_in_use_can_be_removed_and_leaves_the_order(client):
    (chip,) = opened(client, "/pairs/?country=PAK&sort=pair").findall(".//a[@class='chip']")
    assert chip.get("href") == "?sort=pair" and "Pakistan" in words(chip)


def test_long_list_is_told_page_by_page(client, monkeypatch):
    monkeypatch.setattr("tracker.site.views.countries.PAGE_SIZE", 2)
    first, second = (opened(client, f"/pairs/?sort=pair&page={number}") for number in (1, 2))
    assert (codes(first), codes(second)) == (["CHN-PAK", "CHN-UZB"], ["LKA-PAK"])
    assert first.find(".//a[@rel='next']").get("href") == "?sort=pair&page=2"
    assert client.get("/pairs/?page=3").status_code == client.get("/pairs/?page=x").status_code == 404


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        ("sort=size", "sort", "“size” is not a sort order of this list."),
        ("country=XXX", "country", "“XXX” is not a known value here."),
        ("country=PAK&country=CHN", "country", "Give one value only."),
    ],
)
def test_value_that_cannot_be_read_is_named_and_no_list_shown(client, query, name, message):
    root = opened(client, f"/pairs/?{query}")
    assert [words(each) for each in root.findall(".//div[@role='alert']")] == [message] and listed(root) == []
    refused = client.get(f"/pairs.json?{query}")
    assert (refused.status_code, refused.json()) == (400, {"errors": {name: [message]}})
    assert client.get(f"/pairs.csv?{query}").status_code == 400


def test_export_refuses_what_it_does_not_read(client):
    errors = client.get("/pairs.json?page=2&size=3").json()["errors"]
    assert errors == {
        "page": ["An export has no pages: leave out “page”."],
        "size": ["“size” is not a parameter of this list."],
    }


def test_exports_hold_the_pairs_of_the_page(client):
    links = [link.get("href") for link in opened(client, "/pairs/?country=PAK").findall(".//p[@class='formats']/a")]
    assert links == [f"/pairs.{kind}?country=PAK" for kind in ("csv", "json", "xlsx")]
    text = client.get(links[0]).getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["pair"] for row in rows] == ["CHN-PAK", "LKA-PAK"]
    assert rows[0] == {
        "pair": "CHN-PAK",
        "countries": "CHN; PAK",
        "names": "China; Pakistan",
        "agreements": "4",
        "meetings": "0",
        "commitments": "1",
        "proposals": "0",
        "total": "5",
        "address": "http://testserver/pairs/CHN-PAK/",
    }
    whole = json.loads(client.get(links[1]).getvalue())
    assert (whole["register"], whole["query"]) == ("pairs", "country=PAK")
    assert [(row["pair"], row["countries"], row["total"]) for row in whole["records"]] == [
        ("CHN-PAK", ["CHN", "PAK"], 5),
        ("LKA-PAK", ["LKA", "PAK"], 1),
    ]


def test_exports_of_another_language_name_the_countries_in_it_and_lead_there(client):
    make_country("PAK").__class__.objects.filter(code="PAK").update(name_ur="پاکستان")
    (first, *_rest) = json.loads(client.get("/ur/pairs.json").getvalue())["records"]
    assert first["names"][1] == "پاکستان" and first["address"] == "http://testserver/ur/pairs/CHN-PAK/"
