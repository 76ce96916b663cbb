"""The sessions of a forum on an axis of years: when they were held, as far as that is known, the usual interval after
the last one, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from meetings.models import Meeting
from tracker.records.edtf import Exactness

from .rhythm import Rhythm

SIDE, HEIGHT, AXIS, YEARS, NUMBERS = 16, 66, 36, 60, 20
# Between the middles of two numbers, and of two years, that stand side by side.
DIGIT, GAP, YEAR = 7, 4, 40
# A bar that is shorter is an open dot.
SHORTEST = 10


@dataclass(frozen=True)
class ClockSpan:
    """A session and the days between which it was held, or is expected; one of them where the other is not known."""

    number: str
    first: date
    last: date
    mark: str

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) / 2


@dataclass(frozen=True)
class ClockMark:
    """``kind`` is a class of the style sheet; a bar has an ``end`` too."""

    kind: str
    x: str
    end: str = ""


class SessionClock:
    """``sessions`` are the meetings of a forum, ``expected`` the next one, where there is one; as of ``today``."""

    def __init__(self, sessions: Sequence[Any], expected: Any | None, rhythm: Rhythm | None, today: date) -> None:
        self.today, self.rhythm = today, rhythm
        held = [each for each in sessions if each.status == Meeting.Status.HELD]
        self.spans = sorted(filter(None, map(_span, held)), key=lambda span: (span.last, span.middle, span.number))
        self.undated = len(held) - len(self.spans)
        self.expected = _span(expected) if expected else None

    @property
    def is_drawn(self) -> bool:
        return bool(self.spans)

    @property
    def usual(self) -> tuple[date, date] | None:
        """The usual interval after the last session."""
        return self.rhythm.usual_span if self.rhythm else None

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first one drawn, and the one after the last."""
        last = [span.last for span in self.spans] + [self.today, *(self.usual or ())]
        return min(span.first for span in self.spans).year, max(last + self._expected_days).year + 1

    @property
    def _expected_days(self):
        return [self.expected.last] if self.expected else []

    @property
    def key(self) -> list[tuple[str, str]]:
        """``[(kind of mark, words)]`` of those that are drawn."""
        words = {
            "dot": _("day known"),
            "dot-open": _("day inferred or bounded"),
            "span": _("held on some day between these"),
            "dot-planned": _("expected"),
            "usual": _("usual interval after the last session"),
            "today": _("today"),
        }
        drawn = {mark.kind for drawing in self.drawings for mark in drawing.marks} | {"today"}
        return [(kind, said) for kind, said in words.items() if kind in drawn or (kind == "usual" and self.usual)]

    @property
    def undated_in_words(self) -> str:
        if not self.undated:
            return ""
        words = ngettext(
            "%(n)s session of no known date is not drawn.",
            "%(n)s sessions of no known date are not drawn.",
            self.undated,
        )
        return words % {"n": self.undated}

    @property
    def title(self) -> str:
        """What is to be seen."""
        words = ngettext(
            "%(n)s dated session on an axis from %(first)s to %(last)s.",
            "%(n)s dated sessions on an axis from %(first)s to %(last)s.",
            len(self.spans),
        )
        first, last = self.years
        return words % {"n": len(self.spans), "first": first, "last": last}

    @property
    def notes(self) -> list[str]:
        """What it says beside that."""
        rhythm = [self.rhythm.in_words, self.rhythm.beyond_in_words] if self.rhythm else []
        return list(filter(None, [*rhythm, self.undated_in_words]))

    @property
    def drawings(self) -> list["ClockDrawing"]:
        """The same for wide and for narrow screens."""
        return [ClockDrawing(self, 720, "wide"), ClockDrawing(self, 343, "narrow")] if self.is_drawn else []


class ClockDrawing:
    """The geometry of a clock that is so many pixels wide: time runs as the language is read."""

    height, axis, years_y, numbers_y = HEIGHT, AXIS, YEARS, NUMBERS

    def __init__(self, clock: SessionClock, width: int, name: str) -> None:
        self.clock, self.width, self.name = clock, width, name
        first, last = clock.years
        self._start = date(first, 1, 1).toordinal()
        self._length = date(last, 1, 1).toordinal() - self._start

    def _x(self, day):
        x = SIDE + (day.toordinal() - self._start) / self._length * (self.width - 2 * SIDE)
        return self.width - x if get_language_bidi() else x

    @property
    def ends(self) -> tuple[int, int]:
        """Of the axis."""
        return SIDE, self.width - SIDE

    @property
    def years(self) -> list[tuple[str, str]]:
        """``[(x, year)]``, as many as there is room for; each stands where it begins."""
        first, last = self.clock.years
        step = int(YEAR / ((self.width - 2 * SIDE) / (last - first))) + 1
        return [(f"{self._x(date(year, 1, 1)):.1f}", str(year)) for year in range(first, last + 1, step)]

    @property
    def today_x(self) -> str:
        return f"{self._x(self.clock.today):.1f}"

    @property
    def usual(self) -> tuple[str, str] | None:
        """``(left, width)`` of the usual interval."""
        if not self.clock.usual:
            return None
        left, right = sorted(self._x(day) for day in self.clock.usual)
        return f"{left:.1f}", f"{right - left:.1f}"

    @cached_property
    def marks(self) -> list[ClockMark]:
        """Bars first, on which dots may lie."""
        found = [self._mark(span) for span in self._spans]
        return sorted(found, key=lambda mark: mark.kind != "span")

    @property
    def _spans(self):
        return [*self.clock.spans, *([self.clock.expected] if self.clock.expected else [])]

    def _mark(self, span):
        left, right = sorted((self._x(span.first), self._x(span.last)))
        if span.mark == "dot-open" and right - left >= SHORTEST:
            return ClockMark("span", f"{left:.1f}", f"{right:.1f}")
        return ClockMark(span.mark, f"{self._x(span.middle):.1f}")

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """``[(x, number)]``, the newest first, of as many as have room."""
        found, taken = [], []
        for span in reversed(self._spans):
            x, half = self._x(span.middle), len(span.number) * DIGIT / 2 + GAP / 2
            if span.number and not any(abs(x - other) < half + room for other, room in taken):
                taken.append((x, half))
                found.append((f"{x:.1f}", span.number))
        return found


def _span(session: Any) -> ClockSpan | None:
    first, last = session.held_earliest or session.held_latest, session.held_latest or session.held_earliest
    if not (first and last):
        return None
    is_exact = session.held_exactness == Exactness.EXACT
    mark = "dot-planned" if session.status != Meeting.Status.HELD else "dot" if is_exact else "dot-open"
    return ClockSpan(str(session.session_number or ""), first, last, mark)
