"""How many commitments there are, and where they stand: what was promised apart from what was only proposed or said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import ngettext

from tracker.records import typography

from .assessment import Assessment, Progress
from .schedule import IS_CLOSED, Schedule, falls_into

# Closed as completed, or open to the last report that says so.
IS_COMPLETED = Q(closure="completed") | Q(closure="", progress=Progress.COMPLETE)


@dataclass(frozen=True)
class Headline:
    """Numbers of commitments. All but ``soft`` and ``soft_past`` are of the firm ones.

    ``soft_past``: proposals whose date has passed, which makes nobody late. ``claimed`` and ``confirmed`` are those
    completed on the word of a side that promised, and of others; of the rest nobody is known to have said it.
    """

    firm: int
    soft: int
    overdue: int
    soft_past: int
    completed: int
    claimed: int
    confirmed: int

    @property
    def in_words(self):
        return counted_apart({"firm": self.firm, "soft": self.soft})


def headline(commitments, is_firm: Q, today: date) -> Headline:
    """Count in one query."""
    is_reported = is_firm & IS_COMPLETED & Q(progress=Progress.COMPLETE)
    conditions = {
        "firm": is_firm,
        "soft": ~is_firm,
        "overdue": ~IS_CLOSED & falls_into(Schedule.OVERDUE, today),
        "soft_past": ~IS_CLOSED & falls_into(Schedule.PASSED, today),
        "completed": is_firm & IS_COMPLETED,
        "claimed": is_reported & Q(assessment=Assessment.CLAIMED),
        "confirmed": is_reported & Q(assessment=Assessment.CONFIRMED),
    }
    counts = {name: Count("pk", filter=condition, distinct=True) for name, condition in conditions.items()}
    return Headline(**commitments.order_by().aggregate(**counts))


def counted_apart(numbers: Mapping[str, int]) -> str:
    """Return “45 commitments, 37 proposals and statements” of the numbers by standing."""
    firm, soft = numbers.get("firm", 0), numbers.get("soft", 0)
    words = [
        ngettext("%(n)s commitment", "%(n)s commitments", firm) % {"n": typography.grouped(firm)},
        ngettext("%(n)s proposal or statement", "%(n)s proposals and statements", soft)
        % {"n": typography.grouped(soft)},
    ]
    return typography.clauses(word for word, number in zip(words, (firm, soft), strict=True) if number) or words[0]
