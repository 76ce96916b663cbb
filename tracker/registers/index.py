"""The index of a register: what its lists, counts, orders and pages are read from, in memory.

Nothing of an index ever changes in place: a newer one shares with it what stayed the same, so that threads may go on
reading the older one.
"""

import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import translation
from pyroaring import BitMap

from tracker.records.models import DataVersion, changed_after, named_by_rows

from .facets import TOTAL, Facet, least_shown
from .filters import InvolvesAll, NotAfter, NotBefore
from .parts import PartName, Values
from .plan import model_of, parts_of, reads_of, statement
from .register import Register

# Of more changes than this, to build anew is quicker than to learn.
MOST_LEARNED = 500


@dataclass(frozen=True)
class Backlog:
    """What has changed for an index since it was up to date: records of its own, and the parts to be built anew.

    ``number`` is of all changes, whether they matter to this index or not; of more than can be learned not exact.
    """

    day: date
    version: int
    number: int
    own: BitMap
    anew: frozenset[PartName]


@dataclass(frozen=True)
class Index:
    """The index of the published records of a register, as of one data version, for one day."""

    register: Register
    day: date
    version: int
    all: BitMap
    parts: Mapping[PartName, Any]
    # How long each part took to build.
    seconds: Mapping[PartName, float]
    _pairs: dict[tuple[str, int | None], dict[tuple[str, str], int]] = field(default_factory=dict, init=False)

    @classmethod
    def build(cls, register: Register, day: date) -> "Index":
        """Within ``one_reading``."""
        nothing = cls(register, day, DataVersion.current(), BitMap(), {}, {})
        return nothing._with({}, register.records(day), parts_of(register).keys())

    def backlog(self, day: date) -> "Backlog":
        """What it must catch up with for ``day``. Within ``one_reading``, as what is done about it."""
        version = DataVersion.current()
        changed = changed_after(self.version, MOST_LEARNED + 1)
        model = model_of(self.register)
        own = BitMap(key for kind, key in changed if kind == model._meta.label_lower)
        others = {kind for kind, _key in changed} - {model._meta.label_lower}
        membership, reads = reads_of(self.register)
        is_lost = version < self.version or len(changed) > MOST_LEARNED
        if is_lost or membership.is_affected(bool(own), others):
            return Backlog(day, version, len(changed), own, frozenset(reads))
        anew = {name for name, each in reads.items() if each.is_affected(bool(own), others)}
        changed_own = own | BitMap(named_by_rows(model, own, self.version))
        return Backlog(day, version, len(changed), changed_own, frozenset(anew | self._of_the_day(day)))

    def caught_up(self, backlog: "Backlog") -> "Index":
        records = self.register.records(backlog.day)
        kept = {name: part for name, part in self.parts.items() if name not in backlog.anew}
        if backlog.own:
            parts = parts_of(self.register)
            kept = {name: parts[name].learn(part, records, backlog.own) for name, part in kept.items()}
        return replace(self, day=backlog.day, version=backlog.version)._with(kept, records, backlog.anew)

    def _with(self, kept, records, anew):
        parts, seconds = dict(kept), dict(self.seconds)
        for name in anew:
            begun = time.perf_counter()
            parts[name] = parts_of(self.register)[name].build(records)
            seconds[name] = time.perf_counter() - begun
        default = parts["order", self.register.default_sort.removeprefix("-")]
        return replace(self, all=BitMap(default.keys), parts=parts, seconds=seconds)

    def _of_the_day(self, day):
        """The parts that ask for something else on another day."""
        if day == self.day:
            return set()
        then, now = self.register.records(self.day), self.register.records(day)
        parts = parts_of(self.register).items()
        return {name for name, part in parts if statement(part.query(then)) != statement(part.query(now))}

    def values(self, name: str) -> Values:
        return self.parts["values", name]

    def number(self, values: Mapping[str, str], within: BitMap | None = None) -> int:
        """How many records have each of these values, ``{filter: code}``; of all, or of those ``within``."""
        found = [self.values(name).keys.get(code, BitMap()) for name, code in values.items()]
        return len(BitMap.intersection(self.all if within is None else within, *found))

    def pairs(self, standing: str = "", most: int | None = None) -> dict[tuple[str, str], int]:
        """Return ``{(code, other code): number}`` of the records that involve both countries, each pair once; only of
        those with this ``standing``, or of ``most`` countries at most."""
        asked = standing, most
        if asked not in self._pairs:
            within = self.values("standing").keys.get(standing, BitMap()) if standing else self.all
            self._pairs[asked] = _pairs(self.values("country").keys, within, most)
        return self._pairs[asked]

    def found(self, filterset, known: Mapping[str, BitMap]) -> "Found":
        """What passes the filters of a valid form, of which some are ``known`` already; what the index does not know is
        asked of the database."""
        passing = dict(known)
        for name, value in filterset.form.cleaned_data.items():
            if value and name not in known:
                keys = self._passing(name, filterset.filters[name], value)
                passing[name] = keys if keys is not None else _asked(filterset, name, value)
        return Found(self, passing)

    def _passing(self, name, filter_, value):
        """The keys that pass one filter; None where only the database knows."""
        if isinstance(filter_, NotBefore):
            return self.parts["days", filter_.field_name].not_before(value.earliest)
        if isinstance(filter_, NotAfter):
            return self.parts["days", filter_.field_name].not_after(value.latest)
        if ("values", name) not in self.parts:
            return None
        codes = [item if isinstance(item, str) else getattr(item, filter_.extra["to_field_name"]) for item in value]
        found = [self.values(name).keys.get(code, BitMap()) for code in codes]
        return BitMap.intersection(*found) if isinstance(filter_, InvolvesAll) else BitMap.union(*found)


def _pairs(countries, within, most):
    codes = sorted(countries)
    found = [np.array((countries[code] & within).to_array(), np.uint32) for code in codes]
    keys = np.concatenate([*found, np.empty(0, np.uint32)])
    places = np.repeat(np.arange(len(codes)), [len(each) for each in found])
    by_key = np.argsort(keys, kind="stable")
    keys, places = keys[by_key], places[by_key]
    if most is not None:
        _keys, inverse, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        keys, places = keys[sizes[inverse] <= most], places[sizes[inverse] <= most]
    numbers = np.zeros(len(codes) ** 2, np.int64)
    for gap in count(1):
        is_same = keys[gap:] == keys[:-gap]
        if not is_same.any():
            break
        crossings = places[:-gap][is_same] * len(codes) + places[gap:][is_same]
        numbers += np.bincount(crossings, minlength=len(numbers))
    return {(codes[at // len(codes)], codes[at % len(codes)]): int(numbers[at]) for at in np.flatnonzero(numbers)}


def _asked(filterset, name, value):
    records = filterset.filters[name].filter(filterset.queryset, value).order_by().values("pk")
    with connection.cursor() as cursor:
        cursor.execute(*records.query.sql_with_params())
        return BitMap([key for (key,) in cursor.fetchall()])


@dataclass(frozen=True)
class Found:
    """The records of an index that pass some filters: how many, of which values, in which order."""

    index: Index
    passing: Mapping[str, BitMap]

    @cached_property
    def keys(self) -> BitMap:
        return self._keys()

    def _keys(self, leave_out: str | None = None) -> BitMap:
        found = [keys for name, keys in self.passing.items() if name != leave_out]
        # What was withdrawn meanwhile may still be in what the database answers for another moment.
        return BitMap.intersection(self.index.all, *found) if found else self.index.all

    def __len__(self):
        return len(self.keys)

    def counts(
        self, facets: Iterable[Facet], apart: str, chosen: Callable[[str], Container[str]] | None = None
    ) -> tuple[dict[str, int], dict[str, list]]:
        """What ``facets.count`` returns of the same. With ``chosen``, the values of a facet that are shown whatever
        their number, without those that it would not show."""
        total = dict(self._tally(TOTAL, self.keys)) if apart else {TOTAL: len(self.keys)}
        return total, {facet.name: list(self._named(facet, chosen and chosen(facet.name))) for facet in facets}

    def _named(self, facet, chosen) -> Iterator[tuple[str, str | None, int]]:
        is_left_out = not facet.narrows and facet.name in self.passing
        names = self._names(facet)
        tally = self._tally(facet.name, self._keys(facet.name) if is_left_out else self.keys)
        is_short = chosen is None or facet.choices
        least = 0 if is_short else least_shown(number for code, number in tally if code)
        for code, number in tally:
            if number >= least or code in chosen:
                yield code, names.get(code), number

    def _names(self, facet):
        names = self.index.values(facet.name).names
        return names.get(translation.get_language()) or names.get(settings.LANGUAGE_CODE) or {}

    def _tally(self, name, within):
        values = self.index.values(name).keys
        if within is self.index.all:
            return [(code, len(keys)) for code, keys in values.items()]
        numbers = ((code, within.intersection_cardinality(keys)) for code, keys in values.items())
        return [(code, number) for code, number in numbers if number]

    def slice(self, sort: str, start: int, stop: int) -> list[int]:
        """The keys at these places, in the sort order of the address."""
        return self._those_found(self._order(sort))[start:stop].tolist()

    def number_before(self, sort: str, key: int, *, is_with_it: bool = False) -> int:
        """How many of the records stand before that of the key in the order, whether it is one of them or not;
        ``is_with_it`` counts it too, where it is. Raise ``IndexError`` where the index does not know it."""
        keys = self._order(sort)
        place = int(np.flatnonzero(keys == key)[0])
        return len(self._those_found(keys[: place + is_with_it]))

    def _order(self, sort):
        order = self.index.parts["order", sort.removeprefix("-")]
        return order.turned() if sort.startswith("-") else order.keys

    def _those_found(self, keys):
        if len(self.keys) == len(self.index.all):
            return keys
        is_found = np.zeros(int(self.index.all.max()) + 1 if self.index.all else 0, bool)
        is_found[np.array(self.keys.to_array(), np.uint32)] = True
        return keys[is_found[keys]]


def in_order(records: QuerySet, keys: list[int]) -> list[Model]:
    """Those of the records that have these keys, in the order of the keys."""
    found = records.in_bulk(keys)
    return [found[key] for key in keys if key in found]
