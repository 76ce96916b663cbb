"""The dates of sample data, in every way in which a source may give one."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

# The data reach to here: what is dated later was only planned. It is fixed, so that one seed always makes the same.
LAST_REPORT = date(2026, 6, 30)
FIRST_YEAR = 1998
# Of a hundred dates so many are known to the day.
EXACT = 0.62


def month(day):
    return f"{day.year}-{day.month:02}"


# From the usual to the rare. Each allows the day that it is made from.
NOTATIONS: tuple[Callable[[date], str], ...] = (
    month,
    lambda day: f"{day.year}",
    lambda day: f"{day}/{day + timedelta(days=1)}",
    lambda day: f"../{day}",
    lambda day: f"{day.year}-{33 + (day.month - 1) // 3}",
    lambda day: f"{day.year}-{40 + (day.month > 6)}",
    lambda day: f"{day.year}?-{day.month:02}-{day.day:02}",
    lambda day: f"{day}~",
    lambda day: f"{day}?",
    lambda day: f"{month(day)}/{month(day + timedelta(days=70))}",
    lambda day: f"{day.year}-{21 + (day.month - 3) % 12 // 3}" if day.month > 2 else month(day),
    lambda day: f"[{day},{day + timedelta(days=2)}]",
    lambda day: f"[{day}..{day + timedelta(days=20)}]",
    lambda day: f"{day}/..",
    lambda day: f"{day.year}~",
    lambda day: f"{day.year // 10}X",
    lambda day: f"{day.year}/{day.year + 2}",
    lambda day: f"{month(day)}%",
    lambda day: f"XXXX-{day.month:02}-{day.day:02}",
)


def notation(chance: Random, day: date, exact: float = EXACT) -> str:
    """Write a day down as a source might give it: to the day in so many cases, else less exactly."""
    if chance.random() < exact:
        return day.isoformat()
    return NOTATIONS[int(len(NOTATIONS) * chance.random() ** 2)](day)


def words(chance: Random, written: str) -> str:
    """Now and then the words of the source beside a date that is known to the year only."""
    return f"early {written}" if len(written) == 4 and chance.random() < 0.3 else ""


def after(chance: Random, day: date, most: int) -> date:
    """One to so many days later; sooner days are more frequent."""
    return day + timedelta(days=1 + int(most * chance.random() ** 2))


def between(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=int(((last - first).days + 1) * chance.random()))
