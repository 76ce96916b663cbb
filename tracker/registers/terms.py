"""What the words of a search mean to the database: see ``tracker.records.words`` for the words themselves."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from tracker.records.models import search_entries
from tracker.records.public import published_along
from tracker.records.words import terms_of


@dataclass(frozen=True)
class Related:
    """Records at the end of ``path``, whose names count as words of a record; where ``is_in_name``, as its own name.

    ``register`` gives the register of those records, where they have one.
    """

    path: str
    register: Callable[[], Any] | None = None
    is_in_name: bool = False

    def model(self, model: Any) -> Any:
        """The kind of these records, from the kind that they are related to."""
        for step in self.path.split("__"):
            model = model._meta.get_field(step).related_model
        return model


def keys_of(records: QuerySet) -> list[int]:
    return list(records.order_by().values_list("pk", flat=True))


def among(records: QuerySet, keys: list[int]) -> QuerySet:
    """Those of the records that have these keys, of which there may be more than a statement has places for."""
    if connection.vendor == "postgresql":
        return records.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [keys]))
    return records.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)]))


def narrowed(records: QuerySet, text: str, related: tuple[Related, ...], is_exact: bool = False) -> QuerySet:
    """The published records in which every term occurs, in what is said of them or in the names of what they are
    related to. A text without a letter or a digit is in none."""
    terms = terms_of(text)
    if text.strip() and not terms:
        return records.none()
    for term in terms:
        found = [_in_entry(records.model, term, ("names", "texts"), is_exact)]
        found += [_in_name_of_related(records.model, each, term, is_exact) for each in related]
        records = _with(records, reduce(or_, found))
    return records


def named(records: QuerySet, text: str, related: tuple[Related, ...], is_exact: bool) -> QuerySet:
    """Those of them in whose names every term occurs."""
    for term in terms_of(text):
        found = [_in_entry(records.model, term, ("names",), is_exact)]
        found += [_in_name_of_related(records.model, each, term, is_exact) for each in related if each.is_in_name]
        records = _with(records, reduce(or_, found))
    return records


def _in_entry(model, term, columns, is_exact):
    return Q(pk__in=search_entries(model).having(term, columns, is_exact).values("record"))


def _in_name_of_related(model, related, term, is_exact):
    other: Any = related.model(model)
    found = search_entries(other).having(term, ("names",), is_exact).public()
    return Q(**{f"{related.path}__in": found.values("record")}) & published_along(model, related.path)


def _with(records, condition):
    """By a subquery, so that no join doubles a record."""
    return records.filter(pk__in=records.model._base_manager.filter(condition).order_by().values("pk"))
