"""The records of a register that some values of its filters leave: known by its index where that is ready, else by
the database, and the same either way."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from pyroaring import BitMap

from tracker.registers import keeping
from tracker.registers.filters import InvolvesAll
from tracker.registers.index import Found
from tracker.registers.keys import these
from tracker.registers.listing import formats_of
from tracker.registers.parts import UNKNOWN, years_of
from tracker.registers.prepared import records_of_page
from tracker.registers.register import Register


class Subset:
    """``chosen`` are the records, or codes, that each filter is given, as in the address of the list; ``version`` is
    the data version, where it was read for this answer already."""

    def __init__(self, register: Register, chosen: Mapping[str, Any], today: date, version: int | None = None) -> None:
        self.register, self.chosen, self.today, self.version = register, chosen, today, version
        self._filters = {name: register.filterset.base_filters[name] for name in chosen}

    @cached_property
    def index(self):
        return keeping.ready(self.register, self.today, self.version)

    @cached_property
    def keys(self) -> BitMap:
        """Of the index."""
        return BitMap.intersection(self.index.all, *(self._passing(name) for name in self.chosen))

    def _passing(self, name):
        by_code = self.index.values(name).keys
        found = [by_code.get(code, BitMap()) for code in self._codes(name)]
        return BitMap.intersection(*found) if isinstance(self._filters[name], InvolvesAll) else BitMap.union(*found)

    def _codes(self, name):
        return [
            value if isinstance(value, str) else getattr(value, self._filters[name].extra["to_field_name"])
            for value in self.chosen[name]
        ]

    def address(self, **further: str | Sequence[str]) -> str:
        """The list of these, or of those of them that have the ``further`` values too."""
        codes = {name: self._codes(name) for name in self.chosen}
        query = urlencode({name: value for name, value in {**codes, **further}.items() if value}, doseq=True)
        return reverse(f"{self.register.noun}-list") + (f"?{query}" if query else "")

    @property
    def total(self) -> int:
        return len(self.keys) if self.index else self.among(self.register.records(self.today)).count()

    @property
    def formats(self) -> list[dict[str, str]]:
        """What ``components/formats.html`` shows: the same list in each other format."""
        codes = {name: self._codes(name) for name in self.chosen}
        return formats_of(self.register, urlencode(codes, doseq=True))

    def numbers(self, name: str) -> dict[str, int]:
        """``{code: number}`` by the values of a filter; of the index."""
        keys = self.index.values(name).keys.items()
        return {code: self.keys.intersection_cardinality(having) for code, having in keys}

    def number(self, **values: str) -> int:
        """How many have each of these values, ``{filter: code}``; of the index."""
        return self.index.number(values, within=self.keys)

    def having(self, name: str, code: str) -> BitMap:
        """The keys of those that have a value; of the index."""
        return self.keys & self.index.values(name).keys.get(code, BitMap())

    def among(self, records: Any) -> Any:
        """Those of the records that are selected."""
        if self.index:
            return records.filter(pk__in=self._all)
        for name, values in self.chosen.items():
            records = self._filters[name].filter(records, values)
        return records

    @cached_property
    def _all(self):
        return these(self.keys)

    def keys_of(self, records: QuerySet, keys: BitMap | None = None):
        """For a condition ``__in``: the ``keys`` of the index, or all that are selected; without one the keys
        of the records. To name them is quicker than to join their table."""
        if not self.index:
            return records.order_by().values("pk")
        return self._all if keys is None else these(keys)

    def first(self, sort: str, most: int, shown: Callable[[QuerySet], QuerySet]) -> Sequence[Model]:
        """As many of the records, in a sort order of the list, with what ``shown``, a function of a module, adds."""
        if self.index:
            keys = Found(self.index, {"chosen": self.keys}).slice(sort, 0, most)
            return records_of_page(self.register, self.today, keys, shown)
        records = shown(self.among(self.register.records(self.today)))
        return list(records.order_by(*self.register.order(sort))[:most])

    def newest(self, name: str, keys: BitMap) -> list[int]:
        """The keys in the order of ``-by_day(name)``; of the index."""
        keys_, days = self._days(name, keys)
        return keys_[np.lexsort((-keys_, -days))].tolist()

    def in_order(self, sort: str, keys: BitMap) -> list[int]:
        """The keys in a sort order of the list; of the index."""
        return Found(self.index, {"chosen": keys}).slice(sort, 0, len(keys))

    def years(self, name: str, keys: BitMap) -> dict[int | None, int]:
        """``{year: number}`` by the first day that a date allows, or the last where there is no first; of the index."""
        _keys, days = self._days(name, keys)
        known = days[days != UNKNOWN]
        numbers = zip(*np.unique(years_of(known), return_counts=True), strict=True)
        found = {int(year): int(number) for year, number in numbers}
        return found | ({None: len(days) - len(known)} if len(known) < len(days) else {})

    def certain_years(self, name: str, keys: BitMap) -> dict[int | None, int]:
        """``{year: number}`` where all days that a date allows are of one year, else of None; of the index."""
        earliest, latest, _keys = self._bounds(name, keys)
        is_known = (earliest != UNKNOWN) & (latest != UNKNOWN)
        years = years_of(earliest[is_known])
        numbers = zip(*np.unique(years[years == years_of(latest[is_known])], return_counts=True), strict=True)
        found = {int(year): int(number) for year, number in numbers}
        uncertain = len(earliest) - sum(found.values())
        return found | ({None: uncertain} if uncertain else {})

    def last_days(self, name: str, keys: BitMap) -> list[date]:
        """Of each that has one, the last day that a date allows; of the index."""
        _earliest, latest, _keys = self._bounds(name, keys)
        return [date.fromordinal(day) for day in latest[latest != UNKNOWN].tolist()]

    def number_between(self, name: str, first: date, last: date) -> int:
        """Of how many the last day that a date allows is one of these."""
        if self.index:
            return sum(first <= day <= last for day in self.last_days(name, self.keys))
        records = self.among(self.register.records(self.today))
        return records.filter(**{f"{name}_latest__range": (first, last)}).count()

    def days_between(self, name: str, other: str, keys: BitMap, most_open: int) -> list[int]:
        """The days from the last day that one date allows to that of the other, of each of which all bounds are known
        and no more days than ``most_open`` lie between those of one date; of the index."""
        first, last, _keys = self._bounds(name, keys)
        other_first, other_last, _keys = self._bounds(other, keys)
        is_known = np.all([each != UNKNOWN for each in (first, last, other_first, other_last)], axis=0)
        is_known &= (last - first <= most_open) & (other_last - other_first <= most_open)
        return (other_last - last)[is_known].tolist()

    def _days(self, name, keys):
        """The keys and, of each, the day that it is sorted by, as an ordinal or ``UNKNOWN``."""
        earliest, latest, found = self._bounds(name, keys)
        return found, np.where(earliest == UNKNOWN, latest, earliest)

    def _bounds(self, name, keys):
        part = self.index.parts["days", name]
        found = np.array((keys & self.index.all).to_array(), np.int64)
        return part.earliest[found].astype(np.int64), part.latest[found].astype(np.int64), found
