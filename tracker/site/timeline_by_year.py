"""A timeline of so many records that they are counted: of each lane, how many there are in which years."""

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass

from .timeline import HEAD, LANE, WIDE, Drawing, OnALine, Ruler, Sheet

LEAST_RADIUS, MOST_RADIUS = 3, 10


@dataclass
class Span:
    """A year, or several where there are too many, with its place on the line."""

    first: int
    last: int
    x: str

    def __str__(self):
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass
class NumberLane(OnALine):
    """``marks``: ``[(span, number, radius of its dot)]`` of the spans in which there is something. ``unplaced`` are of
    no known year."""

    title: str
    numbers: list[int]
    unplaced: int
    marks: list[tuple[Span, int, str]]
    y: int


@dataclass
class TimelineByYear(Drawing):
    """Lanes with their numbers placed; ``unplaced`` is how many records are of no known year."""

    lanes: list[NumberLane]
    spans: list[Span]
    is_by_year = True

    @property
    def unplaced(self):
        return sum(lane.unplaced for lane in self.lanes)

    @property
    def number(self):
        """How many records have a place on a line."""
        return sum(sum(lane.numbers) for lane in self.lanes)

    @property
    def rows(self):
        """``[(span, [number of each lane])]`` of the spans in which there is something, for the table."""
        rows = zip(self.spans, zip(*(lane.numbers for lane in self.lanes), strict=True), strict=True)
        return [(span, list(numbers)) for span, numbers in rows if any(numbers)]


def draw_by_year(
    lanes: list[tuple[str, Mapping[int | None, int]]], today: datetime.date, sheet: Sheet = WIDE
) -> TimelineByYear | None:
    """Of ``[(title, {year: number})]``, where None is the year of what has none, those that have something to draw."""
    lanes = [(title, numbers) for title, numbers in lanes if any(numbers.values())]
    years = [year for _title, numbers in lanes for year in numbers if year is not None]
    if not years:
        return None
    ruler = Ruler(sheet, datetime.date(min(years), 1, 1), datetime.date(max(years), 1, 1), today)
    spans = _spans(min(years), max(years), ruler)
    drawn = [_lane(place, title, numbers, spans) for place, (title, numbers) in enumerate(lanes)]
    return TimelineByYear(**ruler.drawing(len(drawn), today), lanes=drawn, spans=spans)


def _spans(first, last, ruler):
    step = (last - first) // ruler.sheet.most_spans + 1
    found = []
    for year in range(first, last + 1, step):
        end = min(year + step - 1, last)
        days = datetime.date(year, 1, 1), datetime.date(end, 12, 31)
        found.append(Span(year, end, f"{ruler.place(days[0] + (days[1] - days[0]) / 2):.1f}"))
    return found


def _lane(place, title, numbers, spans):
    counted = [sum(numbers.get(year, 0) for year in range(span.first, span.last + 1)) for span in spans]
    most = max(counted, default=0) or 1
    marks = [
        (span, number, f"{LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * math.sqrt(number / most):.1f}")
        for span, number in zip(spans, counted, strict=True)
        if number
    ]
    return NumberLane(title, counted, numbers.get(None, 0), marks, HEAD + place * LANE + LANE // 2)
