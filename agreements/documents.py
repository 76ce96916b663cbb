"""How many documents some agreement records stand for, as far as that can be said of records that may overlap."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .models import Agreement, AgreementRelation


@dataclass
class Documents:
    """``least`` to ``most`` documents in the ``records``; those ``left_out`` have no event that tells their status."""

    least: int = 0
    most: int = 0
    records: list[Agreement] = field(default_factory=list)
    left_out: list[Agreement] = field(default_factory=list)

    @property
    def in_words(self):
        """A number, or “at least 38, at most 47”."""
        if self.least == self.most:
            return str(self.most)
        return _("at least %(least)s, at most %(most)s") % {"least": self.least, "most": self.most}


def documents_of(agreements: Iterable[Agreement]) -> Documents:
    """Add up the documents of agreements with their status, signed, adopted, under negotiation or planned.

    A document that another of the records counts already is not counted again. Of records that may overlap, directly or
    by way of others, the least is the largest number among them, the most their sum.
    """
    agreements = list(agreements)
    records = [agreement for agreement in agreements if is_told(agreement)]
    parent_of = {record.pk: record.parent_id for record in records}
    numbers = {record.pk: record.count for record in records if record.parent_id not in parent_of}
    pairs = _overlaps(parent_of.keys()) if len(numbers) > 1 else ()
    groups = _groups(numbers, [[_counting(key, parent_of) for key in pair] for pair in pairs])
    return Documents(
        least=sum(max(numbers[key] for key in group) for group in groups),
        most=sum(numbers.values()),
        records=records,
        left_out=[agreement for agreement in agreements if not is_told(agreement)],
    )


def is_told(agreement):
    """Whether an event tells what it is: signed, say, or planned."""
    return agreement.status != Agreement.Status.UNKNOWN or bool(agreement.target_kind)


def _overlaps(keys):
    """The pairs that may overlap, among these keys; there are few of them at all."""
    overlaps = AgreementRelation.objects.filter(kind=AgreementRelation.Kind.MAY_OVERLAP)
    return [pair for pair in overlaps.values_list("agreement", "other") if keys >= set(pair)]


def _counting(key, parent_of):
    """The record that counts the documents of this one among the rest."""
    seen = {key}
    while parent_of[key] in parent_of and parent_of[key] not in seen:
        key = parent_of[key]
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
