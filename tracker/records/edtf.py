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
PLAIN_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
QUALIFIERS = "?~%"


class Bounds(NamedTuple):
    """The first and the last day that a notation allows; None where it leaves that side open or unknown."""

    earliest: date | None
    latest: date | None


@lru_cache(maxsize=20_000)
def bounds(notation: str) -> Bounds:
    """Return the bounds of an EDTF notation; raise ``ValidationError`` if it is not one we can read and word."""
    if not notation:
        return Bounds(None, None)
    if PLAIN_DAY.match(notation):
        day = _plain_day(notation)
        return Bounds(day, day)
    try:
        parsed = parse_edtf(notation)
        found = Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, ValueError, TypeError, AttributeError, NotImplementedError) as error:
        raise _unreadable(notation) from error
    if found.earliest and found.latest and found.latest < found.earliest:
        raise ValidationError(_("“%(value)s” ends before it starts."), params={"value": notation})
    for part in notation.split("/"):
        _word_part(part)
    return found


def validate(notation: str) -> None:
    """Raise ``ValidationError`` with an explanation if the notation is not readable."""
    bounds(notation)


def _plain_day(notation):
    try:
        day = date.fromisoformat(notation)
    except ValueError as error:
        raise ValidationError(_("“%(value)s” is not a day of the calendar."), params={"value": notation}) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _unreadable(notation)
    return day


def _day(moment):
    """A bound of the edtf library (struct_time or ±infinity) as a day; years 0 and 9999 stand for "any year"."""
    if isinstance(moment, (int, float)) or moment.tm_year in (0, 9999):
        return None
    if not FIRST_YEAR <= moment.tm_year <= LAST_YEAR:
        raise ValueError(moment.tm_year)
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


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
    if start in ("", ".."):
        return gettext("on or before %(date)s") % {"date": _word_part(end)}
    if end in ("", ".."):
        return gettext("on or after %(date)s") % {"date": _word_part(start)}
    if PLAIN_DAY.match(start) and PLAIN_DAY.match(end) and start[:7] == end[:7]:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        pattern = pgettext("days of one month, as in 4–5 July 2011", "%(first)s–%(last)s %(month)s")
        return pattern % {"first": first.day, "last": last.day, "month": format_date(last, "F Y")}
    return gettext("%(start)s to %(end)s") % {"start": _word_part(start), "end": _word_part(end)}


PART = re.compile(
    r"^(?P<lead>[?~%])?(?P<year>\d{4}|XXXX|\d{2}XX|\d{3}X)(?P<year_mark>[?~%])?"
    r"(?:-(?P<lead_month>[?~%])?(?P<month>\d{2}|XX)(?P<month_mark>[?~%])?"
    r"(?:-(?P<lead_day>[?~%])?(?P<day>\d{2}|XX)(?P<mark>[?~%])?)?)?$"
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
    if part in ("", ".."):
        return ""
    match = PART.match(part)
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
        return year
    if int(month) in DIVISIONS:
        return str(DIVISIONS[int(month)]) % {"year": year}
    if not day or day == "XX":
        return format_date(date(int(year), int(month), 1), pgettext("month and year", "F Y"))
    return format_date(date(int(year), int(month), int(day)), pgettext("day, month and year", "j F Y"))


def slip_in_days(planned: str, actual: str) -> int | None:
    """Return by how many days ``actual`` surely passed ``planned`` (0 if it need not have), None where unknown."""
    before, after = bounds(planned).latest, bounds(actual).earliest
    if not before or not after:
        return None
    return max((after - before) // timedelta(days=1), 0)
