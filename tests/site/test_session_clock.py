"""The sessions of a forum on an axis of years: as exactly as they are known, as the language is read, and nothing
overdue."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation

from tests.factories import make_forum, make_meeting
from tests.registers.reading import parse, words
from tracker.site.rhythm import rhythm_of
from tracker.site.session_clock import SIDE, SessionClock

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)
DAYS = ("2020-01-10", "2021-01-10", "2021-11-10", "2024-01-10")


def sessions(*days, status="held"):
    forum = make_forum("jcc", ["CHN", "PAK"])
    return [
        make_meeting(forum=forum, session_number=place + 1, title="", held=day, status=status)
        for place, day in enumerate(days)
    ]


def clock_of(found, expected=None, today=TODAY):
    return SessionClock(found, expected, rhythm_of(found, today), today)


def wide(clock):
    return clock.drawings[0]


def kinds(clock):
    return [mark.kind for mark in wide(clock).marks]


def test_days_stand_in_order_on_the_axis_with_the_usual_interval_after_the_last():
    drawing = wide(clock_of(sessions(*DAYS)))
    places = [float(mark.x) for mark in drawing.marks]
    assert kinds(drawing.clock) == ["dot"] * 4 and places == sorted(places)
    assert (drawing.clock.years, drawing.years[0], drawing.years[-1]) == (
        (2020, 2027),
        ("16.0", "2020"),
        ("704.0", "2027"),
    )
    left, width = map(float, drawing.usual)
    assert left == places[-1] and width == pytest.approx(688 / 7, abs=1)  # 12 months, a seventh of the axis
    assert left + width < float(drawing.today_x)
    assert drawing.clock.notes[-1] == "It is now 13 months beyond this interval."


def test_day_that_is_not_known_is_a_bar_or_an_open_dot():
    clock = clock_of(sessions("2020-01-10", "2021", "2022-07", "../2024-02-01", ""))
    assert kinds(clock) == ["span", "dot", "dot-open", "dot-open"]
    bar = wide(clock).marks[0]
    assert float(bar.end) - float(bar.x) == pytest.approx(688 / 7, abs=1)
    assert clock.undated_in_words == "1 session of no known date is not drawn." and clock.usual is None
    assert [kind for kind, _words in clock.key] == ["dot", "dot-open", "span", "today"]


def test_session_that_is_expected_is_drawn_as_such_and_makes_room():
    found = sessions(*DAYS)
    expected = make_meeting(forum=found[0].forum, session_number=5, title="", held="2030-05-04", status="tentative")
    clock = clock_of(found, expected)
    assert kinds(clock)[-1] == "dot-planned" and clock.years == (2020, 2031)
    assert ("dot-planned", "expected") in clock.key
    assert clock_of(found[:1]).is_drawn and not clock_of([]).is_drawn


def test_what_was_put_off_or_cancelled_is_no_mark():
    found = sessions("2020-01-10", "2021-01-10")
    off = make_meeting(forum=found[0].forum, session_number=3, title="", held="2022", status="cancelled")
    assert kinds(clock_of([*found, off])) == ["dot", "dot"]


def test_time_runs_as_the_language_is_read():
    clock = clock_of(sessions(*DAYS))
    for place in (0, 1):
        english = clock.drawings[place]
        there = [float(mark.x) for mark in english.marks]
        left, width = map(float, english.usual)
        with translation.override("ur"):
            urdu = clock.drawings[place]
            back = [english.width - float(mark.x) for mark in urdu.marks]
            other, same = map(float, urdu.usual)
        assert back == pytest.approx(there, abs=0.11)
        assert (other + same, same) == pytest.approx((english.width - left, width), abs=0.11)


def test_numbers_and_years_have_room_on_narrow_screens_too():
    clock = clock_of(sessions(*(f"{2000 + place // 4}-{place % 4 * 3 + 1:02}-10" for place in range(60))))
    for drawing in clock.drawings:
        for row in (drawing.numbers, drawing.years):
            places = sorted(float(x) for x, _text in row)
            assert all(later - earlier >= 11 for earlier, later in pairwise(places))
        assert drawing.numbers[0][1] == "60"
        assert min(float(x) for x, _year in drawing.years) >= SIDE


def test_page_of_a_pair_draws_the_clock_above_the_list_of_sessions(client):
    sessions(*DAYS)
    card = parse(client.get("/pairs/CHN-PAK/").content.decode()).find(".//article[@class='forum-card']")
    figure = card.find("figure")
    wide, narrow = figure.findall(".//svg[@role='img']")
    assert (wide.get("width"), narrow.get("width")) == ("720", "343")
    assert re.match(r"4 dated sessions on an axis from 2020 to \d{4}\. Between", wide.get("aria-label"))
    assert [words(each) for each in figure.findall(".//li")] == [
        "day known",
        "usual interval after the last session",
        "today",
    ]
    assert "overdue" not in words(card) and len(card.findall("details")) == 1
