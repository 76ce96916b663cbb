"""Public holidays of three countries, computed from their laws: what the product takes from a library is tested too."""

from datetime import date, timedelta

from dateutil.easter import easter

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def france(year: int) -> set[date]:
    """Code du travail, L3133-1."""
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))}
    return fixed | after_easter(year, 1, 39, 50)


def germany(year: int) -> set[date]:
    """What the laws of all sixteen states agree upon, and the Unification Treaty, article 2."""
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))}
    return fixed | after_easter(year, -2, 1, 39, 50)


def united_states(year: int) -> set[date]:
    """5 U.S.C. 6103, with the days observed in place of those that fall on a weekend."""
    fixed = {observed(date(year, *day)) for day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))}
    next_new_year = observed(date(year + 1, 1, 1))  # may be the last day of this year
    moving = {
        nth(year, 1, MONDAY, 3),
        nth(year, 2, MONDAY, 3),
        nth(year, 6, MONDAY, 1) - timedelta(days=7),  # the last Monday of May
        nth(year, 9, MONDAY, 1),
        nth(year, 10, MONDAY, 2),
        nth(year, 11, THURSDAY, 4),
    }
    return fixed | moving | {next_new_year}


def after_easter(year, *days):
    return {easter(year) + timedelta(days=number) for number in days}


def observed(day: date) -> date:
    """Friday for a Saturday, Monday for a Sunday."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


HOLIDAYS = {"FR": france, "US": united_states, "DE": germany}


def is_working_day(day: date, alpha2: str) -> bool:
    return day.weekday() < SATURDAY and day not in HOLIDAYS[alpha2](day.year)


def next_working_day(day: date, alpha2: str) -> date:
    while not is_working_day(day, alpha2):
        day += timedelta(days=1)
    return day
