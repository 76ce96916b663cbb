"""The numbers of some commitments: how many there are of which kind."""

from collections import Counter
from functools import cached_property

from django.db.models import Count
from django.db.models.functions import ExtractYear
from pyroaring import BitMap

from meetings.models import OPEN, Commitment, Headline, Implementation, Progress, Schedule

from .headline import OF_THE_HEADLINE

FIRM, SOFT = ({"standing": standing.value} for standing in Commitment.Standing)
COUNTED = (
    "standing",
    "schedule",
    "progress",
    "strength",
    "completed",
    "assessment",
    "implementation",
    "late",
    "repeated",
)
YEARS = ("made_from", "made_to")
# Those that firm commitments can have.
SCHEDULES = [schedule for schedule in Schedule if schedule != Schedule.PASSED]
OPEN_CODES = [each.value for each in OPEN]
CLOSED_CODES = [each.value for each in Implementation if each not in OPEN]


class Promises:
    """The published commitments of a ``Subset`` of them, on its day."""

    def __init__(self, subset):
        self.subset, self.today = subset, subset.today

    @property
    def records(self):
        return self.subset.among(Commitment.objects.published()).order_by()

    @property
    def keys_of_all_and_firm(self):
        """For conditions ``__in``."""
        subset = self.subset
        firm = subset.having("standing", FIRM["standing"]) if subset.index else None
        return subset.keys_of(self.records), subset.keys_of(self.records.firm(), firm)

    @cached_property
    def _numbers(self):
        """``[({column: code}, number)]``, by the database."""
        years = {"made_from": ExtractYear("made_earliest"), "made_to": ExtractYear("made_latest")}
        rows = self._asked.annotate(**years).values_list(*COUNTED, *YEARS).annotate(Count("pk"))
        return [(dict(zip([*COUNTED, *YEARS], codes, strict=True)), number) for *codes, number in rows]

    @property
    def _asked(self):
        return self.records.with_schedule(self.today).with_answers(self.today)

    def number(self, **values):
        """How many have each of these values."""
        if self.subset.index:
            return self.subset.number(**values)
        return sum(number for codes, number in self._numbers if values.items() <= codes.items())

    @property
    def total(self):
        return self.headline.firm + self.headline.soft

    @cached_property
    def headline(self):
        return Headline(**{name: self.number(**values) for name, values in OF_THE_HEADLINE.items()})

    @cached_property
    def implementation(self):
        """``{Implementation: number}`` of the firm ones."""
        return {each: self.number(**FIRM, implementation=each.value) for each in Implementation}

    @property
    def implementation_by_year(self):
        """``{Implementation: {year: number}}`` of the firm ones, by the year in which they were made; None where it is
        not certain."""
        if self.subset.index:
            having = self.subset.having
            firm = having("standing", FIRM["standing"])
            return {
                each: self.subset.certain_years("made", firm & having("implementation", each.value))
                for each in Implementation
            }
        found = {each: Counter() for each in Implementation}
        for codes, number in self._numbers:
            if FIRM.items() <= codes.items():
                first, last = codes["made_from"], codes["made_to"]
                found[Implementation(codes["implementation"])][first if first == last else None] += number
        return found

    def last_days(self, name, implementations):
        """The last day that a date allows, of each of the firm ones with these words that has one."""
        if self.subset.index:
            having = self.subset.having
            keys = BitMap.union(*(having("implementation", code) for code in implementations))
            return self.subset.last_days(name, keys & having("standing", FIRM["standing"]))
        asked = self._asked.filter(**FIRM, implementation__in=implementations)
        return list(asked.exclude(**{f"{name}_latest": None}).values_list(f"{name}_latest", flat=True))

    def days_to_completion(self, most_open):
        """The days from promise to completion, of each of the firm ones of which both days are known: no more days than
        ``most_open`` lie between their bounds."""
        bounds = [f"{name}_{edge}" for name in ("made", "completed_on") for edge in ("earliest", "latest")]
        if self.subset.index:
            having = self.subset.having
            keys = having("standing", FIRM["standing"]) & having("completed", "yes")
            return self.subset.days_between("made", "completed_on", keys, most_open)
        rows = self._asked.filter(**FIRM, completed="yes").values_list(*bounds)
        return [
            (to_last - from_last).days
            for from_first, from_last, to_first, to_last in rows
            if None not in (from_first, from_last, to_first, to_last)
            and max((from_last - from_first).days, (to_last - to_first).days) <= most_open
        ]

    @cached_property
    def number_firm(self):
        return sum(self.implementation.values())

    @cached_property
    def number_open(self):
        """Of the firm ones, those of which something is still to come."""
        return sum(self.implementation[each] for each in OPEN)

    @property
    def crosstab(self):
        """``[(progress, [(schedule, number of firm commitments)], number of proposals)]``"""
        return [(progress, self._schedules(progress), self.number(**SOFT, progress=progress)) for progress in Progress]

    def _schedules(self, progress):
        return [(schedule, self.number(**FIRM, progress=progress, schedule=schedule)) for schedule in SCHEDULES]

    @property
    def strengths(self):
        """``[(strength, number)]`` of those there are, the firmest first."""
        numbers = ((strength, self.number(strength=strength)) for strength in Commitment.Strength)
        return [(strength, number) for strength, number in numbers if number]

    # Where they are listed

    @property
    def firm_address(self):
        return self.subset.address(**FIRM)

    @property
    def soft_address(self):
        return self.subset.address(**SOFT)
