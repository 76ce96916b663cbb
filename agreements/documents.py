"""How many documents some agreement records stand for, as far as that can be said of records that may overlap."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, When
from django.utils.translation import gettext as _

from .models import Agreement, AgreementRelation

# Whether an event tells what it is: signed, say, or planned. Of agreements with their status.
IS_TOLD = ~Q(status=Agreement.Status.UNKNOWN) | ~Q(target_kind="")


@dataclass
class Documents:
    """``least`` to ``most`` documents in so many ``records``; as many are ``left_out``, as no event tells their
    status."""

    least: int
    most: int
    records: int
    left_out: int

    @property
    def in_words(self):
        """A number, or “at least 38, at most 47”."""
        if self.least == self.most:
            return str(self.most)
        return _("at least %(least)s, at most %(most)s") % {"least": self.least, "most": self.most}


def documents_of(agreements: QuerySet) -> Documents:
    """Add up the documents of agreements with their status, signed, adopted, under negotiation or planned.

    A document that another of the records counts already is not counted again. Of records that may overlap, directly or
    by way of others, the least is the largest number among them, the most their sum.
    """
    agreements = agreements.order_by()
    told = agreements.filter(IS_TOLD)
    is_counting = IS_TOLD & ~Exists(told.filter(pk=OuterRef("parent")))
    # Distinct, lest the database finds out anew for each number which status a record has.
    rows = agreements.annotate(
        is_told=Case(When(IS_TOLD, then=1), default=0), is_counting=Case(When(is_counting, then=1), default=0)
    ).values("pk", "count", "is_told", "is_counting")
    found = rows.distinct().aggregate(
        records=Count("pk", filter=Q(is_told=1)),
        left_out=Count("pk", filter=Q(is_told=0)),
        counting=Count("pk", filter=Q(is_counting=1)),
        most=Sum("count", filter=Q(is_counting=1), default=0),
    )
    several = found.pop("counting") > 1
    return Documents(least=found["most"] - (_counted_twice(agreements, told) if several else 0), **found)


def _counted_twice(agreements, told):
    """How many documents may be counted twice among those that are told."""
    ends = _overlaps(agreements)
    kin = _with_parents(told, {end for pair in ends for end in pair})
    pairs = [[_counting(end, kin) for end in pair] for pair in ends if kin.keys() >= set(pair)]
    numbers = {end: kin[end][1] for pair in pairs for end in pair if kin[end][0] not in kin}
    groups = _groups(numbers, pairs)
    return sum(numbers.values()) - sum(max(numbers[key] for key in group) for group in groups)


def _overlaps(agreements):
    """The pairs that may overlap, among these records; there are few of them at all."""
    overlaps = AgreementRelation.objects.filter(kind=AgreementRelation.Kind.MAY_OVERLAP)
    keys = agreements.values("pk")
    return list(overlaps.filter(agreement__in=keys, other__in=keys).order_by().values_list("agreement", "other"))


def _with_parents(told, keys):
    """``{key: (parent, number)}`` of these, of their parents among the records, of the parents of those …"""
    found, waiting = {}, keys
    while waiting:
        rows = told.filter(pk__in=waiting).values_list("pk", "parent", "count")
        found |= dict.fromkeys(waiting) | {key: (parent, number) for key, parent, number in rows}
        waiting = {row[0] for row in found.values() if row} - found.keys() - {None}
    return {key: row for key, row in found.items() if row}


def _counting(key, kin):
    """The record that counts the documents of this one among the rest."""
    seen = {key}
    while kin[key][0] in kin and kin[key][0] not in seen:
        key = kin[key][0]
        seen.add(key)
    return key


def _groups(numbers, pairs):
    """The records in groups: those that a chain of overlaps joins together."""
    near = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    waiting, groups = dict.fromkeys(numbers), []
    while waiting:
        group, reached = set(), [next(iter(waiting))]
        while reached:
            key = reached.pop()
            if key in waiting:
                del waiting[key]
                group.add(key)
                reached += near[key]
        groups.append(group)
    return groups
