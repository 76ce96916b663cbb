"""The parts of the index of a register by which words are found: in which records each stands, and what these records
are related to, whose names count as well."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import Model
from pyroaring import BitMap

from tracker.records.models import search_entries
from tracker.records.public import published_along

from .parts import KeysOf, Values, keys_from

LAST = "\U0010ffff"


class Words(Values):
    """Which records have which word."""

    @cached_property
    def in_order(self) -> list[str]:
        return sorted(self.keys)

    def exactly(self, word: str) -> BitMap:
        return self.keys.get(word, BitMap())

    def beginning_with(self, word: str) -> BitMap:
        words = self.in_order
        return BitMap.union(BitMap(), *(self.keys[each] for each in words[slice(*_places(words, word))]))


def _places(words, beginning):
    return bisect_left(words, beginning), bisect_left(words, beginning + LAST)


@dataclass(frozen=True)
class WordsPart:
    """The words of one column of the search entries of a kind, of those entries that are public."""

    model: type[Model]
    column: str

    def query(self, records):
        return search_entries(self.model).public().values_list("record", self.column)

    def build(self, records):
        return Words(_by_word(self.query(records).iterator(10_000)), {})

    def learn(self, former, records, changed):
        present = _by_word(self.query(records).filter(record__in=list(changed)))
        keys = dict(former.keys)
        for word, found in former.keys.items():
            if found.intersect(changed):
                keys[word] = found - changed
        for word, found in present.items():
            keys[word] = keys.get(word, BitMap()) | found
        return Words({word: found for word, found in keys.items() if found}, {})


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
