"""A notation in words of the active language: ``../2026-01`` is “on or before January 2026”."""

from datetime import date
from functools import reduce

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..languages import compose, written
from ..remembering import Remembered
from .notation import Kind, Part, parse

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
ON_OR_BEFORE = _("on or before %(date)s")
ON_OR_AFTER = _("on or after %(date)s")
SPAN = _("%(start)s to %(end)s")
DAYS = pgettext_lazy("days of one month, as in 4–5 July 2011", "%(first)s–%(last)s %(month)s")
SOME_TIME = pgettext_lazy("one date of many, the first and the last included", "some time from %(start)s to %(end)s")
OR = pgettext_lazy("the last two of several dates of which one is meant", "%(first)s or %(last)s")
OR_EARLIER = pgettext_lazy("several dates of which one is meant, before the last", "%(first)s, %(next)s")
DAY_OF_SEVERAL = pgettext_lazy("a day without its month, as in 3 or 5 May 2022", "%(day)s")
DAYS_OF_MONTH = pgettext_lazy("some days of one month, as in 3 or 5 May 2022", "%(days)s %(month)s")
ABOUT = _("about %(date)s")
UNCERTAIN = _("%(date)s (uncertain)")
YEAR_INFERRED = _("%(date)s (year inferred)")
YEAR_UNKNOWN = _("%(date)s, year unknown")


def in_words(notation: str, stated: str = "") -> str:
    """Return the notation in words, followed by the source's own words for it where these are ``stated``."""
    date = _worded(notation) if notation else ""
    if date and stated:
        return compose(gettext("%(date)s (“%(words)s”)"), date=date, words=written(stated))
    if stated:
        return compose(pgettext("a date in the words of the source alone", "“%(words)s”"), words=written(stated))
    return date


@Remembered
def _worded(notation):
    kind, parts = parse(notation)
    if kind is Kind.DATE:
        return _word(parts[0])
    if kind is Kind.INTERVAL:
        return _word_interval(*parts)
    if kind is Kind.ONE_OF:
        return _word_alternatives(parts)
    return str(SOME_TIME) % {"start": _word(parts[0]), "end": _word(parts[1])}


def _word_interval(start, end):
    if start == end:
        return _word(start)
    if start is None:
        return str(ON_OR_BEFORE) % {"date": _word(end)}
    if end is None:
        return str(ON_OR_AFTER) % {"date": _word(start)}
    if month := _common_month((start, end)):
        return str(DAYS) % {"first": start.day, "last": end.day, "month": month}
    return str(SPAN) % {"start": _word(start), "end": _word(end)}


def _word_alternatives(parts):
    if month := _common_month(parts):
        days = _join([str(DAY_OF_SEVERAL) % {"day": part.day} for part in parts])
        return str(DAYS_OF_MONTH) % {"days": days, "month": month}
    return _join([_word(part) for part in parts])


def _join(words):
    """“3, 4 or 5”"""
    *earlier, last = words
    listed = reduce(lambda first, following: str(OR_EARLIER) % {"first": first, "next": following}, earlier)
    return str(OR) % {"first": listed, "last": last}


def _common_month(parts: tuple[Part, ...]) -> str:
    """The month, in words, of days that are all known and lie in one month; empty otherwise."""
    months = {(part.year, part.month) for part in parts}
    return _word_date(parts[0]._replace(day=0)) if len(months) == 1 and all(p.is_known_day for p in parts) else ""


def _word(part):
    words = _word_date(part)
    if part.is_year_inferred:
        words = str(YEAR_INFERRED) % {"date": words}
    if part.marks & {"~", "%"}:
        words = str(ABOUT) % {"date": words}
    if part.marks & {"?", "%"}:
        words = str(UNCERTAIN) % {"date": words}
    return words


def _word_date(part):
    year, month, day = part.year, part.month, part.day
    if year == "XXXX":
        # A leap year, so that 29 February can be worded.
        known = format_date(date(2000, month, day), pgettext("day and month", "j F"))
        return str(YEAR_UNKNOWN) % {"date": known}
    if "X" in year:
        return gettext("some year of %(years)s") % {"years": year.replace("X", "0") + "–" + year.replace("X", "9")}
    if not month:
        return pgettext("a year alone", "%(year)s") % {"year": year}
    if month in DIVISIONS:
        return str(DIVISIONS[month]) % {"year": year}
    if not day:
        return format_date(date(int(year), month, 1), pgettext("month and year", "F Y"))
    return format_date(date(int(year), month, day), pgettext("day, month and year", "j F Y"))
