"""Pages that mix everything: home, pairs, a country, a source, about; their headers, cookies and languages."""

import re

import pytest

from agreements.models import Agreement, AgreementCitation
from meetings.models import Commitment, Meeting, Progress, Schedule
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_working_group,
)
from tests.registers.reading import ListPage, parse, words
from tracker.site.home import NEWEST


def figures(page):
    """``{label: (number, address)}`` of the headline numbers."""
    found = {}
    for link in page.findall(".//ul[@class='headline-figures']/li/a"):
        number, label = (words(span) for span in link.findall("span"))
        found[label] = (int(number), link.get("href"))
    return found


def counted(page):
    """``{words: (number, address)}`` of the counts of what is open, and of the agreements."""
    found = {}
    for link in page.findall(".//ul[@class='counts']/li/a"):
        number, label = words(link).split(maxsplit=1)
        found[label] = (int(number), link.get("href"))
    return found


def section(page, name):
    """The words of the entries of a section."""
    part = page.find(f".//section[@aria-labelledby='{name}']")
    part = page.find(f".//details[@id='{name}']") if part is None else part
    return [words(entry) for entry in part.iter("a") if entry.get("class") in ("entry-title", "promise-title")]


def pair_rows(page):
    return [[words(cell) for cell in row] for row in page.findall(".//tbody/tr[@role='row']")]


def open_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


@pytest.mark.parametrize(
    "address", ["/pairs/pak-chn/", "/pairs/PAK-CHN/", "/pairs/chn-pak/", "/pairs/Chn-Pak/", "/pairs/chn-PAK/"]
)
@pytest.mark.django_db
def test_pair_in_any_other_order_or_case_redirects_for_good(client, address):
    make_agreement(("CHN", "PAK"))
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/pairs/CHN-PAK/")
    assert client.get("/pairs/CHN-PAK/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["CHN-XXX", "XXX-YYY", "PAK-PAK", "chn-pak-lka", "b--a", "---", "CH-PA", "1-2", "ß-ŉ", "%FF-PAK", "a" * 500 + "-b"],
)
@pytest.mark.django_db
def test_pair_of_something_else_than_two_countries_is_404(client, address):
    make_agreement(("CHN", "PAK"))
    assert client.get(f"/pairs/{address}/", follow=True).status_code == 404


@pytest.mark.django_db
def test_pair_that_shares_nothing_says_so(client):
    make_country("CHN"), make_country("PAK")
    assert client.get("/pairs/CHN-PAK/").status_code == 404
    make_agreement(("CHN", "LKA")), make_agreement(("LKA", "PAK"))
    page = open_page(client, "/pairs/CHN-PAK/")
    assert words(page.find(".//p[@class='answer-line']")) == "No firm commitment is recorded."
    assert (counted(page), words(page.find(".//section[@aria-labelledby='agreements']/p"))) == ({}, "None is recorded.")
    assert "No forum that both belong to is recorded." in words(page)


@pytest.mark.django_db
def test_pair_shows_everything_between_the_two_and_nothing_else(client):
    jcc = make_forum("jcc", ["CHN", "PAK"], name="Joint committee")
    make_forum("jec", ["LKA", "PAK"], name="Other commission")
    make_working_group("it", forum=jcc, name="IT group")
    session = make_meeting(title="", forum=jcc, session_number=14, held="2025-09-26", place="Beijing")
    session.delegations.first().delegates.create(person=make_person("Ahsan Iqbal"))
    make_meeting(title="", forum=jcc, session_number=15, held="", status="tentative")
    make_meeting(("CHN", "PAK"), title="Loose talk", held="2024")
    make_meeting(("LKA", "PAK"), title="Other talk")
    make_agreement(("CHN", "PAK"), "2021", title="Our paper")
    make_agreement(("LKA", "PAK"), "2021", title="Other paper")
    make_commitment(("PAK",), ("CHN",), title="Our promise", due="2021", meeting=session)
    make_commitment(("PAK",), ("CHN",), title="Calm promise", meeting=session)
    make_commitment(("PAK",), ("LKA",), title="Other promise", due="2021", meeting=session)
    page = open_page(client, "/pairs/CHN-PAK/")
    text = words(page)
    assert not re.search(r"Other (talk|paper|promise|commission)", text)
    assert section(page, "agreements") == ["Our paper"]
    assert section(page, "open") == ["Our promise", "Calm promise"]
    assert section(page, "groups") == ["IT group"]
    assert section(page, "others") == ["Loose talk"]
    card = page.find(".//article[@class='forum-card']")
    clock = words(card.find("p[@class='session-clock']"))
    assert clock.startswith("15 numbers; 1 is known as held. Session 14 26 September 2025 Beijing 1 year 2 months ago")
    assert words(card.find("p[@class='say']")) == "Session 15 is expected."
    assert "Ahsan Iqbal" in text
    assert [words(cell) for cell in page.findall(".//ol[@class='session-strip']/li")] == [str(n) for n in range(1, 16)]
    assert {cell.get("class") for cell in page.findall(".//ol[@class='session-strip']/li")[:13]} == {"is-missing"}


def many(model, prefix, number, **fields):
    """That many records between China and Pakistan, without what factories put beside them."""
    copies = model.objects.bulk_create(
        model(reference=f"{prefix}-{place + 100}", title=f"Copy {place}", state="published", **fields)
        for place in range(number)
    )
    involved = model.countries.through
    involved.objects.bulk_create(
        involved(**{f"{model._meta.model_name}_id": copy.pk, "country_id": country.pk})
        for copy in copies
        for country in (make_country("CHN"), make_country("PAK"))
    )


@pytest.mark.django_db
def test_pair_figures_are_those_of_the_lists_they_lead_to(client):
    promised = make_commitment(("PAK",), ("CHN",), due="2021")
    make_commitment(("PAK",), ("CHN",), meeting=promised.meeting)
    make_commitment(("PAK",), ("CHN",), meeting=promised.meeting, strength="proposed", due="2021")
    many(Agreement, "AGR", 70, type="mou")
    many(Meeting, "MTG", 130)
    Agreement.objects.filter(title="Copy 3").update(count=2)
    page = open_page(client, "/pairs/CHN-PAK/")
    said = words(page.find(".//section[@aria-labelledby='agreements']/p[@class='say']"))
    in_words = "documents signed, adopted or in preparation, in 0 records not counted: 70 records of unknown status"
    assert said == f"0 {in_words}"
    found = counted(page)
    assert {label: number for label, (number, _address) in found.items()} == {
        "no report seen": 2,
        "overdue": 1,
        "unknown": 70,
    }
    for number, address in found.values():
        assert ListPage(client.get(address)).count.split()[0] == str(number)


@pytest.mark.django_db
def test_documents_of_a_pair_are_counted_and_named_children_not_again(client):
    whole = make_agreement(("CHN", "PAK"), title="Five documents", count=5, signed="2020")
    for number in range(2):
        make_agreement(("CHN", "PAK"), title=f"Named {number}", parent=whole, signed="2020")
    make_agreement(("CHN", "PAK"), title="Alone", signed="2020")
    said = open_page(client, "/pairs/CHN-PAK/").find(".//section[@aria-labelledby='agreements']/p[@class='say']")
    assert words(said) == "6 documents signed, adopted or in preparation, in 4 records"


@pytest.mark.django_db
def test_crosstab_of_a_pair_leads_to_the_list_it_counts(client):
    make_commitment(("PAK",), ("CHN",), title="Late", due="2021")
    make_commitment(("PAK",), ("CHN",), title="Open")
    page = open_page(client, "/pairs/CHN-PAK/")
    cells = [(words(link), link.get("href")) for link in page.findall(".//table[@class='crosstab']/tbody/tr/td/a")]
    assert [number for number, _address in cells] == ["1", "1"]
    titles = [ListPage(client.get(address)).titles for _number, address in cells]
    assert sorted(titles) == [["Late"], ["Open"]]


@pytest.mark.django_db
def test_meeting_of_three_countries_shows_under_each_pair_and_counts_once(client):
    meeting = make_meeting(("CHN", "LKA", "PAK"), title="Three of us")
    for pair in ("CHN-PAK", "CHN-LKA", "LKA-PAK"):
        page = open_page(client, f"/pairs/{pair}/")
        assert section(page, "others") == ["Three of us"]
        lists = [link.get("href") for link in page.findall(".//section[@aria-labelledby='lists']/h3/a")]
        assert lists[1] == f"/meetings/?country={pair[:3]}&country={pair[4:]}"
        assert ListPage(client.get(lists[1])).count == "1 meeting"
    assert ListPage(client.get("/meetings/")).rows == [meeting.reference]
    assert "· 1 meeting ·" in words(open_page(client, "/").find(".//p[@class='tally']"))
    page = open_page(client, "/pairs/")
    assert pair_rows(page) == [
        ["China and Sri Lanka", "0", "1", "0", "0"],
        ["China and Pakistan", "0", "1", "0", "0"],
        ["Sri Lanka and Pakistan", "0", "1", "0", "0"],
    ]


@pytest.mark.django_db
def test_pairs_are_those_that_share_records_and_an_assembly_makes_none(client):
    make_meeting(("CHN", "LKA", "PAK", "SAU"), title="Assembly")
    make_agreement(("CHN", "PAK"))
    make_agreement(("CHN", "PAK"))
    make_commitment(("SAU",), ("UZB",), meeting=make_meeting(("SAU",), title="Talk"))
    page = open_page(client, "/pairs/")
    assert pair_rows(page) == [
        ["China and Pakistan", "2", "0", "0", "0"],
        ["Saudi Arabia and Uzbekistan", "0", "0", "1", "0"],
    ]
    cells = [(link.get("href"), words(link)) for link in page.findall(".//table[@class='matrix']//a")]
    assert cells == [
        ("/pairs/CHN-PAK/", "2"),
        ("/pairs/CHN-PAK/", "2"),
        ("/pairs/SAU-UZB/", "1"),
        ("/pairs/SAU-UZB/", "1"),
    ]


@pytest.mark.django_db
def test_home_counts_and_shows_the_newest(client):
    meetings = [make_meeting(title=f"Held {year}", held=f"{year}") for year in range(2015, 2023)]
    make_meeting(title="Perhaps", held="2027", status="tentative")
    for year in range(2010, 2018):
        make_agreement(signed=f"{year}", title=f"Signed {year}")
    make_commitment(title="Late", due="2021", meeting=meetings[0])
    make_commitment(title="Later", due="2190", meeting=meetings[0])
    make_commitment(title="Whenever", meeting=meetings[0])
    page = open_page(client, "/")
    told = [(words(link), link.get("href")) for link in page.findall(".//p[@class='tally']/a")]
    assert [number for number, _address in told] == [
        "1 pair of countries",
        "9 meetings",
        "8 agreement records",
        "3 commitments",
    ]
    assert section(page, "h-meetings") == [f"Held {year}" for year in range(2022, 2022 - NEWEST, -1)]
    assert section(page, "h-agreements") == [f"Signed {year}" for year in range(2017, 2017 - NEWEST, -1)]
    assert section(page, "h-due") == ["Late", "Later"]
    for number, address in told[1:]:
        assert ListPage(client.get(address)).count.split()[0] == number.split()[0]


@pytest.mark.django_db
def test_country_page_counts_what_its_lists_hold(client):
    make_agreement(("CHN", "PAK"))
    make_agreement(("LKA", "PAK"))
    make_meeting(("CHN", "LKA"))
    make_forum("jcc", ["CHN", "PAK"], name="Committee")
    make_organisation(name="Ministry", country=make_country("PAK"))
    make_organisation(name="Elsewhere", country=make_country("CHN"))
    page = open_page(client, "/countries/PAK/")
    assert {label: number for label, (number, _address) in figures(page).items()} == {
        "agreement records": 2,
        "meetings": 0,
        "commitments": 0,
        "proposals and statements": 0,
        "overdue": 0,
        "completed": 0,
    }
    assert section(page, "forums") == ["Committee"]
    assert section(page, "organisations") == ["Ministry"]
    assert client.get("/countries/pak/")["Location"] == "/countries/PAK/"
    assert client.get("/countries/SAU/").status_code == 404


@pytest.mark.django_db
def test_source_page_names_each_citing_record_once_with_its_places(client):
    source = make_source(title="Communiqué", language="fr", note="An editorial.")
    agreement, session = make_agreement(title="Paper"), make_meeting(title="", forum=make_forum(), session_number=3)
    for locator in ("page 1", "page 2"):
        AgreementCitation.objects.create(record=agreement, source=source, locator=locator)
    session.citations.create(source=source, field="date", value="2026-01-29")
    page = open_page(client, source.get_absolute_url())
    entries = [
        [words(part) for part in (entry.find("a"), *entry.findall("span/span"))]
        for entry in page.findall(".//ul[@class='entry-list']/li")
    ]
    assert entries == [["Paper", "page 1", "page 2"], [session.headline, "date: 2026-01-29"]]


@pytest.mark.django_db
def test_about_defines_every_word_of_every_enumeration(client):
    text = words(open_page(client, "/about/")).lower()
    for kind in (Progress, Schedule, Agreement.Status, Commitment.Strength):
        assert [label for label in kind.labels if str(label).lower() not in text] == []
