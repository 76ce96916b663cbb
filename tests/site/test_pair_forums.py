"""Forums on the page of a pair: all their sessions, also those at which others met; those of both are marked."""

from datetime import date

import pytest

from meetings.models import Meeting
from tests.factories import make_country, make_forum, make_meeting, make_working_group
from tests.registers.reading import parse, words
from tracker.site.pair import PairPage

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


def page():
    return PairPage(make_country("CHN"), make_country("PAK"), TODAY)


@pytest.fixture
def club(db):
    """A forum of four, of whose sessions one names China and Pakistan and one others."""
    forum = make_forum("club", ["CHN", "LKA", "PAK", "UZB"])
    make_meeting(["CHN", "PAK", "LKA"], forum=forum, session_number=1, title="", held="2020")
    make_meeting(["LKA", "UZB"], forum=forum, session_number=2, title="", held="2022")
    make_meeting((), forum=forum, session_number=3, title="", held="2024")
    make_meeting(["LKA", "UZB"], forum=forum, session_number=4, title="", held="2027", status="confirmed")
    make_meeting(["LKA", "UZB"], forum=forum, session_number=5, title="", held="2028", state="draft")
    make_meeting(["LKA", "UZB"], working_group=make_working_group(forum=forum))
    return forum


def numbers(sessions):
    return [session.session_number for session in sessions]


def test_forum_of_many_shows_all_its_sessions_and_what_comes_next(club):
    (card,) = page().forums
    assert numbers(card.sessions) == [4, 3, 2, 1]
    assert [cell[0] for cell in card.strip] == [1, 2, 3, 4]
    assert (card.last.session_number, card.next.session_number) == (3, 4)


def test_sessions_of_others_are_no_meetings_of_the_pair(club):
    found = page()
    assert sorted(numbers(found.meetings)) == [1, 3]
    assert found.loose_meetings == []


def test_sessions_at_which_both_are_named_as_present_are_marked(client, club):
    (card,) = page().forums
    assert {session.session_number: session.names_both for session in card.sessions} == {
        1: True,
        2: False,
        3: False,
        4: False,
    }
    table = parse(client.get("/pairs/CHN-PAK/").content.decode()).find(".//article[@class='forum-card']//table")
    rows = {words(row.find("th")): words(row.findall("td")[3]) for row in table.findall("tbody/tr")}
    assert rows["1"] == "named as present"
    assert {rows[number] for number in "234"} == {"attendance not stated"}


def test_forum_of_the_two_alone_needs_no_mark(client):
    forum = make_forum("jcc", ["CHN", "PAK"])
    make_meeting(forum=forum, session_number=1)
    table = parse(client.get("/pairs/CHN-PAK/").content.decode()).find(".//article[@class='forum-card']//table")
    assert "Both countries" not in words(table.find("thead"))


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"held": "2027", "status": "tentative"}, "expected"),
        ({"held": "", "status": "tentative"}, "expected"),
        ({"held": "2025", "status": "confirmed"}, "not-held"),
        ({"held": "2027", "status": "postponed"}, "not-held"),
        ({"held": "2027", "status": "cancelled"}, "not-held"),
    ],
)
def test_only_what_is_still_to_come_is_expected(fields, state):
    forum = make_forum("jcc", ["CHN", "PAK"])
    make_meeting(forum=forum, session_number=1, held="2020")
    make_meeting(forum=forum, session_number=2, **fields)
    (card,) = page().forums
    assert [cell[2] for cell in card.strip][1] == state
    assert (card.next is not None) is (state == "expected")


def test_sessions_of_a_pair_are_named_by_the_word_of_the_forum(client):
    forum = make_forum("jcc", ["CHN", "PAK"], session_word="round")
    make_meeting(forum=forum, session_number=2, title="", held="2020")
    make_meeting(forum=forum, session_number=3, title="", held="2190", status="confirmed")
    card = parse(client.get("/pairs/CHN-PAK/").content.decode()).find(".//article[@class='forum-card']")
    clock = words(card.find("p[@class='session-clock']"))
    assert clock.startswith("3 numbers; 1 is known as held. Round 2 2020")
    assert words(card.find("p[@class='say']")) == "Round 3 is expected."
    missing, *known = card.find("ol").findall("li")
    assert missing.find("span").get("title") == "Round 1: no source seen"
    assert [cell.find("a").get("aria-label") for cell in known] == ["Round 2, 2020", "Round 3, planned for 2190"]


def test_meeting_of_three_shows_under_each_pair_and_counts_once(client):
    make_meeting(["CHN", "PAK", "UZB"], title="Trilateral")
    for code in ("CHN-PAK", "CHN-UZB", "PAK-UZB"):
        others = parse(client.get(f"/pairs/{code}/").content.decode()).find(".//details[@id='others']")
        assert [words(each) for each in others.findall(".//a[@class='entry-title']")] == ["Trilateral"]
    assert Meeting.objects.published().count() == 1
    home = parse(client.get("/").content.decode()).find(".//p[@class='tally']")
    assert "1 meeting" in words(home)
