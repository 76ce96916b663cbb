"""A person's own day: their time zone, their hour of mail, their working week, public holidays and absences."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

from agreements.models import Person

FRIDAY = 5
# The earth's time zones lie within this distance of UTC.
FARTHEST_ZONE = timedelta(hours=14)


class Clock:
    """What day it is for each person at one moment, or one given ``day`` for all, past their hour of mail.

    For some, by primary key, it may be an ``earliest`` day or later.
    """

    def __init__(self, now: datetime, day: date | None = None, earliest: dict[int, date] | None = None):
        self.now = now
        self._day = day
        self._earliest = earliest or {}
        self._moments = {}

    @property
    def first_day(self) -> date:
        """The first day that it is for anybody."""
        return self._day or (self.now - FARTHEST_ZONE).date()

    @property
    def last_day(self) -> date:
        """The last day that it is for anybody."""
        return max([self._day or (self.now + FARTHEST_ZONE).date(), *self._earliest.values()])

    def day(self, person: Person) -> date:
        day = self._day or self._moment(person).date()
        return max(day, self._earliest.get(person.pk, day))

    def is_hour_of_mail(self, person: Person) -> bool:
        return self._day is not None or self._moment(person).hour >= person.send_hour

    def _moment(self, person):
        if person.time_zone not in self._moments:
            self._moments[person.time_zone] = local_time(self.now, person)
        return self._moments[person.time_zone]


def local_time(now: datetime, person: Person) -> datetime:
    return now.astimezone(zone(person.time_zone))


def day_of(moment: datetime, person: Person | None) -> date:
    """The day that it was for the person at a moment; that of the site where there is no person."""
    return local_time(moment, person).date() if person else timezone.localdate(moment)


@lru_cache(maxsize=1000)
def zone(name: str):
    """The time zone of this name; the site's own where this machine lacks it: one bad name stops nobody's mail."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return timezone.get_default_timezone()


def is_working_day(day: date, person: Person) -> bool:
    """Whether the person works on ``day``: in their own week or that of their country, public holidays apart. Without
    either every day will do."""
    return _is_working_day(day, person.country.alpha2 if person.country else "", person.working_week)


@lru_cache(maxsize=10_000)
def _is_working_day(day, alpha2, week):
    country = _holidays(alpha2) if alpha2 else None
    if week:
        return str(day.isoweekday()) in week and (country is None or day not in country)
    if country is not None:
        return country.is_working_day(day)
    # A union, or a state without a list of holidays: the week of most of the world.
    return not alpha2 or day.isoweekday() <= FRIDAY


@lru_cache
def _holidays(alpha2):
    try:
        return holidays.country_holidays(alpha2)
    except NotImplementedError:
        return None
