"""The search of a register by words alone: what is found, in the order in which it is likely to be meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from tracker.records.models import search_entries
from tracker.records.words import normalised, terms_of

from . import keeping, terms
from .finding import Finder, Phrases
from .index import Found, Index
from .plan import model_of, parts_of
from .register import Register

MOST_TOLD_APART = 200


@dataclass(frozen=True)
class Answer:
    """What one register has to a search. ``tiers`` are keys, each in one of them: those called just so, those whose
    names have the words, those whose names have words that begin so, those that say the words, and those that say what
    begins so. ``index`` knows these at least."""

    register: Register
    index: Index
    tiers: tuple[BitMap, ...]

    @property
    def keys(self) -> BitMap:
        return BitMap.union(*self.tiers)

    def of_country(self, code: str) -> BitMap:
        if ("values", "country") not in self.index.parts:
            return BitMap()
        return self.index.values("country").keys.get(code, BitMap())

    def of_year(self, year: int) -> BitMap:
        """The records whose day may lie in the year."""
        if not self.register.day:
            return BitMap()
        days = self.index.parts["days", self.register.day]
        return days.not_before(date(year, 1, 1)) & days.not_after(date(year, 12, 31))

    def by_year(self, keys: BitMap) -> dict[int, int]:
        return self.index.parts["days", self.register.day].by_year(keys) if self.register.day else {}

    def slice(self, keys: BitMap, start: int, stop: int) -> list[int]:
        """Of some keys those at these places, in the order of the register."""
        return Found(self.index, {"q": keys}).slice(self.register.default_sort, start, stop)


def answer(register: Register, text: str, day: date, version: int | None, phrases: Phrases) -> Answer:
    """Ask the index of the register, or the database where it is not ready. Answers to one search share ``phrases``."""
    index = keeping.ready(register, day, version)
    finder = Finder.of(index, day, version, phrases) if index else None
    if finder is None:
        return Answer(register, *_asked(register, text, day))
    asked = terms_of(text)
    nested = (
        finder.named_by_all(asked, is_exact=True),
        finder.named_by_all(asked, is_exact=False),
        finder.with_all(asked, is_exact=True),
        finder.with_all(asked),
    )
    return Answer(register, finder.index, tuple(_apart((_called_so(register, text, nested[0]), *nested))))


def _asked(register, text, day):
    """An index of what was found alone, with the parts that a search reads; and the tiers."""
    records = register.records(day)
    found = terms.among(records, terms.keys_of(terms.narrowed(records, text, register.related)))
    order = "order", register.default_sort.removeprefix("-")
    parts = parts_of(register)
    names = {order, ("values", "country"), ("days", register.day)} & parts.keys()
    built = {name: parts[name].build(found) for name in names}
    index = Index(register, day, 0, BitMap(built[order].keys), built, {})
    nested = (
        terms.named(records, text, register.related, is_exact=True),
        terms.named(records, text, register.related, is_exact=False),
        terms.narrowed(records, text, register.related, is_exact=True),
    )
    keys = [BitMap(terms.keys_of(each)) for each in nested]
    return index, tuple(_apart((_called_so(register, text, keys[0]), *keys, index.all)))


def _called_so(register, text, named) -> BitMap:
    """Of those whose names have the words, those with a name of no other words; where these are many, all are alike."""
    if not 0 < len(named) <= MOST_TOLD_APART:
        return BitMap()
    entries = search_entries(model_of(register)).filter(record__in=list(named))
    return BitMap(list(entries.filter(names__contains=f"\n{normalised(text)}\n").values_list("record", flat=True)))


def _apart(nested) -> Iterator[BitMap]:
    """Each key in the first that has it."""
    seen = BitMap()
    for keys in nested:
        yield keys - seen
        seen |= keys
