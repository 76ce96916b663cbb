"""The geometry of a timeline: every point lies where its date is, within the drawing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import translation

from tests.factories import make_agreement, make_meeting
from tracker.site import timeline
from tracker.site.timeline import NARROW, WIDE, Lane, Point, draw, on_each_sheet

TODAY = date(2026, 3, 1)
LEFT, RIGHT, WIDTH = WIDE.margin, WIDE.margin, WIDE.width


def point(earliest, latest=None, label="A record"):
    days = [day and date.fromisoformat(day) for day in (earliest, latest or earliest)]
    return Point(label=label, date="", url="/", earliest=days[0], latest=days[1], exactness="exact")


def drawn(*days, today=TODAY):
    return draw([Lane("Meetings", [point(*([day] if isinstance(day, str) else day)) for day in days])], today)


@pytest.mark.parametrize("lanes", [[], [Lane("Empty")], [Lane("Undated", [point(None)])]])
def test_timeline_without_dated_points_is_not_drawn(lanes):
    assert draw(lanes, TODAY) is None


def test_lanes_without_dated_points_are_left_out():
    lanes = [Lane("Empty"), Lane("Full", [point("2020-01-01"), point(None)]), Lane("Undated", [point(None)])]
    found = draw(lanes, TODAY)
    assert [(lane.title, len(lane.points)) for lane in found.lanes] == [("Full", 1)]


def test_drawing_leaves_the_lanes_that_it_was_given_as_they_were():
    lanes = [Lane("Undated", [point(None)]), Lane("Full", [point("2020-01-01")])]
    draw(lanes, TODAY)
    assert [len(lane.points) for lane in lanes] == [1, 1]


def test_points_lie_in_order_of_their_days_within_the_margins():
    days = [(date(2011, 7, 4) + timedelta(days=97 * step)).isoformat() for step in range(50)]
    xs = [each.x for each in drawn(*days).lanes[0].points]
    assert xs == sorted(xs)
    assert len(set(xs)) == len(xs)
    assert all(LEFT <= x <= WIDTH - RIGHT for x in xs)


def test_first_of_the_first_year_lies_at_the_left_margin_and_the_distance_is_in_proportion():
    found = drawn("2020-01-01", "2023-01-01", today=date(2023, 6, 1))
    span = WIDTH - LEFT - RIGHT
    total = (date(2024, 1, 1) - date(2020, 1, 1)).days
    expected = round(LEFT + (date(2023, 1, 1) - date(2020, 1, 1)).days / total * span, 1)
    assert [each.x for each in found.lanes[0].points] == [LEFT, expected]


def test_years_run_from_the_first_point_to_the_end_of_this_year():
    found = drawn("2021-05-01", today=date(2024, 2, 1))
    assert [year for year, _x in found.years] == [2021, 2022, 2023, 2024, 2025]
    assert (found.years[0][1], found.years[-1][1]) == (LEFT, WIDTH - RIGHT)
    assert found.years[3][1] < found.today_x < found.years[4][1]


def test_years_reach_to_points_in_the_future():
    found = drawn("2025-05-01", "2030-05-01")
    assert found.years[-1][0] == 2031
    assert found.today_x < found.lanes[0].points[1].x


@pytest.mark.parametrize("first", [1950, 1990, 2011, 2024, 2026])
def test_years_are_labelled_at_even_steps_and_not_too_many(first):
    labels = [year for year, _x in drawn(f"{first}-06-01").years]
    assert labels[0] == first
    assert len(labels) <= WIDE.most_years
    assert len({after - before for before, after in pairwise(labels)}) <= 1


def test_points_of_one_day_only_are_drawn():
    found = drawn("2026-03-01", today=date(2026, 3, 1))
    assert found.lanes[0].points[0].x == found.today_x


@pytest.mark.parametrize(
    ("earliest", "latest", "day"),
    [
        ("2020-01-01", "2020-01-31", date(2020, 1, 16)),
        ("2020-01-01", "2020-01-01", date(2020, 1, 1)),
        ("2020-01-01", "2020-12-31", date(2020, 7, 1)),
    ],
)
def test_point_of_a_period_lies_in_its_middle(earliest, latest, day):
    assert point(earliest, latest).day == day


def test_point_with_one_bound_lies_there():
    before = Point("", "", "", None, date(2020, 1, 1), "inexact")
    after = Point("", "", "", date(2021, 1, 1), None, "inexact")
    assert (before.day, after.day) == (date(2020, 1, 1), date(2021, 1, 1))


def test_lanes_stand_one_below_the_other_within_the_height():
    found = draw([Lane(str(number), [point("2020-01-01")]) for number in range(4)], TODAY)
    ys = [lane.y for lane in found.lanes]
    assert {after - before for before, after in pairwise(ys)} == {timeline.LANE}
    assert ys[-1] < found.base < found.foot < found.height


def test_table_of_the_timeline_names_all_points_in_order_of_time():
    lanes = [
        Lane("a", [point("2022-01-01", label="2"), point("2020-01-01", label="1")]),
        Lane("b", [point("2024-01-01", label="3")]),
    ]
    assert [each.label for each in draw(lanes, TODAY).points] == ["1", "2", "3"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "exactness"),
    [
        ({"held": "2021-09-23"}, "exact"),
        ({"held": "2021-09"}, "inexact"),
        ({"held": "../2021-09-23"}, "inexact"),
        ({"held": "2021?-09-23"}, "inexact"),
        ({"held": "2021-09-23~"}, "inexact"),
        ({"held": "2021-09-23", "held_basis": "inferred"}, "inexact"),
        ({"held": "2021-09-23", "held_basis": "outside"}, "exact"),
        ({"held": "2011-07-04/2011-07-05"}, "exact"),
        ({"held": "2011-07-04/2011-07-05", "held_basis": "inferred"}, "inexact"),
        ({"held": "[2011-07-04,2011-07-05]"}, "inexact"),
        ({"held": ""}, "unknown"),
        ({"held": "", "held_basis": "inferred"}, "unknown"),
    ],
)
def test_point_is_exact_only_where_a_source_states_each_day(fields, exactness):
    meeting = make_meeting(**fields)
    found = timeline.point(meeting, "JCC", "held", "10")
    assert (found.exactness, found.url, found.number, found.label) == (
        exactness,
        meeting.get_absolute_url(),
        "10",
        "JCC",
    )
    assert found.date == meeting.held_in_words


@pytest.mark.django_db
def test_point_of_an_agreement_is_the_day_of_its_signature():
    found = timeline.point(make_agreement(signed="2021-07"), "MoU", "signed")
    assert (found.earliest, found.latest, found.date) == (date(2021, 7, 1), date(2021, 7, 31), "July 2021")


def test_timeline_is_drawn_for_narrow_screens_too_where_it_needs_no_scrolling():
    days = [point((date(2011, 7, 4) + timedelta(days=97 * step)).isoformat()) for step in range(50)]
    found = on_each_sheet(draw, [Lane("Meetings", days)], TODAY)
    wide, narrow = found.drawings
    assert (wide.sheet, narrow.sheet, found.points) == (WIDE, NARROW, wide.points)
    for drawing in found.drawings:
        xs = [each.x for each in drawing.lanes[0].points]
        assert xs == sorted(xs)
        assert all(drawing.sheet.margin <= x <= drawing.sheet.end for x in xs)
    assert NARROW.width <= 343 and len(narrow.years) <= NARROW.most_years + 1
    gaps = [after - before for (_one, before), (_other, after) in pairwise(narrow.years)]
    assert min(gaps) > 40
    assert on_each_sheet(draw, [], TODAY) is None


def test_timeline_runs_from_right_to_left_where_the_language_does():
    days = ["2011-07-04", "2015-01-01", "2020-01-01"]
    ltr = drawn(*days)
    with translation.override("ur"):
        rtl = drawn(*days)
        assert WIDE.title_x == WIDTH
    assert [each.x for each in rtl.lanes[0].points] == [
        pytest.approx(WIDTH - each.x, abs=0.11) for each in ltr.lanes[0].points
    ]
    assert rtl.years[0][1] > rtl.years[-1][1] and rtl.today_x < rtl.lanes[0].points[-1].x
    assert WIDE.title_x == 0


def test_numbers_are_drawn_where_there_is_room_for_them():
    sessions = [point(f"2020-0{month}-01", label=str(month)) for month in range(1, 10)]
    for number, each in enumerate(sessions):
        each.number = str(number)
    narrow = draw([Lane("JCC", [*sessions, point("2000-01-01")])], TODAY, NARROW)
    shown = narrow.lanes[0].numbers
    assert len(narrow.lanes[0].points) == 10 and 0 < len(shown) < 9
    assert all(after - before >= timeline.LEAST_GAP for (before, _one), (after, _other) in pairwise(shown))
