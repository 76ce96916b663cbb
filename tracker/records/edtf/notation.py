"""The notation itself: what of ISO 8601-2 (EDTF) is read, and which days it allows."""

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1500, 2200
UNREADABLE = "unreadable"
OPEN = ("", "..")
QUALIFIERS = "?~%"
WITHOUT_QUALIFIERS = str.maketrans("", "", QUALIFIERS)
PART = re.compile(
    r"(?P<lead>[?~%])?(?P<year>[0-9]{4}|XXXX|[0-9]{2}XX|[0-9]{3}X)(?P<year_mark>[?~%])?"
    r"(?:-(?P<lead_month>[?~%])?(?P<month>[0-9]{2}|XX)(?P<month_mark>[?~%])?"
    r"(?:-(?P<lead_day>[?~%])?(?P<day>[0-9]{2}|XX)(?P<mark>[?~%])?)?)?"
)
# Seasons, quarters and halves of a year stand in the place of its month: the first month and how many there are.
DIVISIONS = {
    **{21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)},
    **{33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)},
    **{40: (1, 6), 41: (7, 6)},
}


class Bounds(NamedTuple):
    """The first and the last day that a notation allows; None where it leaves that side open or unknown."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: "Bounds") -> bool:
        starts = not (self.latest and other.earliest) or other.earliest <= self.latest
        return starts and (not (self.earliest and other.latest) or self.earliest <= other.latest)


class Part(NamedTuple):
    """One date of a notation. ``year`` may hold X; ``month`` may be one of ``DIVISIONS``; 0 is not stated."""

    year: str
    month: int
    day: int
    marks: frozenset[str]
    is_year_inferred: bool
    bounds: Bounds

    @property
    def is_known_day(self) -> bool:
        """Whether it names one day, without a mark of doubt."""
        return self.bounds.earliest is not None and bool(self.day) and not self.marks and not self.is_year_inferred


class Kind(StrEnum):
    DATE = "date"
    INTERVAL = "interval"
    ONE_OF = "one_of"
    ONE_WITHIN = "one_within"


class Notation(NamedTuple):
    """What a notation says: its dates, in order; the open side of an interval is None."""

    kind: Kind
    parts: tuple[Part | None, ...]


class Exactness(StrEnum):
    """Whether a date is known to the day: an interval is where both of its days are. Without any date: neither."""

    EXACT = "exact"
    INEXACT = "inexact"
    UNKNOWN = "unknown"


@lru_cache(maxsize=2_000)
def parse(notation: str) -> Notation:
    """Return what the notation, which is not empty, says; raise ``ValidationError`` if we cannot read it."""
    if notation.startswith("["):
        return _set(notation)
    start, slash, end = notation.partition("/")
    if not slash:
        return Notation(Kind.DATE, (_part(start),))
    if start in OPEN and end in OPEN:
        raise unreadable(notation)
    sides = tuple(None if side in OPEN else _part(side) for side in (start, end))
    _refuse_backwards(notation, sides)
    return Notation(Kind.INTERVAL, sides)


def _set(notation):
    """One of several dates, ``[a,b,c]``, or one from the first to the last, ``[a..b]``. An open side is an interval."""
    inner = notation.removeprefix("[").removesuffix("]")
    kind, mark = (Kind.ONE_WITHIN, "..") if ".." in inner else (Kind.ONE_OF, ",")
    members = inner.split(mark)
    is_well_formed = notation.endswith("]") and len(members) > 1 and (kind is Kind.ONE_OF or len(members) == 2)
    if not is_well_formed or not all(map(PART.fullmatch, members)):
        raise _no_set(notation)
    parts = tuple(_part(member) for member in members)
    each = {part.bounds for part in parts}
    if len(each) < len(parts) or Bounds(None, None) in each:
        raise _no_set(notation)
    if kind is Kind.ONE_WITHIN:
        _refuse_backwards(notation, parts)
    return Notation(kind, parts)


def _no_set(notation):
    return ValidationError(
        _(
            "“%(value)s” is not a set we can read. Write [2022-05-03,2022-05-05] (one of the two), "
            "[2022-05-03..2022-05-20] (one day from the first to the last), or an interval where one side is open: "
            "../2022-05-20."
        ),
        params={"value": notation},
    )


def _refuse_backwards(notation, sides):
    first, last = (side.bounds if side else Bounds(None, None) for side in sides)
    if first.earliest and last.latest and last.latest < first.earliest:
        raise ValidationError(_("“%(value)s” ends before it starts."), params={"value": notation})


def _part(text):
    match = PART.fullmatch(text)
    if not match:
        raise unreadable(text)
    found = match.groupdict()
    is_year_inferred = bool(found["year_mark"] and found["month"])
    names = ("lead", "lead_month", "month_mark", "lead_day", "mark") + (() if is_year_inferred else ("year_mark",))
    return Part(
        year=found["year"],
        month=_number(found["month"]),
        day=_number(found["day"]),
        marks=frozenset(found[name] for name in names if found[name]),
        is_year_inferred=is_year_inferred,
        bounds=_bounds_of(found["year"], found["month"], found["day"], text),
    )


def _number(digits):
    return int(digits) if digits and digits.isdecimal() else 0


def _bounds_of(year, month, day, text):
    """The days of one date; what stands where it may not is refused."""
    if year == "XXXX":
        return _bounds_without_year(month, day, text)
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    is_day = bool(_number(month) or month == "00") and bool(day) and day != "XX"
    if is_day and "X" not in year:
        _refuse_no_day(text)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise unreadable(text)
    if ("X" in year and month) or (day and not is_day and _number(month) in DIVISIONS):
        raise unreadable(text)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise unreadable(text)
        return Bounds(date(first, 1, 1), date(last, 12, 31))
    if is_day:
        known = date(first, int(month), int(day))
        return Bounds(known, known)
    start, length = DIVISIONS.get(int(month), (int(month), 1))
    if not 1 <= start <= 12:
        raise unreadable(text)
    years, beyond = divmod(start - 1 + length, 12)
    return Bounds(date(first, start, 1), date(first + years, beyond + 1, 1) - timedelta(days=1))


def _bounds_without_year(month, day, text):
    try:
        date(2000, int(month or ""), int(day or ""))  # a leap year: there is a 29 February
    except ValueError as error:
        raise unreadable(text) from error
    return Bounds(None, None)


def _refuse_no_day(text):
    plain = text.translate(WITHOUT_QUALIFIERS)
    try:
        date.fromisoformat(plain)
    except ValueError as error:
        raise ValidationError(_("“%(value)s” is not a day of the calendar."), params={"value": plain}) from error


def unreadable(notation):
    return ValidationError(
        _(
            "“%(value)s” is not a date we can read. Write 2021-09-23, 2025-07, 2026, 2026-21 (spring), 2026-33 (first "
            "quarter), 2026-40 (first half), 2025?-07-02 (year inferred), ../2026-01-29 (on or before), "
            "2011-07-04/2011-07-05 (from one to the other), [2022-05-03,2022-05-05] (one of the two) or XXXX-07-02."
        ),
        code=UNREADABLE,
        params={"value": notation},
    )


def validate(notation: str) -> None:
    """Raise ``ValidationError`` with an explanation if the notation is not readable."""
    if notation:
        parse(notation)


def bounds(notation: str) -> Bounds:
    """Return the bounds of an EDTF notation; raise ``ValidationError`` if it is not one we can read and word."""
    if not notation:
        return Bounds(None, None)
    kind, parts = parse(notation)
    each = [part.bounds if part else Bounds(None, None) for part in parts]
    if kind is Kind.ONE_OF:
        return Bounds(min(one.earliest for one in each if one.earliest), max(one.latest for one in each if one.latest))
    return Bounds(each[0].earliest, each[-1].latest)


def exactness(notation: str, *, is_inferred: bool = False) -> Exactness:
    """Return whether the date is known to the day; one that is only inferred is not, nor one of several days."""
    if not notation:
        return Exactness.UNKNOWN
    kind, parts = parse(notation)
    is_plain = kind in (Kind.DATE, Kind.INTERVAL) and not is_inferred
    is_known = is_plain and all(part is not None and part.is_known_day for part in parts)
    return Exactness.EXACT if is_known else Exactness.INEXACT


def agree(one: str, other: str) -> bool | None:
    """Return whether both notations can be true of one date; None where they cannot be compared, as without a year.

    An open side reaches as far as it takes. Of a set each date is compared by itself: 4 May is none of 3 or 5 May.
    """
    if one and one == other:
        return True
    try:
        ours, theirs = _spans(one), _spans(other)
    except ValidationError:
        return None
    return any(mine.overlaps(its) for mine, its in product(ours, theirs)) if ours and theirs else None


def _spans(notation):
    """The spans of days of which one is meant; none where a year is unknown."""
    if not notation:
        return []
    kind, parts = parse(notation)
    if any(part is not None and part.bounds.earliest is None for part in parts):
        return []
    return [part.bounds for part in parts] if kind is Kind.ONE_OF else [bounds(notation)]
