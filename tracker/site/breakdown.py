"""What became of firm commitments, by country, forum, theme and so on: each value with its numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from agreements.models import Country, Forum, Organisation, Theme, pair_code
from meetings.models import UNREPORTED, Commitment, Implementation
from meetings.registers import COMMITMENTS
from tracker.records.languages import compose
from tracker.records.public import public_name
from tracker.registers.facets import expression

from .pairs import named_together, shared
from .promises import FIRM, Promises

MOST_ROWS = 20
PAIR = "pair"
# By what the commitments can be told apart: a filter of their list, and the page of its values.
WAYS = {
    PAIR: (gettext_lazy("Pair"), "pair-detail"),
    "by": (gettext_lazy("Undertaken by"), "country-detail"),
    "forum": (gettext_lazy("Forum"), "forum-detail"),
    "theme": (gettext_lazy("Theme"), "theme-detail"),
    "organisation": (gettext_lazy("Organisation"), "organisation-detail"),
    "strength": (gettext_lazy("Strength"), ""),
    "kind": (gettext_lazy("Kind"), ""),
}
BODIES = {"forum": Forum.objects, "theme": Theme.objects, "organisation": Organisation.objects}
FACETS = {facet.name: facet for facet in COMMITMENTS.facets}

Numbers = Mapping[Implementation, int]


@dataclass(frozen=True)
class BreakdownRow:
    """One value; ``chosen`` is what filters the list by it, ``address`` its own page, where it has one."""

    code: str
    name: str
    address: str
    chosen: Mapping[str, list[str]]
    numbers: Numbers

    @property
    def firm(self) -> int:
        return sum(self.numbers.values())

    @property
    def list_address(self) -> str:
        return settings.SITE_URL + self._list()

    @property
    def cells(self) -> list[tuple[Implementation, int, str]]:
        """``[(word, number, address of their list)]``, of all words."""
        return [(each, number, self._list(implementation=each.value)) for each, number in self.numbers.items()]

    @property
    def all(self) -> str:
        """The list of its firm commitments."""
        return self._list()

    def _list(self, **further):
        query = {**self.chosen, **FIRM, **further}
        return reverse("commitment-list") + "?" + urlencode(query, doseq=True)

    @property
    def silent(self) -> int:
        return sum(self.numbers[each] for each in UNREPORTED)


class Breakdown:
    """``way`` is one of ``WAYS``; those with most firm commitments come first, ``MOST_ROWS`` of them."""

    def __init__(self, promises: Promises, way: str) -> None:
        self.promises, self.subset, self.way = promises, promises.subset, way

    @property
    def words(self) -> list[Implementation]:
        return list(Implementation)

    @property
    def title(self) -> Any:
        return WAYS[self.way][0]

    @cached_property
    def _counted(self) -> dict[str, Numbers]:
        """``{code: numbers}`` of the values with most, or of all."""
        if self.way == PAIR:
            return self._pairs_by_index() if self.subset.index else self._pairs_by_database()
        return self._values_by_index() if self.subset.index else self._values_by_database()

    @cached_property
    def rows(self) -> list[BreakdownRow]:
        first = sorted(self._counted, key=lambda code: (-sum(self._counted[code].values()), code))[:MOST_ROWS]
        return [row for row in self._told(first) if row.firm]

    @property
    def finding(self) -> str:
        """“Most firm commitments: China and Pakistan, 20; on 13 of them no report was seen”"""
        first = self.rows[0]
        sentence = _("Most firm commitments: %(name)s, %(n)s; on %(silent)s of them no report was seen")
        return compose(sentence, name=first.name, n=f"{first.firm:,}", silent=f"{first.silent:,}")

    @cached_property
    def more(self) -> int:
        """How many values have firm commitments too."""
        shown = len(self.rows)  # which are counted first
        return self._number_of_values - shown

    # By the index

    @property
    def _firm(self) -> BitMap:
        return self.subset.having("standing", FIRM["standing"])

    def _numbers_of(self, keys: BitMap) -> Numbers:
        return {each: len(keys & self.subset.having("implementation", each.value)) for each in Implementation}

    def _values_by_index(self):
        values, firm = self.subset.index.values(self.way).keys, self._firm
        sizes = {code: firm.intersection_cardinality(keys) for code, keys in values.items() if code}
        self._number_of_values = sum(1 for size in sizes.values() if size)
        return {code: self._numbers_of(values[code] & firm) for code in _largest(sizes)}

    def _pairs_by_index(self):
        countries, firm = self.subset.index.values("country").keys, self._firm
        sizes = {pair_code(*codes): size for codes, size in self.subset.index.pairs(FIRM["standing"]).items()}
        self._number_of_values = len(sizes)
        found = {}
        for code in _largest(sizes):
            one, other = code.split("-")
            found[code] = self._numbers_of(countries[one] & countries[other] & firm)
        return found

    # By the database

    def _values_by_database(self):
        facet = FACETS[self.way]
        records = facet.valued(COMMITMENTS.records(self.promises.today).filter(**FIRM)).order_by()
        rows = records.annotate(code=expression(facet.value)).values_list("code", "implementation")
        return self._added_up(
            (code, Implementation(word), number)
            for code, word, number in rows.annotate(number=Count("pk", distinct=True))
            if code
        )

    def _pairs_by_database(self):
        records = Commitment.objects.published().with_answers(self.promises.today).filter(**FIRM)
        return self._added_up(
            (pair_code(one, other), word, number)
            for word in Implementation
            for one, other, number in shared(records.filter(implementation=word.value))
        )

    def _added_up(self, rows: Iterable[tuple[str, Implementation, int]]):
        found: dict[str, Counter] = defaultdict(Counter)
        for code, word, number in rows:
            found[code][word] += number
        self._number_of_values = len(found)
        return found

    # In words

    def _told(self, codes):
        names = self._names(codes)
        page = WAYS[self.way][1]
        for code in codes:
            parts = code.split("-") if self.way == PAIR else [code]
            yield BreakdownRow(
                code=code,
                name=names[code],
                address=reverse(page, args=parts) if page else "",
                chosen={"country": parts} if self.way == PAIR else {self.way: parts},
                numbers=self._counted[code],
            )

    def _names(self, codes):
        if self.way in (PAIR, "by"):
            wanted = {part for code in codes for part in code.split("-")}
            countries = Country.objects.in_bulk(wanted, field_name="code")
            return {code: named_together([countries[part] for part in code.split("-")]) for code in codes}
        facet = FACETS[self.way]
        if facet.choices:
            labels = dict(facet.choices)
            return {code: labels[code] for code in codes}
        return {
            code: public_name(record) for code, record in BODIES[self.way].in_bulk(codes, field_name="slug").items()
        }


def _largest(sizes):
    return sorted((code for code, size in sizes.items() if size), key=lambda code: (-sizes[code], code))[:MOST_ROWS]
