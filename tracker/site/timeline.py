"""The geometry of a timeline: lanes of dated points over years, drawn on the server as SVG."""

import datetime
from dataclasses import dataclass, field

from tracker.records.edtf import Exactness

WIDTH, LEFT, RIGHT = 960, 24, 24
HEAD, LANE = 28, 64
MOST_YEAR_LABELS = 16


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


@dataclass
class Drawing:
    """The size of a drawing, the years to rule and where today is."""

    years: list[tuple[int, float]]
    today_x: float
    height: int
    is_by_year = False
    width = WIDTH

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

    def __init__(self, first: datetime.date, last: datetime.date, today: datetime.date) -> None:
        self.first, self.last = first.year, max(last, today).year + 1
        self._start = datetime.date(self.first, 1, 1).toordinal()
        self._length = datetime.date(self.last, 1, 1).toordinal() - self._start

    def place(self, day: datetime.date) -> float:
        return round(LEFT + (day.toordinal() - self._start) / self._length * (WIDTH - LEFT - RIGHT), 1)

    @property
    def years(self) -> list[tuple[int, float]]:
        """Those that are named below the drawing."""
        step = (self.last - self.first) // MOST_YEAR_LABELS + 1
        return [(year, self.place(datetime.date(year, 1, 1))) for year in range(self.first, self.last + 1, step)]

    def drawing(self, lanes: int, today: datetime.date) -> dict:
        """What a ``Drawing`` of so many lanes is made of."""
        return {"years": self.years, "today_x": self.place(today), "height": HEAD + lanes * LANE + 28}


def draw(lanes, today):
    """Return the ``Timeline`` of the lanes that have dated points, or None where there is nothing to draw.

    What has no date, or none with a year, has no place on a line: it is ``unplaced``, for the table to name.
    """
    unplaced = [point for lane in lanes for point in lane.points if not point.day]
    lanes = [Lane(lane.title, [point for point in lane.points if point.day]) for lane in lanes]
    lanes = [lane for lane in lanes if lane.points]
    if not lanes:
        return None
    days = [point.day for lane in lanes for point in lane.points]
    ruler = Ruler(min(days), max(days), today)
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
