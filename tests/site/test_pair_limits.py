"""The page of a pair shows the beginning of what there is much of; its numbers are of all, and it grows no further."""

from datetime import date
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from agreements.models import Forum
from meetings.models import CommitmentParty, Meeting, ProgressUpdate, Schedule
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)
from tests.registers.reading import exported, parse, words
from tracker.records.models import one_change
from tracker.site import pair_limits
from tracker.site.pair import PairPage
from tracker.site.pair_limits import OF_MOST_PAIRS, Limits

pytestmark = pytest.mark.django_db

PAGE = "/pairs/CHN-PAK/"
PAIR = "country=CHN&country=PAK"
OPEN = "&".join(f"implementation={code}" for code in ("no_report", "not_yet_due", "reported", "under_way"))
CLOSED = "&".join(f"implementation={code}" for code in ("done", "done_claimed", "ended"))
MOST_FORUMS, MOST, MOST_OPEN = OF_MOST_PAIRS.forums, OF_MOST_PAIRS.rows, OF_MOST_PAIRS.open
MOST_SESSIONS, MOST_NUMBERS = OF_MOST_PAIRS.sessions, OF_MOST_PAIRS.numbers


def share(number, forums=1, sessions=1):
    """So many of everything that the page lists; the oldest meeting is that of a commitment that is overdue."""
    with one_change():
        hubs = [make_forum(f"forum-{place}", ["CHN", "PAK"], name=f"Forum {place:02}") for place in range(forums)]
        ministry = make_organisation("ministry", country=make_country("CHN"))
        for hub in hubs:
            hub.lead_organisations.add(ministry)
        for place in range(sessions):
            make_meeting(forum=hubs[0], session_number=place + 1, title="", held=f"{1950 + place}")
        for place in range(number):
            make_agreement(signed=f"{1960 + place}")
            make_working_group(f"group-{place}", forum=hubs[0])
            meeting = make_meeting(held=f"{1960 + place}", title=f"Meeting of {1960 + place}")
            body = make_organisation(f"body-{place:02}", country=make_country("PAK"))
            due = "1970" if place == 0 else "2190"
            for strength, fields in (("agreed", {}), ("proposed", {}), ("committed", {"closure": "completed"})):
                title = f"{strength} {1960 + place}"
                made = make_commitment(meeting=meeting, strength=strength, due=due, title=title, **fields)
                CommitmentParty.objects.create(commitment=made, side="by", organisation=body)


def read(client, address=PAGE):
    return parse(client.get(address).content.decode())


def section(page, name):
    """A part of the page, also a folded one."""
    found = page.find(f".//section[@aria-labelledby='{name}']")
    return page.find(f".//details[@id='{name}']") if found is None else found


def more(element):
    """What it says of the rest, and the address of that; None where it says nothing."""
    link = element.find(".//p[@class='cut']/a[@class='more-link']")
    return None if link is None else (words(link), link.get("href"))


def entries(element):
    return [words(each) for each in element.iter("a") if each.get("class") in ("entry-title", "promise-title")]


LISTS = {
    "agreements": (f"/agreements/?{PAIR}", "agreements"),
    "others": (f"/meetings/?{PAIR}", "meetings"),
    "groups": (f"/working-groups/?{PAIR}", "working-groups"),
    "closed": (f"/commitments/?{PAIR}&standing=firm&{CLOSED}", "commitments"),
    "proposals": (f"/commitments/?{PAIR}&standing=soft", "commitments"),
}


def test_lists_that_are_cut_say_how_many_more_there_are_and_lead_to_all(client):
    share(MOST + 2)
    page = read(client)
    for name, (address, register) in LISTS.items():
        shown = section(page, name)
        assert len(entries(shown)) == MOST, name
        assert more(shown) == ("2 more", address), name
        assert len(exported(client, register, address.partition("?")[2])) >= MOST + 2, name


def test_what_is_open_is_cut_and_the_answer_says_how_much_there_is(client):
    share(MOST_OPEN + 2)
    shown = section(read(client), "open")
    assert len(entries(shown)) == MOST_OPEN
    number = MOST_OPEN + 2
    assert words(shown.find("p[@class='answer-line']")).startswith(
        f"{number} of {2 * number} firm commitments are open."
    )
    last = shown.find("p[@class='more']/a")
    address = f"/commitments/?{PAIR}&standing=firm&{OPEN}&sort=silence"
    assert (words(last), last.get("href")) == (f"All {number} open commitments", address)
    assert len(exported(client, "commitments", address.partition("?")[2])) == number


def test_forums_and_their_sessions_are_cut(client):
    share(1, forums=MOST_FORUMS + 2, sessions=MOST_NUMBERS + 3)
    page = read(client)
    cards = section(page, "forums").findall("article[@class='forum-card']")
    assert [words(card.find("h3")) for card in cards] == [f"Forum {place:02}" for place in range(MOST_FORUMS)]
    last = section(page, "forums").findall("p[@class='cut']/a")
    assert [(words(link), link.get("href")) for link in last] == [("2 more", f"/forums/?{PAIR}")]
    numbers = [words(row.find("th")) for row in cards[0].findall(".//table/tbody/tr")]
    assert numbers == [str(MOST_NUMBERS + 3 - place) for place in range(MOST_SESSIONS)]
    rest = MOST_NUMBERS + 3 - MOST_SESSIONS
    assert more(cards[0]) == (f"{rest} more", "/meetings/?forum=forum-0")
    strip = [words(cell) for cell in cards[0].findall("ol[@class='session-strip']/li")]
    assert strip == [str(number) for number in range(4, MOST_NUMBERS + 4)]
    assert "Numbers below 4 are not drawn." in words(cards[0])
    assert more(cards[1]) is None


def test_organisations_are_cut_and_those_that_lead_come_first(client):
    share(MOST + 2, forums=MOST_FORUMS + 2)
    china, pakistan = section(read(client), "who").findall(".//div[@class='side']")
    assert more(china) is None
    assert words(china.find("p")).startswith("ministry leads Forum 00; leads Forum 01;")
    assert words(china.find("p")).endswith("leads Forum 11; leads 2 further forums")
    assert len(pakistan.findall("p/a")) == MOST + 1 and len(pakistan.findall("p/span[@class='meta']")) == MOST
    assert more(pakistan) == ("2 more", "/organisations/?country=PAK")
    assert words(pakistan.find("p")).endswith("undertook 2 of the commitments; named in 1 of the proposals")


def test_pair_that_fits_is_shown_whole(client):
    share(MOST, forums=MOST_FORUMS, sessions=MOST_SESSIONS)
    page = read(client)
    assert page.find(".//p[@class='cut']") is None
    assert len(entries(section(page, "open"))) == MOST
    assert all(len(entries(section(page, name))) == MOST for name in LISTS)


def test_numbers_are_of_all_that_there_is(client):
    number = MOST + 2
    share(number, forums=2, sessions=MOST_SESSIONS + 1)
    page = read(client)
    contents = [words(each) for each in page.findall(".//nav[@class='toc']/ol/li/a/span[@class='n']")]
    assert contents == [str(each) for each in (number, 2, number, 4 * number)]
    assert words(section(page, "agreements").find("p[@class='say']/b")) == str(number)
    found = PairPage(make_country("CHN"), make_country("PAK"), localdate())
    assert found.number_of_meetings == number + MOST_SESSIONS + 1
    found = found.promises
    numbers = {(row, column): n for row, cells, _soft in found.crosstab for column, n in cells if n}
    assert numbers == {
        ("no_information", Schedule.OVERDUE): 1,
        ("no_information", Schedule.NOT_YET_DUE): number - 1,
        ("no_information", Schedule.CLOSED): number,
    }
    assert {row: soft for row, _cells, soft in found.crosstab if soft} == {"no_information": number}
    assert found.strengths == [("agreed", number), ("committed", number), ("proposed", number)]


def test_what_is_overdue_comes_first_and_then_what_was_longest_not_heard_of(client):
    share(MOST_OPEN + 2)
    meeting = make_meeting(held="1950", title="The oldest")
    oldest = make_commitment(meeting=meeting, title="agreed 1950")
    undated = make_commitment(meeting=make_meeting(held="", title="Undated"), title="undated")
    page = read(client)
    expected = ["agreed 1960", "agreed 1950", *(f"agreed {year}" for year in range(1961, 1960 + MOST_OPEN - 1))]
    assert entries(section(page, "open")) == expected
    assert entries(section(page, "proposals"))[-1] == f"proposed {1960 + 2 + MOST_OPEN - MOST}"
    # What was heard of it makes it younger; of what bears no date nobody can tell how old it is.
    ProgressUpdate.objects.create(
        commitment=oldest, side=make_country("PAK"), as_of="2020-05", progress="started", state="published"
    )
    assert undated.title not in entries(section(read(client), "open"))
    listed = [row["reference"] for row in exported(client, "commitments", f"{PAIR}&standing=firm&{OPEN}&sort=silence")]
    assert listed[-2:] == [oldest.reference, undated.reference]


def test_sources_are_those_of_what_is_shown(client):
    share(MOST + 2)
    found = PairPage(make_country("CHN"), make_country("PAK"), localdate())
    cited = {entry["source"] for entry in found.numbered_sources}
    lists = (found.lists.open, found.lists.closed, found.lists.soft)
    shown = [*found.agreements, *found.loose_meetings, *found.groups, *chain(*lists), found.forums[0].forum]
    shown += found.forums[0].sessions
    assert cited == {citation.source for record in shown for citation in record.citations.select_related("source")}
    assert len(section(read(client), "sources").findall(".//ol[@class='sources']/li")) == len(cited)


# Pairs so large that the page tells numbers, and the newest


@pytest.fixture
def narrow(monkeypatch):
    """Limits that a few records reach."""
    monkeypatch.setattr(pair_limits, "MOST_DATED", 6)
    monkeypatch.setattr(
        pair_limits, "OF_MOST_PAIRS", Limits(open=3, rows=3, forums=2, sessions=2, numbers=4, is_by_record=True)
    )
    monkeypatch.setattr(
        pair_limits, "OF_LARGE_PAIRS", Limits(open=2, rows=2, forums=2, sessions=0, numbers=3, is_by_record=False)
    )


def test_timeline_of_many_records_is_counted_by_year(client, narrow):
    share(3, forums=2, sessions=3)
    make_meeting(held="1961-05-03")
    make_meeting(held="")
    make_meeting(held="2190", status="tentative")
    make_agreement()
    timeline = section(read(client), "timeline")
    table = timeline.find(".//details[@class='chart-data']/table")
    assert [words(head) for head in table.findall("thead/tr/th")] == [
        "Year",
        "Sessions of forums",
        "Working groups and other meetings",
        "Agreements signed or adopted",
    ]
    assert [[words(cell) for cell in row] for row in table.findall("tbody/tr")] == [
        ["1950", "1", "0", "0"],
        ["1951", "1", "0", "0"],
        ["1952", "1", "0", "0"],
        ["1960", "0", "1", "1"],
        ["1961", "0", "2", "1"],
        ["1962", "0", "1", "1"],
        ["year not known", "0", "1", "1"],
    ]
    drawing = timeline.find(".//svg")
    assert drawing.get("role") == "img" and drawing.findall(".//a") == []
    assert words(drawing.find("desc")) == "10 dated records, counted by year."
    assert [words(text) for text in drawing.findall("text[@class='text-middle']")] == [
        "1",
        "1",
        "1",
        "1",
        "2",
        "1",
        "1",
        "1",
        "1",
    ]
    assert "2 records without a known year are counted in the table only." in words(timeline.find(".//figcaption"))


def test_forum_of_a_large_pair_has_its_clock_and_its_newest_numbers_only(client, narrow):
    share(4, sessions=5)
    make_meeting(forum=make_forum("other", ["CHN", "PAK"]), session_number=7, title="", held="2020")
    card, other = section(read(client), "forums").findall("article[@class='forum-card']")
    assert [words(cell) for cell in card.findall("ol[@class='session-strip']/li")] == ["3", "4", "5"]
    assert words(card.find("p[@class='session-clock']")).startswith("5 numbers; 5 are known as held. Session 5 1954")
    assert card.find(".//table") is None
    assert more(card) == ("2 more", "/meetings/?forum=forum-0")
    assert more(other) is None


@pytest.mark.parametrize("planned", ["2190", ""])
def test_last_and_next_session_are_known_however_many_are_planned(narrow, planned):
    share(4, sessions=2)
    forum = make_forum("planned", ["CHN", "PAK"])
    make_meeting(forum=forum, session_number=1, held="2020")
    make_meeting(forum=forum, session_number=2, held="2021", status=Meeting.Status.TENTATIVE)
    for number in range(3, 10):
        make_meeting(forum=forum, session_number=number, held=planned, status=Meeting.Status.TENTATIVE)
    found = PairPage(make_country("CHN"), make_country("PAK"), date(2026, 3, 1))
    card = next(card for card in found.forums if card.forum == forum)
    assert (card.last.session_number, card.next.session_number) == (1, 3)
    assert ([cell[0] for cell in card.strip], card.drawn.more) == ([7, 8, 9], 6)


@pytest.mark.parametrize("language", ["", "/ur", "/zh-hans"])
def test_page_of_a_large_pair_does_not_grow(client, narrow, language):
    share(4, forums=4, sessions=6)
    make_meeting(forum=Forum.objects.get(slug="forum-1"), session_number=1, title="", held="1950")
    half = client.get(language + PAGE).content
    with CaptureQueriesContext(connection) as asked_before:
        client.get(language + PAGE)
    with one_change():
        for place in range(8):
            share_more(place)
    whole = client.get(language + PAGE).content
    with CaptureQueriesContext(connection) as asked_after:
        client.get(language + PAGE)
    # Only its numbers have more digits.
    assert 0 < len(whole) - len(half) < 150
    assert len(asked_before) == len(asked_after)


def share_more(place):
    """One more of everything, in the same years."""
    forum = make_forum(f"later-{place}", ["CHN", "PAK"], name=f"Later {place}")
    make_meeting(forum=forum, session_number=1, title="", held="1950")
    make_agreement(signed="1960")
    make_working_group(f"later-group-{place}", forum=forum)
    meeting = make_meeting(held="1960", title="Meeting of 1960")
    body = make_organisation(f"later-body-{place}", country=make_country("PAK"))
    for strength in ("agreed", "proposed"):
        made = make_commitment(meeting=meeting, strength=strength, due="2190", title=f"{strength} 1960")
        CommitmentParty.objects.create(commitment=made, side="by", organisation=body)
