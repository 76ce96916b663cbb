"""Periods as texts state them: durations of ISO 8601 in years, months, weeks and days, as in ``P3Y`` or ``P180D``.

Years and months are counted by the calendar, and before weeks and days; where the month that is reached is too short,
its last day counts. So one month after 31 January is the last day of February.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from .edtf.typed import tidy

DURATION = re.compile(r"P(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?")
LONGEST_IN_YEARS = 999
MOST_LETTERS = 100
AND = pgettext_lazy("the last two parts of a period, as in 1 year and 6 months", "%(first)s and %(last)s")
BEFORE_AND = pgettext_lazy("parts of a period before the last two", "%(first)s, %(next)s")


class Period(NamedTuple):
    years: int
    months: int
    weeks: int
    days: int

    def __str__(self) -> str:
        parts = "".join(f"{number}{unit}" for number, unit in zip(self, "YMWD", strict=True) if number)
        return f"P{parts or '0D'}"


def parse(duration: str) -> Period:
    """Return the parts of an ISO 8601 duration; raise ``ValidationError`` if it is none that we can count with.

    ``P0D`` is one: of notice that takes effect at once.
    """
    match = DURATION.fullmatch(duration)
    period = Period(*(int(number or 0) for number in match.groups())) if match else Period(0, 0, 0, 0)
    years = period.years + period.months / 12 + (period.weeks * 7 + period.days) / 365
    if not match or duration == "P" or years > LONGEST_IN_YEARS:
        raise _unreadable(duration)
    return period


def _unreadable(duration):
    return ValidationError(
        _(
            "“%(value)s” is not a period we can read. Write P3Y (3 years), P1Y6M (1 year and 6 months), P2W (2 weeks) "
            "or P180D (180 days)."
        ),
        params={"value": duration},
    )


def validate(duration: str) -> None:
    """Raise ``ValidationError``, with examples, if the duration is not readable. Empty is none."""
    if duration:
        parse(duration)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def later(day: date, duration: str) -> date:
    """Return the day that lies the period after ``day``."""
    return _moved(day, parse(duration), 1)


def earlier(day: date, duration: str) -> date:
    """Return the day that lies the period before ``day``. It need not lead back: months differ in length."""
    return _moved(day, parse(duration), -1)


def _moved(day, period, sign):
    moved = months_later(day, sign * (period.years * 12 + period.months))
    return moved + sign * timedelta(weeks=period.weeks, days=period.days)


def in_words(duration: str) -> str:
    """Return the period in words of the active language: ``P1Y6M`` is “1 year and 6 months”."""
    if not duration:
        return ""
    period = parse(duration)
    parts = [_counted(number, unit) for unit, number in period._asdict().items() if number] or [_counted(0, "days")]
    *earlier, last = parts
    if not earlier:
        return last
    listed = reduce(lambda first, following: str(BEFORE_AND) % {"first": first, "next": following}, earlier)
    return str(AND) % {"first": listed, "last": last}


def _counted(number, unit):
    return _units(number)[unit] % {"count": number}


def _units(number):
    return {
        "years": ngettext("%(count)s year", "%(count)s years", number),
        "months": ngettext("%(count)s month", "%(count)s months", number),
        "weeks": ngettext("%(count)s week", "%(count)s weeks", number),
        "days": ngettext("%(count)s day", "%(count)s days", number),
    }


# As people type it


def read(text: str) -> str:
    """Return the notation of a period as somebody typed it, “18 months”, in any language of the site.

    Raise ``ValidationError`` with examples for anything else.
    """
    plain = tidy(text[:MOST_LETTERS])
    if not plain:
        return ""
    notation = plain.replace(" ", "").upper()
    if not DURATION.fullmatch(notation):
        notation = _from_words(plain)
    if notation is None:
        raise _unreadable(text.strip()[:MOST_LETTERS])
    validate(notation)
    return notation


def _from_words(text):
    """The notation of numbers with units, each unit once; None for what is not that."""
    found = {}
    units, joint = _patterns()
    while text:
        matches = ((unit, pattern.match(text)) for unit, pattern in units.items())
        unit, match = next(((unit, match) for unit, match in matches if match), ("", None))
        if match is None or unit in found:
            return None
        found[unit] = int(match["count"])
        text = text[match.end() :]
        text = text[joint.match(text).end() :]
    return str(Period(**{unit: found.get(unit, 0) for unit in Period._fields}))


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    """A number and the words of each unit, in any language, and what may stand between two of them."""
    units: dict[str, set[str]] = {unit: set() for unit in Period._fields}
    joints = {","}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for unit, words in [*_units(1).items(), *_units(2).items()]:
                units[unit].add(_bare(words))
            joints |= {_bare(AND), _bare(BEFORE_AND)}
    counted = {
        unit: re.compile(rf"(?P<count>\d{{1,5}}) ?(?:{_any_of(words)})(?![a-z])") for unit, words in units.items()
    }
    return counted, re.compile(rf" ?(?:{_any_of(joints)})? ?")


def _bare(message):
    return tidy(re.sub(r"%\(\w+\)s", " ", str(message)))


def _any_of(words):
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
