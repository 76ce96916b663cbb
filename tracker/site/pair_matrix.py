"""The countries with most records, each with each: a large matrix for the list of pairs, a small one for home."""

from functools import cached_property

from agreements.models import pair_code

from .pairs import Pairs

MOST_IN_MATRIX = 24
MOST_IN_SMALL_MATRIX = 7


class PairMatrix:
    """The countries with most records, each with each."""

    def __init__(self, pairs):
        self._pairs = Pairs(pairs)
        self.axis = sorted(self._pairs.heaviest[:MOST_IN_MATRIX], key=lambda country: country.code)
        self.is_cut = len(self._pairs.heaviest) > MOST_IN_MATRIX

    @property
    def rows(self):
        """``[(country, [cell])]``: None where it crosses itself."""
        for row in self.axis:
            yield row, [None if row == column else self._cell(row, column) for column in self.axis]

    def _cell(self, row, column):
        """The pair at a crossing with its weight from 1 to 4; an empty dict where the two share nothing."""
        pair = _between(self._pairs, row, column)
        return {"pair": pair, "level": min(4, 1 + pair.total // 8)} if pair else {}


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
