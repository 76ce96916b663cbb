"""The countries with most records, each with each: a large matrix for the list of pairs, a small one for home."""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from django.urls import reverse

from agreements.models import pair_code

from .pairs import Pairs

MOST_IN_MATRIX = 24
MOST_IN_SMALL_MATRIX = 7


@dataclass(frozen=True)
class Crossing:
    """How many records two countries share, and the page of the pair; ``level`` is its weight, from 1 to 4. All empty
    where they share nothing."""

    number: str
    address: str
    in_words: str
    level: int


NOTHING = Crossing("", "", "", 0)


class PairMatrix:
    """The countries with most records, each with each."""

    def __init__(self, pairs):
        self._pairs = Pairs(pairs)
        self.axis = sorted(self._pairs.heaviest[:MOST_IN_MATRIX], key=lambda country: country.code)
        self.is_cut = len(self._pairs.heaviest) > MOST_IN_MATRIX

    @property
    def rows(self):
        """``[(country, [crossing])]``: None where it crosses itself."""
        for row in self.axis:
            yield row, [None if row == column else self._crossing(row, column) for column in self.axis]

    def _crossing(self, row, column):
        return self._crossings.get(pair_code(row.code, column.code), NOTHING)

    @cached_property
    def _crossings(self):
        """``{code of a pair: crossing}``: each stands in two cells, and is put into words once."""
        pairs = [_between(self._pairs, one, other) for one, other in combinations(self.axis, 2)]
        return {pair.code: _crossed(pair) for pair in pairs if pair}


def _crossed(pair):
    address = reverse("pair-detail", args=[pair.one.code, pair.other.code])
    number = f"{pair.total:,}"
    words = f"{pair.one.local_name} – {pair.other.local_name}: {number}"
    return Crossing(number, address, words, min(4, 1 + pair.total // 8))


class SmallMatrix:
    """Of few countries the lower half only, as the other one would repeat it: the heaviest first."""

    def __init__(self, pairs):
        self._pairs, self.number = pairs, len(pairs)
        self._heaviest = pairs.heaviest[:MOST_IN_SMALL_MATRIX]

    @property
    def countries(self):
        """How many are shown."""
        return len(self._heaviest)

    @cached_property
    def rows(self):
        """``[(country, [(pair or None, level from 1 to 3)], the country of the next column or None)]``; the first
        country has no row, only a column."""
        countries = self._heaviest
        crossings = [
            [_between(self._pairs, row, column) for column in countries[:place]] for place, row in enumerate(countries)
        ]
        most = max((pair.total for row in crossings for pair in row if pair), default=1)
        return [
            (row, [(pair, _level(pair, most)) for pair in crossings[place]], countries[place])
            for place, row in enumerate(countries)
            if place
        ]

    @property
    def first(self):
        return self._heaviest[0] if self._heaviest else None


def _between(pairs, one, other):
    """None where the two share nothing."""
    return pairs.by_code.get(pair_code(one.code, other.code))


def _level(pair, most):
    """How dark a crossing is: one of many records is rare, so that the steps are not even."""
    if pair is None:
        return 0
    return 3 if pair.total * 3 >= most else 2 if pair.total * 9 >= most else 1
