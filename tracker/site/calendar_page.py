"""A month of meetings, due dates, targets and last days of validity, as the calendars of the registers name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Model, Q
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from pyroaring import BitMap

from agreements.models import Agreement, AgreementEvent, AgreementStatusPeriod
from agreements.registers import AGREEMENTS
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records import edtf
from tracker.records.ages import MONTHS_OF_A_YEAR
from tracker.registers.dated import DAY, Certainty, DatedEntry
from tracker.registers.listing import Listing
from tracker.registers.plan import model_of
from tracker.registers.prepared import records_of_page

from .changes import FILTERS, known

# Of each register: nobody reads a month of thousands.
MOST = 60
FIRST_YEAR, LAST_YEAR = 1900, 2200
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def _may_be_held(first, last):
    return Q(held_earliest__lte=last, held_latest__gte=first)


def _is_due(first, last):
    return Q(due_latest__gte=first, due_latest__lte=last)


def _is_planned_or_ends(first, last):
    planned = AgreementEvent.objects.filter(is_open=True, on_earliest__lte=last, on_latest__gte=first)
    # Expired from the day after the last one on.
    ended = AgreementStatusPeriod.objects.filter(
        status=Agreement.Status.EXPIRED, start__gt=first, start__lte=last + DAY
    )
    return Q(pk__in=planned.order_by().values("agreement")) | Q(pk__in=ended.order_by().values("agreement"))


# Which records may name a day of a month; what they do name, their calendar says.
NAMING = {
    MEETINGS.name: (MEETINGS, _may_be_held),
    COMMITMENTS.name: (COMMITMENTS, _is_due),
    AGREEMENTS.name: (AGREEMENTS, _is_planned_or_ends),
}


@dataclass(frozen=True)
class CalendarEntry:
    """What a record names of a day, or of several."""

    record: Model
    entry: DatedEntry

    @property
    def is_cancelled(self) -> bool:
        return self.entry.certainty == Certainty.CANCELLED

    @property
    def is_tentative(self) -> bool:
        return self.entry.certainty == Certainty.TENTATIVE


class CalendarMonth:
    """``params`` may have ``month`` (``2026-11``; else it is that of ``today``) and ``FILTERS``. ``errors`` is empty
    where they can be read; only then are there days."""

    def __init__(self, params: QueryDict, today: date, version: int | None = None) -> None:
        self.params, self.today = params, today
        given = known(params)
        self.listings = {name: Listing(register, given, today, version) for name, (register, _may) in NAMING.items()}

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """``{parameter: [message]}``"""
        found = {name: each for listing in self.listings.values() for name, each in listing.errors.items()}
        return found if self._first else found | {"month": [_("Write a month as in 2026-11.")]}

    @cached_property
    def _first(self) -> date | None:
        """The first day of the month; None where it cannot be read."""
        asked = MONTH.fullmatch(self.params.get("month") or f"{self.today:%Y-%m}")
        year, month = map(int, asked.groups()) if asked else (0, 0)
        return date(year, month, 1) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_OF_A_YEAR else None

    @property
    def first(self) -> date:
        if self._first is None:
            raise ValueError(self.errors)
        return self._first

    @property
    def last(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1) - DAY

    @property
    def title(self) -> str:
        return edtf.in_words(f"{self.first:%Y-%m}")

    @property
    def before(self) -> str:
        return self._address(self.first - DAY)

    @property
    def after(self) -> str:
        return self._address(self.last + DAY)

    def _address(self, day):
        given = [(name, value) for name in FILTERS for value in self.params.getlist(name) if value]
        return "?" + urlencode([*given, ("month", f"{day:%Y-%m}")])

    @property
    def chips(self) -> list[dict[str, Any]]:
        return next(iter(self.listings.values())).chips

    @property
    def files(self) -> list[dict[str, Any]]:
        """What ``components/formats.html`` shows: the calendar of each register, with these filters, of all months."""
        return [{"label": str(each.register.title), "url": each.address_as("ics")} for each in self.listings.values()]

    @property
    def cut(self) -> list[dict[str, Any]]:
        """The registers of which more records may name a day of the month than are looked at."""
        cut = [name for name, keys in self._keys.items() if len(keys) > MOST]
        return [{"title": self.listings[name].register.title, "most": MOST} for name in cut]

    @cached_property
    def days(self) -> list[tuple[str, list[CalendarEntry]]]:
        """``[(day in words, entries that begin on it)]``; what began before the month stands on its first day."""
        found = sorted(self._all(), key=self._place)
        return [(edtf.in_words(day.isoformat()), list(entries)) for day, entries in groupby(found, key=self._day)]

    def _day(self, found):
        return max(found.entry.first, self.first)

    def _place(self, found):
        return self._day(found), found.entry.first, found.record._meta.model_name, found.record.pk, found.entry.name

    @cached_property
    def _keys(self) -> dict[str, list[int]]:
        """By register, of the records that the filters leave and that may name a day of the month, in their order."""
        return {name: self._keys_of(register, may_name) for name, (register, may_name) in NAMING.items()}

    def _keys_of(self, register, may_name):
        listing = self.listings[register.name]
        is_indexed = listing.found_by_index is not None
        # To ask of what filters leave takes long where the index knows it.
        model: Any = model_of(register)
        asked = model.objects.published() if is_indexed else listing.filterset.narrowed()
        named = asked.filter(may_name(self.first, self.last)).order_by().values_list("pk", flat=True)
        return list(BitMap(named) & listing.found) if is_indexed else sorted(named)

    def _all(self) -> Iterator[CalendarEntry]:
        for name, (register, _may_name) in NAMING.items():
            calendar = register.calendar
            assert calendar is not None
            for record in records_of_page(register, self.today, self._keys[name][:MOST], calendar.dated):
                for entry in calendar.entries(record, self.today):
                    if entry.first <= self.last and entry.last >= self.first:
                        yield CalendarEntry(record, entry)
