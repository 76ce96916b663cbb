"""The days that a record names, as a calendar can show them: never more exactly than they are known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from tracker.records import edtf
from tracker.records.languages import compose

# What is known to be within more days than a month has is left out: it would lie over everything else.
MOST_DAYS = 31
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Certainty(StrEnum):
    """The status of an event (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class DatedEntry:
    """What stands in a calendar from a first to a last day. ``name`` tells it from what else the record names, and
    stays when its date moves; ``alarm`` is how long before it begins one is reminded of it."""

    name: str = ""
    first: date
    last: date
    summary: str
    certainty: Certainty
    place: str = ""
    notes: tuple[str, ...] = ()
    alarm: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterCalendar:
    """What records of a register name of days. ``dated`` leaves those that may, with what ``entries`` reads of them,
    the citations with their sources among it."""

    dated: Callable[[QuerySet], QuerySet]
    entries: Callable[[Model, date], Iterable[DatedEntry]]


def of_a_date(record: Any, field: str, what: str, today: date, alarm: timedelta | None = None) -> dict | None:
    """When something takes place whose date is in a field of the record: its days, what to call it and the alarm.

    A day, or a span of which both days are known, is shown as such, with an alarm while it is ahead; one that is only
    inferred says so. Of any other date all days that it allows are shown, where they are no more than those of a month,
    and its words stand beside. None where they are more, or where one side is not known.
    """
    first, last = getattr(record, f"{field}_earliest"), getattr(record, f"{field}_latest")
    if first is None or last is None:
        return None
    if getattr(record, f"{field}_exactness") == edtf.Exactness.EXACT:
        return {"first": first, "last": last, "summary": what, "alarm": alarm if first > today else None}
    if edtf.exactness(getattr(record, field)) == edtf.Exactness.EXACT:
        sentence = _("%(what)s – date inferred from the source")
    elif (last - first).days < MOST_DAYS:
        sentence = _("%(what)s – no exact day is known: %(date)s")
    else:
        return None
    summary = compose(sentence, what=what, date=getattr(record, f"{field}_in_words"))
    return {"first": first, "last": last, "summary": summary}
