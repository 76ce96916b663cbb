"""Words found in memory: which records of an index have the terms of a search, in their names, or anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from tracker.records.models import search_entries
from tracker.records.words import Term

from . import keeping
from .index import Index
from .terms import Related
from .word_parts import Words


@dataclass(frozen=True)
class Finder:
    """Finds by the words of an index, and of the indexes of the registers that its register is related to."""

    index: Index
    others: Mapping[str, Index]

    @classmethod
    def of(cls, index: Index, day: date, version: int | None) -> "Finder | None":
        """None where one of the other indexes is not ready."""
        registers = {each.path: each.register() for each in index.register.related if each.register}
        others = {path: keeping.ready(register, day, version) for path, register in registers.items()}
        known = {path: other for path, other in others.items() if other is not None}
        return cls(index, known) if len(known) == len(others) else None

    def with_all(self, terms: list[Term], is_exact: bool = False) -> BitMap:
        """The records in which every term occurs, in what is said of them or in the names of what is related."""
        related = self.index.register.related
        return self._all([self._with(term, ("names", "texts"), related, is_exact) for term in terms])

    def named_by_all(self, terms: list[Term], is_exact: bool) -> BitMap:
        """Those in whose names every term occurs."""
        related = tuple(each for each in self.index.register.related if each.is_in_name)
        return self._all([self._with(term, ("names",), related, is_exact) for term in terms])

    def _all(self, found):
        return BitMap.intersection(self.index.all, *found)

    def _with(self, term, columns, related, is_exact):
        model = self.index.register.records(self.index.day).model
        found = [_having(self.index, column, model, term, is_exact) for column in columns]
        return BitMap.union(*found, *(self._related(each, model, term, is_exact) for each in related))

    def _related(self, related: Related, model, term, is_exact):
        other = self.others.get(related.path)
        if other is None:
            others = _having(self.index, related.path, related.model(model), term, is_exact)
        else:
            others = _having(other, "names", related.model(model), term, is_exact) & other.all
        return self.index.parts["links", related.path].related_to(others)


def _having(index, part, model, term, is_exact) -> BitMap:
    """Which records of ``model`` have the term, by the words of a part of an index; a phrase the database knows."""
    words: Words = index.parts["words", part]
    if not term.is_phrase:
        (word,) = term.words
        return words.exactly(word) if is_exact else words.beginning_with(word)
    found = BitMap.intersection(*map(words.exactly, term.words))
    if len(term.words) == 1 or not found:
        return found
    column = part if part in ("names", "texts") else "names"
    return found & BitMap(list(search_entries(model).having(term, (column,)).public().values_list("record", flat=True)))
