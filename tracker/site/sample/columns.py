"""The columns of a model, read from records in memory at once: as the database takes them, and as its history has them.

What a record says stands in a revision as ``contents`` reads it from the database (``tracker.records.models.content``).
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models

from tracker.records.fields import Bound
from tracker.records.models.content import row_models_of, stored_fields


class TableColumns:
    """``[converter by place]`` beside the names: most values stand for themselves, and there are many of them."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.model, self.names = model, [field.column for field in fields]
        self.bounds = [field for field in fields if isinstance(field, Bound)]
        self._read = attrgetter(*(field.attname for field in fields))
        self._converters = [(place, found) for place, field in enumerate(fields) if (found := _to_database(field))]

    def stored(self, rows: Iterable[models.Model]) -> list[tuple]:
        """The rows as the database takes them."""
        return [self._stored(self._read(row)) for row in rows]

    def _stored(self, values):
        found = list(values)
        for place, convert in self._converters:
            if found[place] is not None:
                found[place] = convert(found[place])
        return tuple(found)

    def set_bounds(self, row: models.Model) -> None:
        """As saving does it."""
        for field in self.bounds:
            if getattr(row, field.of):
                field.pre_save(row, add=True)


class PlainColumns:
    """Those columns of a model of one sort, as a revision holds them."""

    def __init__(self, model: type[models.Model], *, editable: bool) -> None:
        fields = stored_fields(model, editable=editable)
        columns = [field for field in fields if not field.many_to_many]
        self.links = [field.name for field in fields if field.many_to_many]
        self._names = [field.name for field in columns]
        # Of fewer than two names it would read no tuple.
        self._read = attrgetter("pk", "pk", *(field.attname for field in columns))
        self._converters = [(field.name, found) for field in columns if (found := _to_plain(field))]

    def values(self, row: models.Model) -> dict[str, Any]:
        found = dict(zip(self._names, self._read(row)[2:], strict=True))
        for name, convert in self._converters:
            if found[name] is not None:
                found[name] = convert(found[name])
        return found


@cache
def table_columns(model: type[models.Model]) -> TableColumns:
    return TableColumns(model)


@cache
def plain_columns(model: type[models.Model], *, editable: bool) -> PlainColumns:
    return PlainColumns(model, editable=editable)


def content(record: models.Model, rows: Iterable[models.Model], links: dict[str, list[int]]) -> dict[str, Any]:
    """What a record says, with its rows, as a revision has it."""
    found: dict[str, Any] = {}
    for name, editable in (("fields", True), ("derived", False)):
        columns = plain_columns(type(record), editable=editable)
        found[name] = columns.values(record) | {link: links.get(link, []) for link in columns.links}
    found["rows"] = dict(_by_kind(type(record), rows))
    return found


def _by_kind(model, rows) -> Iterator[tuple[str, dict[str, Any]]]:
    by_kind: dict[type, list] = {}
    for row in rows:
        by_kind.setdefault(type(row), []).append(row)
    for kind, _look_up in row_models_of(model) if by_kind else ():
        if kind in by_kind:
            columns = plain_columns(kind, editable=True)
            yield kind._meta.label_lower, {str(row.pk): columns.values(row) for row in by_kind[kind]}


def _to_database(field):
    if isinstance(field, models.DateField | models.DecimalField):
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.JSONField):
        return json.dumps
    return str if field.choices else None  # a default may be a member of its enumeration


def _to_plain(field):
    if isinstance(field, models.DateField):
        return lambda value: value.isoformat()
    if isinstance(field, models.DecimalField):
        return lambda value: str(value.quantize(Decimal(1).scaleb(-field.decimal_places)))
    return str if field.choices else None
