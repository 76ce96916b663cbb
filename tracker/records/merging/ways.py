"""What leads to records of a kind, whatever the room it stands in; and which two rows cannot both be there."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from django.db.models import UniqueConstraint

from ..models import Publication, Shared


def ways_to(model: Any) -> list[Any]:
    """The columns and relations to many, of all models, that point at records of this one, its own rows among them."""
    return _ways_to(model)


@cache
def _ways_to(model):
    found = [each for each in model._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete]
    fields = [each.field for each in found if not each.related_model._meta.auto_created]
    return sorted(fields, key=lambda field: field.many_to_many)


def is_own_record(row: models.Model) -> bool:
    """Whether it is something by itself, which no other can stand for."""
    return isinstance(row, (Publication, Shared))


def twin_of(row: Any) -> Any:
    """Another stored row that ``row``, as it is now, cannot stand beside; None where there is none."""
    for names, condition in _unique(row._meta.model):
        values = {name: getattr(row, row._meta.get_field(name).attname) for name in names}
        if None in values.values() or (condition is not None and not condition.check(_values(row))):
            continue
        others = type(row)._base_manager.exclude(pk=row.pk).filter(**values)
        twin = (others if condition is None else others.filter(condition)).first()
        if twin is not None:
            return twin
    return None


def _values(row):
    return row._get_field_expression_map(meta=row._meta)


@cache
def _unique(model: Any) -> list[tuple[Any, Any]]:
    return list(_all_unique(model))


def _all_unique(model: Any) -> Iterator[tuple[Any, Any]]:
    yield from (
        ((field.name,), None) for field in model._meta.concrete_fields if field.unique and not field.primary_key
    )
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            yield constraint.fields, constraint.condition
