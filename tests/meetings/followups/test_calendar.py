"""A person's own day: time zone, working week, public holidays."""

from datetime import UTC, date, datetime

import pytest

from agreements.models import Country, Person
from meetings.followups.calendar import is_working_day, local_time

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 21), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("alpha2", "day", "expected"),
    [
        ("PK", MONDAY, True),
        ("PK", SATURDAY, False),
        ("PK", date(2026, 3, 23), False),  # Pakistan Day
        ("CN", date(2026, 10, 1), False),  # National Day
        ("LK", date(2026, 2, 4), False),  # Independence Day
        ("AF", date(2026, 11, 20), False),  # a Friday
        ("AF", SUNDAY, True),
        ("EU", MONDAY, True),
        ("EU", SUNDAY, False),
    ],
)
def test_is_working_day_follows_the_country(alpha2, day, expected):
    assert is_working_day(day, Person(country=Country(alpha2=alpha2))) is expected


@pytest.mark.parametrize("day", [MONDAY, SATURDAY, SUNDAY])
def test_is_working_day_without_a_country_is_every_day(day):
    assert is_working_day(day, Person())


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Karachi", "2026-11-24T01:30:00+05:00"),
        ("America/New_York", "2026-11-23T15:30:00-05:00"),
        ("Pacific/Kiritimati", "2026-11-24T10:30:00+14:00"),
        ("Mars/Olympus", "2026-11-23T20:30:00+00:00"),
    ],
)
def test_local_time_is_that_of_the_person_or_the_site(zone, expected):
    now = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    assert local_time(now, Person(time_zone=zone)).isoformat() == expected
