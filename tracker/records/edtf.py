"""Dates as sources give them: the Extended Date/Time Format of ISO 8601-2, its bounds and its wording.

A notation is kept as it was entered; nothing here ever makes it more precise than it is.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from edtf import EDTFParseException, parse_edtf

FIRST_YEAR, LAST_YEAR = 1500, 2200
PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OPEN = ("", "..")
QUALIFIERS = "?~%"
WITHOUT_QUALIFIERS = str.maketrans("", "", QUALIFIERS)


class Bounds(NamedTuple):
    """The first and the last day that a notation allows; None where it leaves that side open or unknown."""

    earliest: date | None
    latest: date | None


@lru_cache(maxsize=20_000)
def bounds(notation: str) -> Bounds:
    """Return the bounds of an EDTF notation; raise ``ValidationError`` if it is not one we can read and word."""
    if not notation:
        return Bounds(None, None)
    start, slash, end = notation.partition("/")
    if start in OPEN and end in OPEN:
        raise _unreadable(notation)
    if not slash:
        return _bounds_of_part(notation)
    found = Bounds(_bounds_of_part(start).earliest, _bounds_of_part(end).latest)
    if found.earliest and found.latest and found.latest < found.earliest:
        raise ValidationError(_("“%(value)s” ends before it starts."), params={"value": notation})
    return found


def validate(notation: str) -> None:
    """Raise ``ValidationError`` with an explanation if the notation is not readable."""
    bounds(notation)


def _bounds_of_part(part):
    """The bounds of one date, or of an open side of an interval."""
    if part in OPEN:
        return Bounds(None, None)
    match = PART.fullmatch(part)
    if not match:
        raise _unreadable(part)
    plain = part.translate(WITHOUT_QUALIFIERS)
    if PLAIN_DAY.fullmatch(plain):
        day = _plain_day(plain)
        return Bounds(day, day)
    try:
        _word_part(part)
        return Bounds(None, None) if match["year"] == "XXXX" else _bounds_of_period(plain)
    except (EDTFParseException, ValueError, TypeError, AttributeError, NotImplementedError) as error:
        raise _unreadable(part) from error


def _bounds_of_period(plain):
    if plain.endswith("-24"):
        # The library ends winter with the year; the months of one winter lie in two.
        year = int(plain[:4])
        return Bounds(_in_range(date(year, 12, 1)), date(year + 1, 3, 1) - timedelta(days=1))
    parsed = parse_edtf(plain)
    earliest, latest = (_in_range(date(*moment[:3])) for moment in (parsed.lower_strict(), parsed.upper_strict()))
    return Bounds(earliest, latest)


def _plain_day(notation):
    try:
        day = date.fromisoformat(notation)
    except ValueError as error:
        raise ValidationError(_("“%(value)s” is not a day of the calendar."), params={"value": notation}) from error
    try:
        return _in_range(day)
    except ValueError as error:
        raise _unreadable(notation) from error


def _in_range(day):
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day


def _unreadable(notation):
    return ValidationError(
        _(
            "“%(value)s” is not a date we can read. Write 2021-09-23, 2025-07, 2026, 2026-33 (first quarter), "
            "2025?-07-02 (year inferred), ../2026-01-29 (on or before), 2011-07-04/2011-07-05 or XXXX-07-02."
        ),
        params={"value": notation},
    )


def in_words(notation: str) -> str:
    """Return the notation in words of the active language: ``../2026-01`` → "on or before January 2026"."""
    if not notation:
        return ""
    if "/" not in notation:
        return _word_part(notation)
    start, end = notation.split("/")
    if start == end:
        return _word_part(start)
    if start in OPEN:
        return gettext("on or before %(date)s") % {"date": _word_part(end)}
    if end in OPEN:
        return gettext("on or after %(date)s") % {"date": _word_part(start)}
    if PLAIN_DAY.fullmatch(start) and PLAIN_DAY.fullmatch(end) and start[:7] == end[:7]:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        pattern = pgettext("days of one month, as in 4–5 July 2011", "%(first)s–%(last)s %(month)s")
        return pattern % {"first": first.day, "last": last.day, "month": _word_part(end[:7])}
    return gettext("%(start)s to %(end)s") % {"start": _word_part(start), "end": _word_part(end)}


PART = re.compile(
    r"(?P<lead>[?~%])?(?P<year>[0-9]{4}|XXXX|[0-9]{2}XX|[0-9]{3}X)(?P<year_mark>[?~%])?"
    r"(?:-(?P<lead_month>[?~%])?(?P<month>[0-9]{2}|XX)(?P<month_mark>[?~%])?"
    r"(?:-(?P<lead_day>[?~%])?(?P<day>[0-9]{2}|XX)(?P<mark>[?~%])?)?)?"
)
DIVISIONS = {
    21: _("spring of %(year)s"),
    22: _("summer of %(year)s"),
    23: _("autumn of %(year)s"),
    24: _("winter of %(year)s"),
    33: _("first quarter of %(year)s"),
    34: _("second quarter of %(year)s"),
    35: _("third quarter of %(year)s"),
    36: _("fourth quarter of %(year)s"),
    40: _("first half of %(year)s"),
    41: _("second half of %(year)s"),
}


def _word_part(part):
    """One date of a notation in words; raise ``ValidationError`` for EDTF that we have no words for."""
    match = PART.fullmatch(part)
    if not match:
        raise _unreadable(part)
    words = _word_date(match)
    if match["year_mark"] and match["month"]:
        return gettext("%(date)s (year inferred)") % {"date": words}
    marks = {mark for name, mark in match.groupdict().items() if mark and mark in QUALIFIERS}
    if "~" in marks or "%" in marks:
        words = gettext("about %(date)s") % {"date": words}
    if "?" in marks or "%" in marks:
        words = gettext("%(date)s (uncertain)") % {"date": words}
    return words


def _word_date(match):
    year, month, day = match["year"], match["month"], match["day"]
    if year == "XXXX":
        if not (month and day and month.isdigit() and day.isdigit()):
            raise _unreadable(match.string)
        # A leap year, so that 29 February can be worded.
        known = format_date(date(2000, int(month), int(day)), pgettext("day and month", "j F"))
        return gettext("%(date)s, year unknown") % {"date": known}
    if "X" in year:
        if month:
            raise _unreadable(match.string)
        return gettext("some year of %(years)s") % {"years": year.replace("X", "0") + "–" + year.replace("X", "9")}
    if not month or month == "XX":
        if day and day != "XX":
            raise _unreadable(match.string)
        return pgettext("a year alone", "%(year)s") % {"year": year}
    if int(month) in DIVISIONS:
        return str(DIVISIONS[int(month)]) % {"year": year}
    if not day or day == "XX":
        return format_date(date(int(year), int(month), 1), pgettext("month and year", "F Y"))
    return format_date(date(int(year), int(month), int(day)), pgettext("day, month and year", "j F Y"))


def is_exact(notation: str) -> bool:
    """Return whether the notation names one day, without a mark of doubt."""
    earliest, latest = bounds(notation)
    return earliest is not None and earliest == latest and not any(mark in notation for mark in QUALIFIERS)
