"""The parts of the index of a register: which records have which value, in which order they stand, of which days they
are. Each is built from one query over the records of the register, and learns what has changed since.

All follow from the one declaration of the register. Keys are primary keys below 2^32.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
from django.conf import settings
from django.db.models import Aggregate, CharField, Max, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull
from django.utils import translation
from pyroaring import BitMap

from .facets import Facet, expression
from .register import Register

Keys = np.ndarray
PartName = tuple[str, str]
UNKNOWN = np.iinfo(np.int32).min
EPOCH = date(1970, 1, 1).toordinal()
# Each place in an order is found by asking the database; of more, to ask for the whole order is quicker.
MOST_PLACED = 20
# How many neighbours the database is asked about at once.
PROBES = 100


class KeysOf(Aggregate):
    """All keys of a group as one text: ten times quicker than a row for each."""

    output_field = TextField()
    arity = 1

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **context)


def keys_from(text: str) -> Keys:
    return np.fromstring(text, dtype=np.uint32, sep=",")


@dataclass(frozen=True)
class Values:
    """Which records have which value, ``{code: keys}``, and by language what the values are called."""

    keys: Mapping[str, BitMap]
    names: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Order:
    """The keys in ascending order; the last ``unvalued`` have no value to order them by."""

    keys: Keys
    unvalued: int

    def turned(self) -> Keys:
        known = len(self.keys) - self.unvalued
        return np.concatenate((self.keys[:known][::-1], self.keys[known:][::-1]))


@dataclass(frozen=True)
class Days:
    """By key, the first and the last day that a date allows, as ordinals or ``UNKNOWN``."""

    earliest: np.ndarray
    latest: np.ndarray

    def by_year(self, keys: BitMap) -> dict[int, int]:
        """How many of the records may be of each year that one of their dates names."""
        known = np.array((keys & BitMap(range(len(self.earliest)))).to_array(), np.uint32)
        earliest, latest = self.earliest[known], self.latest[known]
        named = years_of(np.concatenate([each[each != UNKNOWN] for each in (earliest, latest)]))
        if not len(named):
            return {}
        is_dated = (earliest != UNKNOWN) | (latest != UNKNOWN)
        first, last = named.min(), named.max()
        starts = np.where(earliest == UNKNOWN, first, years_of(earliest))[is_dated] - first
        ends = np.where(latest == UNKNOWN, last, years_of(latest))[is_dated] - first
        size = last - first + 2
        numbers = np.cumsum(np.bincount(starts, minlength=size) - np.bincount(ends + 1, minlength=size))
        return {int(year): int(numbers[year - first]) for year in np.unique(named)}

    def not_before(self, day: date) -> BitMap:
        is_open = (self.latest == UNKNOWN) & (self.earliest != UNKNOWN)
        return BitMap(np.flatnonzero((self.latest >= day.toordinal()) | is_open).astype(np.uint32))

    def not_after(self, day: date) -> BitMap:
        is_open = (self.earliest == UNKNOWN) & (self.latest != UNKNOWN)
        is_early = (self.earliest <= day.toordinal()) & (self.earliest != UNKNOWN)
        return BitMap(np.flatnonzero(is_early | is_open).astype(np.uint32))


def years_of(ordinals: np.ndarray) -> np.ndarray:
    """The years of days, which Python counts from the year 1."""
    since = (ordinals.astype(np.int64) - EPOCH).astype("datetime64[D]").astype("datetime64[Y]")
    return since.astype(np.int64) + 1970


class IndexPart(Protocol):
    """One part of the index of a register: what it asks of the database, and how it is built and learns."""

    def query(self, records: QuerySet) -> QuerySet:
        """What it asks about these records."""

    def build(self, records: QuerySet) -> Any: ...

    def learn(self, former: Any, records: QuerySet, changed: BitMap) -> Any:
        """Return what it is once the records with the keys ``changed`` are as they are now, or are gone."""


@dataclass(frozen=True)
class ValuesPart:
    facet: Facet

    def query(self, records):
        code = Cast(expression(self.facet.value), CharField())
        grouped = self.facet.valued(records).order_by().annotate(index_code=code).values("index_code")
        names = {f"index_name_{place}": Max(self._name(language)) for place, language in enumerate(self._languages)}
        return grouped.annotate(index_keys=KeysOf("pk"), **names).values_list("index_code", "index_keys", *names)

    @property
    def _languages(self):
        """Those in which a name may differ; none where the choices name the values."""
        if self.facet.choices or not self.facet.label:
            return []
        return [code for code, _name in settings.LANGUAGES] if callable(self.facet.label) else [settings.LANGUAGE_CODE]

    def _name(self, language):
        with translation.override(language):
            label = self.facet.label
            return Cast(expression(label() if callable(label) else label), CharField())

    def build(self, records):
        keys, names = {}, {language: {} for language in self._languages}
        for code, text, *called in self.query(records):
            if code:
                keys[code] = BitMap(keys_from(text))
                for language, name in zip(names, called, strict=True):
                    names[language][code] = name
        return Values(keys, names)

    def learn(self, former, records, changed):
        present = self.build(records.filter(pk__in=list(changed)))
        keys = dict(former.keys)
        for code, found in former.keys.items():
            if found.intersect(changed) or code in present.keys:
                keys[code] = (found - changed) | present.keys.get(code, BitMap())
        keys |= {code: found for code, found in present.keys.items() if code not in keys}
        keys = {code: found for code, found in keys.items() if found}
        names = {}
        for language, called in present.names.items():
            known = {**former.names[language], **called}
            # A name goes with the last record that has the value: it may be that of what was hidden.
            names[language] = known if known.keys() == keys.keys() else {code: known[code] for code in keys}
        return Values(keys, names)


@dataclass(frozen=True)
class OrderPart:
    register: Register
    sort: str

    def query(self, records):
        return records.order_by(*self.register.order(self.sort)).values_list("pk", flat=True)

    def build(self, records):
        keys = np.fromiter(self.query(records).iterator(10_000), np.uint32)
        return Order(keys, self._unvalued(records).count())

    def _unvalued(self, records):
        return records.order_by().filter(IsNull(self.register.sorts[self.sort], True))

    def learn(self, former, records, changed):
        if len(changed) > MOST_PLACED:
            return self.build(records)
        known = former.keys[: len(former.keys) - former.unvalued]
        gone = np.isin(former.keys, np.fromiter(changed, np.uint32))
        unvalued = former.unvalued - int(gone[len(known) :].sum())
        keys = former.keys[~gone]
        present = records.filter(pk__in=list(changed))
        for key in self.query(present):
            keys = np.insert(keys, self._place(keys, records, key), np.uint32(key))
        return Order(keys, unvalued + self._unvalued(present).count())

    def _place(self, keys, records, key):
        """Where the key belongs: the database alone knows its collation, so it is asked to sort a few at a time."""
        low, high = 0, len(keys)
        while low < high:
            step = max(1, (high - low) // PROBES)
            probed = range(low, high, step)
            among = [int(keys[place]) for place in probed]
            before = list(self.query(records.filter(pk__in=[*among, key]))).index(key)
            low, high = (probed[before - 1] + 1 if before else low), (probed[before] if before < len(among) else high)
        return low


@dataclass(frozen=True)
class DaysPart:
    name: str

    def query(self, records):
        bounds = [f"{self.name}_earliest", f"{self.name}_latest"]
        return records.order_by().values(*bounds).annotate(index_keys=KeysOf("pk")).values_list(*bounds, "index_keys")

    def build(self, records):
        return self._with(Days(*np.full((2, 0), UNKNOWN, np.int32)), records)

    def learn(self, former, records, changed):
        known = np.fromiter(changed, np.uint32)
        size = len(former.earliest)
        columns = former.earliest.copy(), former.latest.copy()
        for column in columns:
            column[known[known < size]] = UNKNOWN
        return self._with(Days(*columns), records.filter(pk__in=list(changed)))

    def _with(self, days, records):
        rows = [(earliest, latest, keys_from(keys)) for earliest, latest, keys in self.query(records)]
        size = max((int(keys.max()) + 1 for *_bounds, keys in rows), default=0) - len(days.earliest)
        more = np.full(max(size, 0), UNKNOWN, np.int32)
        columns = np.append(days.earliest, more), np.append(days.latest, more)
        for *bounds, keys in rows:
            for column, day in zip(columns, bounds, strict=True):
                column[keys] = UNKNOWN if day is None else day.toordinal()
        return Days(*columns)
