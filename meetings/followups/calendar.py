"""A person's own day: their time zone, their hour of mail, their working week and public holidays."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

from agreements.models import Person

SATURDAY = 5


def local_time(now: datetime, person: Person) -> datetime:
    return now.astimezone(zone(person.time_zone))


@lru_cache(maxsize=1000)
def zone(name: str):
    """The time zone of this name; the site's own where this machine lacks it: one bad name stops nobody's mail."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return timezone.get_default_timezone()


def is_working_day(day: date, person: Person) -> bool:
    """Whether people work on ``day`` in the person's country. Without a country every day will do."""
    return person.country is None or _is_working_day(day, person.country.alpha2)


@lru_cache(maxsize=10_000)
def _is_working_day(day, alpha2):
    country = _holidays(alpha2)
    # A union, or a state without a list of holidays: the week of most of the world.
    return country.is_working_day(day) if country is not None else day.weekday() < SATURDAY


@lru_cache
def _holidays(alpha2):
    try:
        return holidays.country_holidays(alpha2)
    except NotImplementedError:
        return None
