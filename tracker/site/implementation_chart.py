"""What became of firm commitments, by the year in which they were made: above the axis what is reported, below it what
is not. Each commitment is a disc; where they are too many for that, they are bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from meetings.models import UNREPORTED, Implementation

Numbers = Mapping[Implementation, Mapping[int | None, int]]

# Above the axis, and below it, from the axis outwards.
ABOVE = tuple(each for each in reversed(Implementation) if each not in UNREPORTED)
BELOW = UNREPORTED
MOST_YEARS = 16
# A column of more discs is not counted at a glance.
MOST_DISCS = 22
DISC, STEP = 12, 16
# How wide a column is that is not of one year, in columns, on wide and on narrow screens: it has a longer name.
LONG = {"wide": 1.8, "narrow": 3.4}
# Of the highest bars on both sides together.
BARS = 170
BAND, HEAD, FOOT = 22, 18, 18


@dataclass(frozen=True)
class Mark:
    """A disc, or a part of a bar, with its place from the top left."""

    code: str
    x: str
    y: str
    height: str


@dataclass(frozen=True)
class YearColumn:
    """The commitments of a year, of the years before the first one that is drawn, or of no certain year."""

    title: str
    is_of_a_year: bool
    above: dict[Implementation, int]
    below: dict[Implementation, int]

    @property
    def numbers(self) -> list[int]:
        """In the order of ``Implementation``."""
        both = self.above | self.below
        return [both[each] for each in Implementation]

    @property
    def number_above(self) -> int:
        return sum(self.above.values())

    @property
    def number_below(self) -> int:
        return sum(self.below.values())


class ImplementationChart:
    """``numbers`` are of firm commitments, ``{implementation: {year or None: number}}``."""

    def __init__(self, numbers: Numbers, today: date) -> None:
        self.numbers = numbers
        self.columns = _columns(numbers, today)

    @property
    def firm(self) -> int:
        return sum(column.number_above + column.number_below for column in self.columns)

    @property
    def title(self) -> str:
        """The finding."""
        silent = sum(column.number_below for column in self.columns)
        if not silent:
            words = ngettext(
                "We have seen a report of what came of the one firm commitment",
                "We have seen a report of what came of each of the %(firm)s firm commitments",
                self.firm,
            )
        elif silent == self.firm:
            words = ngettext(
                "We have seen no report of what came of the one firm commitment",
                "We have seen no report of what came of any of the %(firm)s firm commitments",
                self.firm,
            )
        else:
            words = ngettext(
                "For %(n)s of %(firm)s firm commitments we have seen no report of what came of it",
                "For %(n)s of %(firm)s firm commitments we have seen no report of what came of them",
                silent,
            )
        return words % {"n": f"{silent:,}", "firm": f"{self.firm:,}"}

    @cached_property
    def highest(self) -> tuple[int, int]:
        """How many commitments stand above the axis, and below it, at most."""
        above = max((column.number_above for column in self.columns), default=0)
        return above, max((column.number_below for column in self.columns), default=0)

    @cached_property
    def is_of_discs(self) -> bool:
        return sum(self.highest) <= MOST_DISCS

    @property
    def implementations(self) -> list[Implementation]:
        return list(Implementation)

    @property
    def drawings(self) -> list["YearsDrawing"]:
        """The same for wide and for narrow screens, so that its words stay legible on both."""
        return [YearsDrawing(self, 720, "wide"), YearsDrawing(self, 343, "narrow")]


class YearsDrawing:
    """The geometry of a chart that is so many pixels wide."""

    def __init__(self, chart: ImplementationChart, width: int, name: str) -> None:
        self.chart, self.width, self.name = chart, width, name
        self._highest = chart.highest
        self._unit = STEP if chart.is_of_discs else BARS / max(1, sum(self._highest))

    @property
    def axis(self) -> float:
        """Where the band of the years begins."""
        return HEAD + self._highest[0] * self._unit

    @property
    def band(self) -> int:
        return BAND

    @property
    def years_y(self) -> str:
        return f"{self.axis + BAND / 2 + 4:.1f}"

    @property
    def height(self) -> str:
        return f"{self.axis + BAND + self._highest[1] * self._unit + FOOT:.0f}"

    @property
    def _step(self):
        return self.width / sum(self._widths)

    @cached_property
    def _widths(self):
        """Of the columns, in steps: those that are not of one year have longer names."""
        return [1 if column.is_of_a_year else LONG[self.name] for column in self.chart.columns]

    @cached_property
    def mark_width(self) -> str:
        return str(DISC) if self.chart.is_of_discs else f"{min(28, self._step * 0.7):.1f}"

    def _x(self, place):
        """The middle of a column: time runs as the language is read."""
        x = (sum(self._widths[:place]) + self._widths[place] / 2) * self._step
        return self.width - x if get_language_bidi() else x

    @property
    def years(self) -> list[tuple[str, str]]:
        """``[(x, words)]``, as many as there is room for."""
        skipped = 1 if self._step > 34 else 2
        last = max((place for place, column in enumerate(self.chart.columns) if column.is_of_a_year), default=0)
        return [
            (f"{self._x(place):.1f}", column.title)
            for place, column in enumerate(self.chart.columns)
            if not column.is_of_a_year or (last - place) % skipped == 0
        ]

    @property
    def sums(self) -> list[tuple[str, str, str]]:
        """``[(x, y, number)]`` of the bars: nobody can count them."""
        found = []
        for place, column in enumerate(self.chart.columns):
            above = self.axis - column.number_above * self._unit - 4
            below = self.axis + BAND + column.number_below * self._unit + 13
            for number, y in ((column.number_above, above), (column.number_below, below)):
                if number:
                    found.append((f"{self._x(place):.1f}", f"{y:.1f}", f"{number:,}"))
        return [] if self.chart.is_of_discs else found

    @property
    def marks(self) -> list[Mark]:
        found = []
        for place, column in enumerate(self.chart.columns):
            left = self._x(place) - float(self.mark_width) / 2
            found += self._side(column.above, left, lambda place, size: self.axis - (place + size) * self._unit)
            found += self._side(column.below, left, lambda place, size: self.axis + BAND + place * self._unit)
        return found

    def _side(self, numbers, left, top):
        """The marks of a column on one side of the axis; ``top`` tells where what begins at a place, and is so large,
        has its upper edge."""
        found, place = [], 0
        for implementation, number in numbers.items():
            sizes = [1] * number if self.chart.is_of_discs else [number] if number else []
            for size in sizes:
                y = top(place, size) + (2 if self.chart.is_of_discs else 0)
                found.append(Mark(implementation.value, f"{left:.1f}", f"{y:.1f}", f"{size * self._unit:.1f}"))
                place += size
        return found


def _columns(numbers, today):
    years = [year for by_year in numbers.values() for year, number in by_year.items() if year is not None and number]
    first = max(min(years, default=today.year), today.year - MOST_YEARS + 1)
    last = max([*years, today.year])
    found = []
    if any(year < first for year in years):
        earlier = {year for year in years if year < first}
        found.append(_column(_("to %(year)s") % {"year": first - 1}, numbers, earlier, is_of_a_year=False))
    found += [_column(str(year), numbers, {year}, is_of_a_year=True) for year in range(first, last + 1)]
    if any(by_year.get(None) for by_year in numbers.values()):
        found.append(_column(pgettext("year", "uncertain"), numbers, {None}, is_of_a_year=False))
    return found


def _column(title, numbers, years, *, is_of_a_year):
    def told(implementations):
        return {each: sum(numbers[each].get(year, 0) for year in years) for each in implementations}

    return YearColumn(title, is_of_a_year, told(ABOVE), told(BELOW))
