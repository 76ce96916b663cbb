"""A timeline that counts by year: all that there is, in its year, and no more marks than there is room for."""

from datetime import date
from itertools import pairwise

import pytest

from tracker.site.timeline import NARROW, WIDE
from tracker.site.timeline_by_year import LEAST_RADIUS, MOST_RADIUS, draw_by_year

TODAY = date(2026, 3, 1)
LEFT, RIGHT, WIDTH, MOST_SPANS = WIDE.margin, WIDE.margin, WIDE.width, WIDE.most_spans


def drawn(*numbers):
    return draw_by_year([(f"Lane {place}", each) for place, each in enumerate(numbers)], TODAY)


@pytest.mark.parametrize("numbers", [[], [{}], [{None: 3}], [{2020: 0}]])
def test_nothing_of_a_known_year_is_not_drawn(numbers):
    assert drawn(*numbers) is None


def test_each_year_has_a_mark_with_its_number_in_the_middle_of_the_year():
    (lane,) = drawn({2020: 4, 2022: 1}).lanes
    assert [(str(span), number) for span, number, _radius in lane.marks] == [("2020", 4), ("2022", 1)]
    assert [radius for _span, _number, radius in lane.marks] == [f"{MOST_RADIUS:.1f}", "6.5"]
    years = dict(drawn({2020: 4, 2022: 1}).years)
    middle = LEFT + (years[2021] - LEFT) / 2
    assert abs(float(lane.marks[0][0].x) - middle) < 1


def test_table_has_a_row_for_each_year_in_which_there_is_something():
    found = drawn({2020: 4, 2022: 1}, {}, {2022: 2, None: 3}, {None: 1})
    assert [(str(span), numbers) for span, numbers in found.rows] == [("2020", [4, 0, 0]), ("2022", [1, 2, 0])]
    assert ([lane.title for lane in found.lanes], found.number) == (["Lane 0", "Lane 2", "Lane 3"], 7)
    assert (found.unplaced, [lane.unplaced for lane in found.lanes]) == (4, [0, 3, 1])


@pytest.mark.parametrize("first", [1, 1400, 1900, 1950, 1997, 2026])
def test_years_are_put_together_where_there_is_no_room_for_each(first):
    found = drawn(dict.fromkeys(range(first, 2027), 1), {2030: 5})
    assert len(found.spans) <= MOST_SPANS
    assert (found.spans[0].first, found.spans[-1].last) == (first, 2030)
    assert all(one.last + 1 == other.first for one, other in pairwise(found.spans))
    assert found.number == 2027 - first + 5
    xs = [float(span.x) for span in found.spans]
    assert xs == sorted(xs) and xs[0] >= LEFT and xs[-1] <= WIDTH - RIGHT
    assert {str(span) for span in found.spans if span.first != span.last} == {
        f"{span.first}–{span.last}" for span in found.spans if span.first != span.last
    }
    radii = [float(radius) for lane in found.lanes for _span, _number, radius in lane.marks]
    assert min(radii) > LEAST_RADIUS and max(radii) == MOST_RADIUS


def test_narrow_drawing_counts_the_same_records_in_fewer_marks():
    numbers = {2000 + year: year + 1 for year in range(26)}
    wide, narrow = (draw_by_year([("Sessions", numbers)], TODAY, sheet) for sheet in (WIDE, NARROW))
    assert wide.number == narrow.number == sum(numbers.values())
    assert len(narrow.spans) <= NARROW.most_spans < len(wide.spans)
    xs = [float(span.x) for span in narrow.spans]
    assert NARROW.margin <= min(xs) and max(xs) <= NARROW.end
