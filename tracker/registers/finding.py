"""Words found in memory: which records of an index have the terms of a search, in their names, or anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from pyroaring import BitMap

from tracker.records.models import search_entries
from tracker.records.words import Term

from . import keeping
from .index import Index
from .plan import model_of
from .terms import Related
from .word_parts import Words

# The words of phrases in a search, as the database finds them: of which kind, in which column.
Phrases = dict[tuple[type[Model], str, Term], BitMap]
# Of more records, to look through all is quicker than to ask for each.
MOST_NAMED = 1000


@dataclass(frozen=True)
class Finder:
    """Finds by the words of an index, and of the indexes of the registers that its register is related to."""

    index: Index
    others: Mapping[str, Index]
    phrases: "Phrases" = field(default_factory=dict)

    @classmethod
    def of(cls, index: Index, day: date, version: int | None, phrases: "Phrases | None" = None) -> "Finder | None":
        """None where one of the other indexes is not ready. Finders of one search share the ``phrases``."""
        registers = {each.path: each.register() for each in index.register.related if each.register}
        others = {path: keeping.ready(register, day, version) for path, register in registers.items()}
        known = {path: other for path, other in others.items() if other is not None}
        return cls(index, known, {} if phrases is None else phrases) if len(known) == len(others) else None

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
        model = model_of(self.index.register)
        found = [self._having(self.index, column, model, term, is_exact) for column in columns]
        return BitMap.union(*found, *(self._related(each, model, term, is_exact) for each in related))

    def _related(self, related: Related, model, term, is_exact):
        other = self.others.get(related.path)
        if other is None:
            others = self._having(self.index, related.path, related.model(model), term, is_exact)
        else:
            others = self._having(other, "names", related.model(model), term, is_exact) & other.all
        return self.index.parts["links", related.path].related_to(others)

    def _having(self, index, part, model, term, is_exact) -> BitMap:
        """Which records of ``model`` have the term, by the words of a part of an index; a phrase the database knows."""
        words: Words = index.parts["words", part]
        if not term.is_phrase:
            (word,) = term.words
            return words.exactly(word) if is_exact else words.beginning_with(word)
        found = BitMap.intersection(*map(words.exactly, term.words))
        if len(term.words) == 1 or not found:
            return found
        column = part if part in ("names", "texts") else "names"
        asked = model, column, term
        if asked not in self.phrases:
            self.phrases[asked] = _with_phrase(found, *asked)
        return self.phrases[asked]


def _with_phrase(found, model, column, term) -> BitMap:
    """Those of the records that have the words of a phrase in which these stand side by side."""
    entries = search_entries(model).having(term, (column,)).public()
    if len(found) <= MOST_NAMED:
        entries = entries.filter(record__in=list(found))
    return found & BitMap(list(entries.values_list("record", flat=True)))
