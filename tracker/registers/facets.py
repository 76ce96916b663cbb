"""Counts by value of a filter, so that a reader sees what a click would leave."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest

from django.db.models import CharField, Count, Expression, F, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from tracker.records.languages import written
from tracker.records.public import published_along

MOST_OPTIONS = 60
TOTAL = ""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One filter with counts. The filter of the same name passes the records that a value counts, and no others: the
    index answers the one by the other. ``value`` is the path to the code, ``label`` to its name (or a function that
    returns it: names differ by language); else ``choices`` name it. An expression may stand for a path.

    ``is_local`` is true where the names are those of the reader's language; a code stands where there is none.
    ``when`` are conditions on the rows of the path that count, as pairs of a path and a value.
    ``keeps_order`` is true where the order of the ``choices`` says something: the firmest first.
    ``is_named_by_rows`` is true where the value may rest on other records of the kind, but on those alone whose rows
    name this one: a later commitment that repeats it.
    ``narrows`` is true where a further value narrows the list (country): its counts then are within the present choice.
    """

    name: str
    title: str | Promise
    value: str | Expression
    label: str | Callable[[], str | Expression] = ""
    choices: tuple = ()
    is_local: bool = False
    when: tuple = ()
    narrows: bool = False
    is_open: bool = False
    keeps_order: bool = False
    is_named_by_rows: bool = False

    def counts(self, records):
        """A queryset of (facet, code, name, number of records); what is hidden names no value, nor leads to one."""
        label = self.label() if callable(self.label) else self.label
        return _tally(self.valued(records), self.name, expression(self.value), expression(label or self.value))

    def valued(self, records):
        """The records of which a value counts: once for each row on the path to it that the public may read."""
        if self.when:
            records = records.filter(**dict(self.when))
        return records.filter(published_along(records.model, self.value)) if isinstance(self.value, str) else records

    def options(self, counts, chosen):
        """Return ``[{value, label, count, selected}]``, the chosen ones first, then by falling count or in their order.

        ``chosen`` has the name of each value that was chosen: of one that nothing is left of, no count tells it.
        """
        labels = dict(self.choices)
        found = {code: (label or code, number) for code, label, number in counts if code}
        if labels:  # a code that no filter takes leads nowhere
            found = {code: (labels[code], number) for code, (_label, number) in found.items() if code in labels}
        named = {code: (labels.get(code, name), 0) for code, name in chosen.items() if code not in found}
        places = {code: place for place, code in enumerate(labels)} if self.keeps_order else {}

        def place(option):
            code, (label, number) = option
            return code not in chosen, places.get(code, 0), -number, str(label)

        is_said_here = self.choices or self.is_local
        # Cut before they are put in order: there may be thousands.
        least = least_shown(number for _label, number in found.values())
        often = {code: each for code, each in found.items() if places or code in chosen or each[1] >= least}
        shown = sorted((often | named).items(), key=place)[:MOST_OPTIONS]
        return [
            {
                "value": code,
                "label": label if is_said_here or code in named else written(label),
                "count": number,
                "selected": code in chosen,
            }
            for code, (label, number) in shown
        ]


def least_shown(numbers):
    """The number of records that a value must have to be among the options shown."""
    return min(nlargest(MOST_OPTIONS, numbers), default=0)


def expression(value):
    """A path as an expression; what is one already, as it is."""
    return F(value) if isinstance(value, str) else value


def count(facets, filterset, apart=""):
    """Return ({value of ``apart``: number}, {facet name: [(code, name, number)]}) for a valid filterset, in one query.

    ``apart`` is the path by which the total is counted; without one it has a single number.
    """
    tallies = [_tally(filterset.narrowed(), TOTAL, expression(apart) if apart else Value(TOTAL), Value(TOTAL))]
    for facet in facets:
        tallies.append(facet.counts(filterset.narrowed(leave_out=None if facet.narrows else facet.name)))
    rows = defaultdict(list)
    for name, code, label, number in tallies[0].union(*tallies[1:], all=True):
        rows[name].append((code, label, number))
    return {code: number for code, _label, number in rows.pop(TOTAL, [])}, rows


def _tally(records, name, code, label):
    grouped = records.order_by().annotate(
        facet_name=Value(name, CharField()),
        facet_code=Cast(code, CharField()),
        facet_label=Cast(label, CharField()),
    )
    return (
        grouped.values("facet_name", "facet_code", "facet_label")
        .annotate(number=Count("pk", distinct=True))
        .values_list("facet_name", "facet_code", "facet_label", "number")
    )
