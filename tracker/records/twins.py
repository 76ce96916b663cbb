"""Records that may be the one somebody is about to make anew: of the same name, or of one that is nearly the same."""

from difflib import SequenceMatcher
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from .models import search_entries
from .words import normalised, words_of

MOST = 5
MOST_COMPARED = 500
# Of two names: “Asad Umar” and “Assad Umar”, not “Asad Umar” and “Asad Ali”.
NEARLY = 0.86


def twins(model: type[models.Model], name: str) -> list[models.Model]:
    """Return the records whose name, former name, other name or abbreviation is the same when folded, or nearly so;
    the nearest first."""
    words = words_of(name)
    if not words:
        return []
    begins = reduce(or_, (Q(names__contains=f" {word[:2]}") for word in words))
    found = {}
    for key, names in search_entries(model).filter(begins).values_list("record", "names")[:MOST_COMPARED]:
        nearness = max((_nearness(words, line) for line in names.splitlines() if line.strip()), default=0)
        if nearness >= NEARLY:
            found[key] = nearness
    records = model._base_manager.in_bulk(sorted(found, key=found.__getitem__, reverse=True)[:MOST])
    return sorted(records.values(), key=lambda record: -found[record.pk])


def _nearness(words, line):
    """From 0 to 1. A name of several words within a longer one is near."""
    others = line.split()
    shorter = min(set(words), set(others), key=len)
    if len(shorter) > 1 and shorter == set(words) & set(others):
        return 0.99 if sorted(words) != sorted(others) else 1
    return SequenceMatcher(None, normalised(" ".join(words)), f"{line.strip()} ").ratio()
