"""How much there is of what, and between whom: much between a few pairs of countries, little between most."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from random import Random

COUNTRIES = 200
MOST_PAIRS = 8_000
# Of Zipf's law: the first of 2,000 pairs has a fifteenth of all.
SLOPE = 0.84
FEWEST = 5


@dataclass(frozen=True)
class Size:
    """Numbers of records, in proportion to the commitments."""

    commitments: int

    def _one_for(self, commitments: float) -> int:
        return max(FEWEST, round(self.commitments / commitments))

    @property
    def pairs(self) -> int:
        return min(MOST_PAIRS, self._one_for(50))

    @property
    def forums(self) -> int:
        return self._one_for(20)

    @property
    def cooperations(self) -> int:
        """The forums, and what goes on between states that have none."""
        return self.forums + self.forums // 8 + 1

    @property
    def agreements(self) -> int:
        return max(self.cooperations, self._one_for(5))

    @property
    def meetings(self) -> int:
        return max(2 * self.cooperations, self._one_for(2))

    @property
    def organisations(self) -> int:
        return self._one_for(30)

    @property
    def people(self) -> int:
        return self._one_for(25)


class Shares:
    """Parts of a whole that come to it exactly: an even one for each, the rest as chance has it."""

    def __init__(self, chance: Random, total: int, parts: int, fewest: int = 1) -> None:
        weights = list(accumulate(chance.expovariate(1) for _part in range(parts)))
        rest = total - fewest * parts
        bounds = [round(rest * weight / weights[-1]) for weight in weights]
        self.parts = [fewest + after - before for before, after in zip([0, *bounds], bounds, strict=False)]


class Zipf:
    """Draws places from 0 on: the first often, the last seldom."""

    def __init__(self, chance: Random, number: int, slope: float = SLOPE) -> None:
        self.random = chance.random
        self.bounds = list(accumulate((place + 1) ** -slope for place in range(number)))

    def draw(self) -> int:
        return bisect(self.bounds, self.random() * self.bounds[-1])


def pairs(chance: Random, countries: Sequence, number: int) -> list[tuple]:
    """So many pairs of the countries, those that have most to do with each other first."""
    weights = {country: (place + 1) ** -0.7 * (0.5 + chance.random()) for place, country in enumerate(countries)}
    found = [(weights[one] * weights[other] * chance.random(), one, other) for one, other in combinations(countries, 2)]
    found.sort(key=lambda each: -each[0])
    return [(one, other) for _weight, one, other in found[:number]]


class Dealer:
    """Draws values, the earlier the more often, and each at least once: so that even few records show all of them."""

    def __init__(self, chance: Random, values: Sequence[str]) -> None:
        self.random, self.values = chance.random, tuple(values)
        self.waiting = chance.sample(self.values, len(self.values))

    def deal(self) -> str:
        if self.waiting:
            return self.waiting.pop()
        return self.values[int(len(self.values) * self.random() ** 1.5)]
