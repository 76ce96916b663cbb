"""How often a forum meets: told only where enough days are known, and never as a delay."""

from datetime import date

import pytest

from tests.factories import make_forum, make_meeting
from tests.registers.reading import parse, words
from tracker.site.rhythm import rhythm_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


def sessions(*days, status="held"):
    forum = make_forum("jcc", ["CHN", "PAK"])
    return [
        make_meeting(forum=forum, session_number=place + 1, title="", held=day, status=status)
        for place, day in enumerate(days)
        if day is not None
    ]


def test_usual_interval_is_the_median_of_the_gaps_between_neighbours():
    found = rhythm_of(sessions("2020-01-10", "2021-01-10", "2021-11-10", "2024-01-10"), TODAY)
    assert (found.gaps, found.usual, found.beyond) == ((12, 10, 26), 12, 13)
    assert found.in_words == ("Between two sessions lie about 12 months: the median of 3 gaps, of 10–26 months.")
    assert found.beyond_in_words == "It is now 13 months beyond this interval."


@pytest.mark.parametrize(
    "days",
    [
        (),
        ("2020", "2021", "2022", "2023"),  # nobody knows the months
        ("2020-01", "2021-01", "2022-01"),  # two gaps
        ("2020-01", None, "2022-01", None, "2024-01", None, "2026-01"),  # holes
        ("../2020-01-31", "../2021-01-31", "../2022-01-31", "../2023-01-31"),
    ],
)
def test_interval_is_not_told_where_too_little_is_known(days):
    assert rhythm_of(sessions(*days), TODAY) is None


def test_time_since_a_last_session_of_no_known_day_is_beyond_nothing():
    known = sessions("2020-01", "2021-01", "2022-01", "2023-01", "")
    assert rhythm_of(known, TODAY).beyond == 0
    assert rhythm_of(known, TODAY).beyond_in_words == ""


def test_session_that_is_only_planned_counts_for_nothing():
    held = sessions("2020-01", "2021-01", "2022-01", "2023-01")
    planned = make_meeting(forum=held[0].forum, session_number=5, title="", held="2026-01", status="tentative")
    assert rhythm_of([*held, planned], TODAY) == rhythm_of(held, TODAY)


def test_page_of_a_pair_tells_the_interval_and_calls_no_session_overdue(client):
    sessions("2020-01", "2021-01", "2022-01", "2023-01")
    card = parse(client.get("/pairs/CHN-PAK/").content.decode()).find(".//article[@class='forum-card']")
    said = words(card.find("p[@class='say']"))
    assert said.startswith("Between two sessions lie about 12 months: the median of 3 gaps. It is now")
    assert said.endswith("beyond this interval. We have seen no date for the next session.")
    assert "overdue" not in words(card)
