"""The first of some commitments: of what is open, of what is closed, and of what was only proposed or said."""

from functools import cached_property, reduce
from operator import or_

from django.db.models import Case, CharField, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from pyroaring import BitMap

from meetings.registers import COMMITMENTS, ORIGIN, PARTIES
from tracker.registers.beginning import Beginning
from tracker.registers.prepared import records_of_page
from tracker.registers.register import by_day

from .promises import CLOSED_CODES, FIRM, OPEN_CODES, SOFT, Promises

# Of what is open.
SORT = "silence"


def as_told(records):
    """With what an entry says of a commitment: on which occasion, by whom, and what was heard last."""
    return records.with_last_word().select_related(*ORIGIN).prefetch_related(PARTIES)


class PromiseLists:
    """``most`` of each list are shown, of those that are open ``most_open``."""

    def __init__(self, promises: Promises, most: int, most_open: int) -> None:
        self.promises, self.today = promises, promises.today
        self._most = {"open": most_open, "closed": most, "soft": most}

    @property
    def open(self):
        """Firm ones of which something is still to come: what is overdue, then what was longest not heard of; last,
        that of which nobody can tell."""
        number = self.promises.number_open
        return self._beginning("open", number, **FIRM, implementation=OPEN_CODES, sort=SORT)

    @property
    def closed(self):
        """Firm ones that were completed, or ended otherwise; what was made last comes first."""
        number = self.promises.number_firm - self.promises.number_open
        return self._beginning("closed", number, **FIRM, implementation=CLOSED_CODES)

    @property
    def soft(self):
        """What was only proposed or said; what was said last comes first."""
        return self._beginning("soft", self.promises.number(**SOFT), **SOFT)

    def _beginning(self, name, number, **filters):
        shown = self._lists[name]
        return Beginning(shown, self.promises.subset.address(**filters), number=number, most=len(shown))

    @cached_property
    def _lists(self):
        if not self.promises.subset.index:
            return self._first_by_database()
        first = self._first_by_index()
        keys = [key for each in first.values() for key in each]
        found = {record.pk: record for record in records_of_page(COMMITMENTS, self.today, keys, as_told)}
        return {name: [found[key] for key in each if key in found] for name, each in first.items()}

    def _first_by_index(self):
        having = self.promises.subset.having
        firm, soft = (having(*next(iter(standing.items()))) for standing in (FIRM, SOFT))
        is_open = BitMap.union(*(having("implementation", code) for code in OPEN_CODES))
        ordered = {
            "open": self.promises.subset.in_order(SORT, firm & is_open),
            "closed": self.promises.subset.newest("made", firm - is_open),
            "soft": self.promises.subset.newest("made", soft),
        }
        return {name: keys[: self._most[name]] for name, keys in ordered.items()}

    def _first_by_database(self):
        soft, is_open = When(**SOFT, then=Value("soft")), When(implementation__in=OPEN_CODES, then=Value("open"))
        newest = [by_day("made").desc(nulls_last=True), F("pk").desc()]
        asked = as_told(self.promises.subset.among(COMMITMENTS.records(self.today))).order_by()
        asked = asked.annotate(part=Case(soft, is_open, default=Value("closed"), output_field=CharField()))
        rows = asked.annotate(
            silence=Window(RowNumber(), partition_by=F("part"), order_by=COMMITMENTS.order(SORT)),
            age=Window(RowNumber(), partition_by=F("part"), order_by=newest),
        ).annotate(place=Case(When(part="open", then="silence"), default="age"))
        shown = [Q(part=part, place__lte=most) for part, most in self._most.items()]
        found = {part: [] for part in self._most}
        for record in rows.filter(reduce(or_, shown)).order_by("place"):
            found[record.part].append(record)
        return found
