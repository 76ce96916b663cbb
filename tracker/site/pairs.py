"""Pairs of countries: which there are, and how much stands between the two of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from agreements.models import Agreement, Country, pair_code
from agreements.registers import AGREEMENTS
from meetings.models import Commitment, Meeting
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records.languages import compose
from tracker.records.public import public_name
from tracker.registers import keeping
from tracker.registers.index import Index

# An assembly of a larger organisation does not make a pair of each two of its members.
MOST_COUNTRIES_OF_A_PAIR_MEETING = 3


@dataclass
class Pair:
    """Two countries and how many published records involve both; ``commitments`` are the firm ones."""

    one: Country
    other: Country
    agreements: int = 0
    meetings: int = 0
    commitments: int = 0
    proposals: int = 0

    @property
    def code(self):
        return pair_code(self.one.code, self.other.code)

    @property
    def total(self):
        return self.agreements + self.meetings + self.commitments + self.proposals


def named_together(countries: Sequence[Country]) -> str:
    """The name of one country, or of a pair, in the reader's language."""
    names = [public_name(country) for country in countries]
    if len(names) == 1:
        return names[0]
    one, other = names
    return compose(_("%(one)s and %(other)s"), one=one, other=other)


class Pairs(list[Pair]):
    """What follows from all of them is found out once."""

    @cached_property
    def by_code(self) -> dict[str, Pair]:
        return {pair.code: pair for pair in self}

    @cached_property
    def heaviest(self) -> list[Country]:
        """The countries, those with most records first."""
        weights: Counter[str] = Counter()
        countries = {}
        for pair in self:
            total = pair.total
            for country in (pair.one, pair.other):
                weights[country.code] += total
                countries[country.code] = country
        return [countries[code] for code in sorted(weights, key=lambda code: (-weights[code], code))]


# The pairs by the indexes that were asked last: each change of the data, and each day, has indexes of its own.
_last: dict[str, tuple[list[Index | None], Pairs]] = {}


def all_pairs(today: date, version: int | None = None) -> Pairs:
    """Return the pairs that share an agreement, a commitment or a small meeting; those with most records first.

    ``version`` is the data version, where it was read for this answer already.
    """
    indexes = [keeping.ready(register, today, version) for register in (AGREEMENTS, MEETINGS, COMMITMENTS)]
    if any(index is None for index in indexes):
        return _in_order(_counted_by_the_database())
    last = _last.get("pairs")
    if last is None or any(index is not former for index, former in zip(indexes, last[0], strict=True)):
        last = _last["pairs"] = indexes, _in_order(_counted_by_indexes(*indexes))
    return last[1]


def _in_order(counted):
    countries = Country.objects.in_bulk(field_name="code")
    pairs: dict[tuple[str, str], Pair] = {}
    for name, numbers in counted.items():
        for (one, other), number in numbers.items():
            pair = pairs.setdefault((one, other), Pair(countries[one], countries[other]))
            setattr(pair, name, number)
    return Pairs(sorted(pairs.values(), key=lambda pair: (-pair.total, pair.code)))


def _counted_by_indexes(agreements, meetings, commitments):
    """``{name: {(code, other code): number}}``, the codes in order."""
    return {
        "agreements": agreements.pairs(),
        "meetings": meetings.pairs(most=MOST_COUNTRIES_OF_A_PAIR_MEETING),
        "commitments": commitments.pairs("firm"),
        "proposals": commitments.pairs("soft"),
    }


def _counted_by_the_database():
    small = Meeting.objects.published().annotate(size=Count("countries"))
    is_firm = Q(commitment__strength__in=Commitment.FIRM)
    published = [
        (Agreement.objects.published(), {"agreements": Q()}),
        (small.filter(size__lte=MOST_COUNTRIES_OF_A_PAIR_MEETING), {"meetings": Q()}),
        (Commitment.objects.published(), {"commitments": is_firm, "proposals": ~is_firm}),
    ]
    found: dict[str, dict[tuple[str, str], int]] = {}
    for records, conditions in published:
        for one, other, *numbers in _shared(records, conditions):
            for name, number in zip(conditions, numbers, strict=True):
                if number:
                    found.setdefault(name, {})[one, other] = number
    return found


def shared(records):
    """Rows (code, other code, number of records that involve both), each pair once; by the database."""
    return _shared(records, {"number": Q()})


def _shared(records, conditions):
    """Rows (code, other code, numbers of records that involve both, by condition), each pair once."""
    links = records.model.countries.through
    record = records.model._meta.model_name
    return (
        links.objects.filter(**{f"{record}__in": records.order_by().values("pk")})
        .annotate(other=F(f"{record}__countries__code"))
        .filter(other__gt=F("country__code"))
        .values_list("country__code", "other")
        .annotate(**{name: Count(record, filter=condition, distinct=True) for name, condition in conditions.items()})
        .values_list("country__code", "other", *conditions)
    )
