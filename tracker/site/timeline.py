"""The geometry of a timeline: lanes of dated points over years, drawn on the server as SVG, once for wide and once for
narrow screens, so that words stay legible. Time runs as the language is read."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.utils.translation import get_language_bidi

from tracker.records.edtf import Exactness

HEAD, LANE = 28, 64
# Numbers on a line that stand nearer to each other run into one.
LEAST_GAP = 16


class Sheet(NamedTuple):
    """What one drawing is drawn on: pixels, of which so many are left free at both ends, and how much has room there:
    years, marks that count a span of years, and letters of the title of a lane."""

    name: str
    width: int
    margin: int
    most_years: int
    most_spans: int
    most_letters: int

    @property
    def end(self) -> int:
        """Where the lines end."""
        return self.width - self.margin

    @property
    def title_x(self) -> int:
        """Where the titles of lanes begin, as the language is read."""
        return self.width if self.is_mirrored else 0

    @property
    def is_mirrored(self) -> bool:
        return get_language_bidi()


WIDE = Sheet("wide", 960, 24, 16, 30, 90)
NARROW = Sheet("narrow", 343, 18, 6, 10, 42)


@dataclass
class Point:
    """One record on a lane: a full dot where its date is exact, an open one where it is known only within bounds."""

    label: str
    date: str
    url: str
    earliest: datetime.date | None
    latest: datetime.date | None
    exactness: Exactness
    number: str = ""
    x: float = 0

    @property
    def day(self):
        """Where it stands: the middle of what its date allows, or the one bound there is."""
        if self.earliest and self.latest:
            return self.earliest + (self.latest - self.earliest) / 2
        return self.earliest or self.latest


class OnALine:
    """What stands along a line at the height ``y`` of a drawing."""

    y: int

    @property
    def title_y(self):
        return self.y - 16

    @property
    def number_y(self):
        return self.y + 24


@dataclass
class Lane(OnALine):
    title: str
    points: list[Point] = field(default_factory=list)
    y: int = 0

    @property
    def numbers(self):
        """``[(x, number)]`` for which there is room: the others are told by the links and the table."""
        found: list[tuple[float, str]] = []
        for point in sorted(self.points, key=lambda point: point.x):
            if point.number and (not found or point.x - found[-1][0] >= LEAST_GAP):
                found.append((point.x, point.number))
        return found


@dataclass
class Drawing:
    """The size of a drawing, the years to rule and where today is."""

    sheet: Sheet
    years: list[tuple[int, float]]
    today_x: float
    height: int
    is_by_year = False

    @property
    def base(self):
        return self.height - 22

    @property
    def foot(self):
        return self.height - 6


@dataclass
class Timeline(Drawing):
    """Lanes with the points placed."""

    lanes: list[Lane]
    unplaced: list[Point]

    @property
    def points(self):
        """All points in order of time, for the table that says the same."""
        return sorted((point for lane in self.lanes for point in lane.points), key=lambda point: point.day)


class Ruler:
    """Where the days from ``first`` on lie, to the end of the year of ``last`` or of today."""

    def __init__(self, sheet: Sheet, first: datetime.date, last: datetime.date, today: datetime.date) -> None:
        self.sheet = sheet
        self.first, self.last = first.year, max(last, today).year + 1
        self._start = datetime.date(self.first, 1, 1).toordinal()
        self._length = datetime.date(self.last, 1, 1).toordinal() - self._start

    def place(self, day: datetime.date) -> float:
        sheet = self.sheet
        x = sheet.margin + (day.toordinal() - self._start) / self._length * (sheet.width - 2 * sheet.margin)
        return round(sheet.width - x if sheet.is_mirrored else x, 1)

    @property
    def years(self) -> list[tuple[int, float]]:
        """Those that are named below the drawing."""
        step = (self.last - self.first) // self.sheet.most_years + 1
        return [(year, self.place(datetime.date(year, 1, 1))) for year in range(self.first, self.last + 1, step)]

    def drawing(self, lanes: int, today: datetime.date) -> dict:
        """What a ``Drawing`` of so many lanes is made of."""
        size = {"sheet": self.sheet, "height": HEAD + lanes * LANE + 28}
        return {**size, "years": self.years, "today_x": self.place(today)}


class Timelines:
    """The same timeline on each sheet; what is told of it in words is that of the wide one."""

    def __init__(self, wide: Any, narrow: Any) -> None:
        self.drawings = [wide, narrow]

    def __getattr__(self, name):
        return getattr(self.drawings[0], name)


def on_each_sheet(draw: Callable[..., Any], lanes: Any, today: datetime.date) -> Timelines | None:
    """None where there is nothing to draw."""
    wide, narrow = (draw(lanes, today, sheet) for sheet in (WIDE, NARROW))
    return Timelines(wide, narrow) if wide else None


def draw(lanes, today, sheet=WIDE):
    """Return the ``Timeline`` of the lanes that have dated points, or None where there is nothing to draw.

    What has no date, or none with a year, has no place on a line: it is ``unplaced``, for the table to name.
    """
    unplaced = [point for lane in lanes for point in lane.points if not point.day]
    lanes = [Lane(lane.title, [replace(point) for point in lane.points if point.day]) for lane in lanes]
    lanes = [lane for lane in lanes if lane.points]
    if not lanes:
        return None
    days = [point.day for lane in lanes for point in lane.points]
    ruler = Ruler(sheet, min(days), max(days), today)
    for number, lane in enumerate(lanes):
        lane.y = HEAD + number * LANE + LANE // 2
        for point in lane.points:
            point.x = ruler.place(point.day)
    return Timeline(**ruler.drawing(len(lanes), today), lanes=lanes, unplaced=unplaced)


def point(record, label, date_name, number=""):
    """The point of a record whose EDTF field is ``date_name``."""
    return Point(
        label=label,
        date=getattr(record, f"{date_name}_in_words"),
        url=record.get_absolute_url(),
        earliest=getattr(record, f"{date_name}_earliest"),
        latest=getattr(record, f"{date_name}_latest"),
        exactness=getattr(record, f"{date_name}_exactness"),
        number=number,
    )
