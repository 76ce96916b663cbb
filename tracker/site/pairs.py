"""Pairs of countries: which there are, and how much stands between the two of each."""

from dataclasses import dataclass

from django.db.models import Count, F

from agreements.models import Agreement, Country, pair_code
from meetings.models import Commitment, Meeting

# An assembly of a larger organisation does not make a pair of each two of its members.
MOST_COUNTRIES_OF_A_PAIR_MEETING = 3


@dataclass
class Pair:
    """Two countries and how many published records involve both."""

    one: Country
    other: Country
    agreements: int = 0
    meetings: int = 0
    commitments: int = 0

    @property
    def code(self):
        return pair_code(self.one.code, self.other.code)

    @property
    def total(self):
        return self.agreements + self.meetings + self.commitments


def all_pairs():
    """Return the pairs that share an agreement, a commitment or a small meeting; those with most records first."""
    small = Meeting.objects.published().annotate(size=Count("countries"))
    published = {
        "agreements": Agreement.objects.published(),
        "meetings": small.filter(size__lte=MOST_COUNTRIES_OF_A_PAIR_MEETING),
        "commitments": Commitment.objects.published(),
    }
    countries = Country.objects.in_bulk()
    pairs = {}
    for name, records in published.items():
        for one, other, number in _shared(records):
            pair = pairs.setdefault((one, other), Pair(*sorted((countries[one], countries[other]), key=_code)))
            setattr(pair, name, number)
    return sorted(pairs.values(), key=lambda pair: (-pair.total, pair.code))


def _code(country):
    return country.code


def _shared(records):
    """Rows (country, other country, number of records that involve both), each pair once."""
    links = records.model.countries.through
    record = records.model._meta.model_name
    return (
        links.objects.filter(**{f"{record}__in": records.order_by().values("pk")})
        .annotate(other=F(f"{record}__countries"))
        .filter(other__gt=F("country"))
        .values_list("country", "other")
        .annotate(number=Count(record, distinct=True))
        .values_list("country", "other", "number")
    )
