"""When a commitment was completed, how late that was, and on whose word it is said: read from its closure, its
published updates and its parties. Nothing here depends on the day of reading."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from tracker.records import edtf

from .assessment import Assessment, Progress


class DaysLate(NamedTuple):
    """Days from the last day on which it was due to its completion; 0 in time, None where nothing tells."""

    least: int | None
    most: int | None


def completed_on(closure: str, closed_on: str, update) -> str:
    """Return the EDTF notation of the day of completion; empty where it is not complete, or no day is known.

    A closure says when. An update (the last published one, or None) says only that it was complete by then.
    """
    if closure:
        return closed_on if closure == "completed" else ""
    if update is None or update.progress != Progress.COMPLETE:
        return ""
    latest = edtf.bounds(update.as_of).latest
    return f"../{latest}" if latest else ""


def days_late(completed: str, due_latest: date | None) -> DaysLate:
    """Late means after the last day that the due date allows, an agreed extension included."""
    earliest, latest = edtf.bounds(completed)
    if due_latest is None or latest is None:
        return DaysLate(None, None)
    least = max(0, (earliest - due_latest).days) if earliest else 0
    return DaysLate(least, max(0, (latest - due_latest).days))


def assessment(side: int | None, promised: Collection[int]) -> str:
    """Return on whose word the progress rests (an ``Assessment``): ``side`` is the country that speaks, ``promised``
    are the countries that promised. Empty where nobody tells whose word it is."""
    if side is None or not promised:
        return ""
    return Assessment.CLAIMED if side in promised else Assessment.CONFIRMED


def side_of(update) -> int | None:
    """The country that speaks in an update: the side named, or that of the person who answered."""
    if update is None:
        return None
    return update.side_id or (update.answered_by and update.answered_by.country_id)
