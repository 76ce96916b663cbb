"""The parts of the index of a register by which words are found: in which records each stands, and what these records
are related to, whose names count as well."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
from django.db.models import Model
from pyroaring import BitMap

from tracker.records.models import search_entries
from tracker.records.public import published_along

from .parts import KeysOf, keys_from

LAST = "\U0010ffff"
# Of more records said anew, to put all into one again costs less than to carry them along.
MOST_STALE = 5_000


@dataclass(frozen=True)
class Words:
    """Which records have which word.

    Most words are in few records, and there are many: as an object each they would take several times the memory, so
    that their bitmaps stand serialised one after another in ``maps``, that of the word at a place of ``in_order`` up to
    the end at this place of ``ends``. What the records in ``stale`` say now is in ``fresh`` instead.
    """

    in_order: list[str]
    maps: np.ndarray
    ends: np.ndarray
    stale: BitMap = field(default_factory=BitMap)
    fresh: Mapping[str, BitMap] = field(default_factory=dict)

    @classmethod
    def of(cls, by_word: Mapping[str, BitMap]) -> "Words":
        words = sorted(by_word)
        maps = [by_word[word].serialize() for word in words]
        return cls(words, np.frombuffer(b"".join(maps), np.uint8), np.cumsum([0, *map(len, maps)]))

    def by_word(self) -> dict[str, BitMap]:
        found = {word: self._at(place) - self.stale for place, word in enumerate(self.in_order)}
        for word, keys in self.fresh.items():
            found[word] = found.get(word, BitMap()) | keys
        return {word: keys for word, keys in found.items() if keys}

    def exactly(self, word: str) -> BitMap:
        place = bisect_left(self.in_order, word)
        is_there = place < len(self.in_order) and self.in_order[place] == word
        return (self._at(place) - self.stale if is_there else BitMap()) | self.fresh.get(word, BitMap())

    def beginning_with(self, word: str) -> BitMap:
        first, last = bisect_left(self.in_order, word), bisect_left(self.in_order, word + LAST)
        found = BitMap.union(BitMap(), *map(self._at, range(first, last))) - self.stale
        return BitMap.union(found, *(keys for other, keys in self.fresh.items() if other.startswith(word)))

    def all(self) -> Iterator[str]:
        """Every word, some of which may be in no record any more."""
        return chain(self.in_order, self.fresh)

    def _at(self, place):
        return BitMap.deserialize(self.maps[self.ends[place] : self.ends[place + 1]].tobytes())


@dataclass(frozen=True)
class WordsPart:
    """The words of one column of the search entries of a kind, of those entries that are public."""

    model: type[Model]
    column: str

    def query(self, records):
        return search_entries(self.model).public().values_list("record", self.column)

    def build(self, records):
        return Words.of(_by_word(self.query(records).iterator(10_000)))

    def learn(self, former, records, changed):
        fresh = {word: keys - changed for word, keys in former.fresh.items()}
        for word, keys in _by_word(self.query(records).filter(record__in=list(changed))).items():
            fresh[word] = fresh.get(word, BitMap()) | keys
        fresh = {word: keys for word, keys in fresh.items() if keys}
        learned = replace(former, stale=former.stale | changed, fresh=fresh)
        return learned if len(learned.stale) <= MOST_STALE else Words.of(learned.by_word())


def _by_word(entries):
    found = defaultdict(list)
    for key, text in entries:
        for word in set(text.split()):
            found[word].append(key)
    return {word: BitMap(keys) for word, keys in found.items()}


@dataclass(frozen=True)
class Links:
    """Which records are related to which others: the key of one, and at the same place that of the other."""

    keys: np.ndarray
    others: np.ndarray

    def related_to(self, others: BitMap) -> BitMap:
        """The records that are related to one of these others."""
        if not others or not len(self.others):
            return BitMap()
        is_asked = np.zeros(max(int(self.others.max()), int(others.max())) + 1, bool)
        is_asked[np.array(others.to_array(), np.uint32)] = True
        return BitMap(self.keys[is_asked[self.others]])


@dataclass(frozen=True)
class LinksPart:
    path: str

    def query(self, records):
        shown = records.filter(published_along(records.model, self.path), **{f"{self.path}__isnull": False})
        grouped = shown.order_by().values(self.path).annotate(index_keys=KeysOf("pk"))
        return grouped.values_list(self.path, "index_keys")

    def build(self, records):
        return self._with(Links(*np.empty((2, 0), np.uint32)), records)

    def learn(self, former, records, changed):
        stays = ~np.isin(former.keys, np.fromiter(changed, np.uint32))
        kept = Links(former.keys[stays], former.others[stays])
        return self._with(kept, records.filter(pk__in=list(changed)))

    def _with(self, links, records):
        rows = [(other, keys_from(text)) for other, text in self.query(records)]
        others = np.repeat(np.array([other for other, _keys in rows], np.uint32), [len(keys) for _other, keys in rows])
        keys = np.concatenate([links.keys, *(keys for _other, keys in rows)])
        return Links(keys.astype(np.uint32), np.concatenate([links.others, others]))
