"""The records of a register that involve some countries together: known by its index where that is ready, else by the
database, and the same either way."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from agreements.models import Country, InvolvingQuerySet
from tracker.registers import keeping
from tracker.registers.parts import UNKNOWN
from tracker.registers.register import Register

# Of the days that numpy counts from, which Python counts from the year 1.
EPOCH = date(1970, 1, 1).toordinal()


class SharedRecords:
    """``version`` is the data version, where it was read for this answer already."""

    def __init__(self, register: Register, countries: Iterable[Country], today: date, version: int | None = None):
        self.register, self.countries, self.today, self.version = register, tuple(countries), today, version

    @cached_property
    def index(self):
        return keeping.ready(self.register, self.today, self.version)

    @cached_property
    def keys(self) -> BitMap:
        """Of the index."""
        by_code = self.index.values("country").keys
        return BitMap.intersection(self.index.all, *(by_code.get(each.code, BitMap()) for each in self.countries))

    def having(self, name: str, code: str) -> BitMap:
        """The keys of those that have a value; of the index."""
        return self.keys & self.index.values(name).keys.get(code, BitMap())

    def among(self, records: InvolvingQuerySet) -> Any:
        """Those of the records that involve all the countries."""
        return records.filter(pk__in=self._all) if self.index else records.involving(*self.countries)

    @cached_property
    def _all(self):
        return these(self.keys)

    def keys_of(self, records: QuerySet, keys: BitMap | None = None):
        """For a condition ``__in``: the ``keys`` of the index, or all that involve the countries; without one the keys
        of the records. To name them is quicker than to join their table."""
        if not self.index:
            return records.order_by().values("pk")
        return self._all if keys is None else these(keys)

    def newest(self, name: str, keys: BitMap, before: BitMap | None = None) -> list[int]:
        """The keys in the order of ``-by_day(name)``, those that are ``before`` others first; of the index."""
        keys_, days = self._days(name, keys)
        is_after = np.isin(keys_, np.array((before or BitMap()).to_array(), np.int64), invert=True)
        return keys_[np.lexsort((-keys_, -days, is_after))].tolist()

    def years(self, name: str, keys: BitMap) -> dict[int | None, int]:
        """``{year: number}`` by the first day that a date allows, or the last where there is no first; of the index."""
        _keys, days = self._days(name, keys)
        known = days[days != UNKNOWN]
        years = (known - EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        found = {int(year): int(number) for year, number in zip(*np.unique(years, return_counts=True), strict=True)}
        return found | ({None: len(days) - len(known)} if len(known) < len(days) else {})

    def _days(self, name, keys):
        """The keys and, of each, the day that it is sorted by, as an ordinal or ``UNKNOWN``."""
        part = self.index.parts["days", name]
        found = np.array((keys & self.index.all).to_array(), np.int64)
        earliest, latest = part.earliest[found].astype(np.int64), part.latest[found].astype(np.int64)
        return found, np.where(earliest == UNKNOWN, latest, earliest)


def these(keys: BitMap) -> RawSQL:
    """Keys for a condition, however many, as one parameter."""
    found = keys.to_array().tolist()
    if connection.vendor == "sqlite":
        # Of integers, Python writes a list as JSON does, and is quicker.
        return RawSQL("SELECT value FROM json_each(%s)", [str(found)])
    return RawSQL("SELECT unnest(%s::bigint[])", [found])
