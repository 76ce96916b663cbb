"""Pairs of countries: which there are, and how much stands between the two of each."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from agreements.models import Agreement, Country, pair_code
from meetings.models import Commitment, Meeting

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


def all_pairs():
    """Return the pairs that share an agreement, a commitment or a small meeting; those with most records first."""
    small = Meeting.objects.published().annotate(size=Count("countries"))
    is_firm = Q(commitment__strength__in=Commitment.FIRM)
    published = [
        (Agreement.objects.published(), {"agreements": Q()}),
        (small.filter(size__lte=MOST_COUNTRIES_OF_A_PAIR_MEETING), {"meetings": Q()}),
        (Commitment.objects.published(), {"commitments": is_firm, "proposals": ~is_firm}),
    ]
    countries = Country.objects.in_bulk()
    pairs = {}
    for records, conditions in published:
        for one, other, *numbers in _shared(records, conditions):
            pair = pairs.setdefault((one, other), Pair(*sorted((countries[one], countries[other]), key=_code)))
            for name, number in zip(conditions, numbers, strict=True):
                setattr(pair, name, number)
    return sorted(pairs.values(), key=lambda pair: (-pair.total, pair.code))


def _code(country):
    return country.code


def _shared(records, conditions):
    """Rows (country, other country, numbers of records that involve both, by condition), each pair once."""
    links = records.model.countries.through
    record = records.model._meta.model_name
    return (
        links.objects.filter(**{f"{record}__in": records.order_by().values("pk")})
        .annotate(other=F(f"{record}__countries"))
        .filter(other__gt=F("country"))
        .values_list("country", "other")
        .annotate(**{name: Count(record, filter=condition, distinct=True) for name, condition in conditions.items()})
        .values_list("country", "other", *conditions)
    )
