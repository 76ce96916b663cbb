"""What the public can see of a content: not what is private, nor whoever is hidden, nor a row that names one, unless it
says enough without (``NAMED_BESIDE``)."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from .content import NOT_CONTENT, Content, row_models_of, stored_fields
from .publication import Publication

Name = tuple[type[models.Model], int]


def hidden_among(model: type[models.Model], contents: Iterable[Content]) -> set[Name]:
    """The records that some contents of records of ``model`` name, and that are not public now."""
    named: dict[Any, set[int]] = {}
    for content in contents:
        for kind, key in _all_named(model, content):
            named.setdefault(kind, set()).add(key)
    return {
        (kind, key)
        for kind, keys in named.items()
        for key in keys.difference(kind.objects.published().filter(pk__in=keys).values_list("pk", flat=True))
    }


def looks_the_same(model: type[models.Model], before: Content, after: Content, hidden: set[Name]) -> bool:
    """Whether the public sees no difference. A column or a kind of row that one of them does not know is none."""
    for part in ("fields", "derived"):
        if _differ(*(_without(model, content.get(part, {}), hidden) for content in (before, after))):
            return False
    old_rows, new_rows = (content.get("rows", {}) for content in (before, after))
    for row in _rows_for_the_public(model):
        old, new = (_shown(row, rows.get(row._meta.label_lower, {}), hidden) for rows in (old_rows, new_rows))
        if old.keys() != new.keys() or any(_differ(old[key], new[key]) for key in old):
            return False
    return True


def seen(model: type[models.Model], content: Content, hidden: set[Name]) -> Content:
    """What the public sees of a content."""
    kinds = _rows_for_the_public(model)
    rows = {row._meta.label_lower: content.get("rows", {}).get(row._meta.label_lower, {}) for row in kinds}
    return {
        "fields": _without(model, content.get("fields", {}), hidden),
        "derived": _without(model, content.get("derived", {}), hidden),
        "rows": {row._meta.label_lower: _shown(row, rows[row._meta.label_lower], hidden) for row in kinds},
    }


def _rows_for_the_public(model) -> list[Any]:
    kinds: list[Any] = [row for row, _path in row_models_of(model)]
    return [row for row in kinds if row.is_for_the_public()]


def _differ(old, new):
    return any(name in old and old[name] != value for name, value in new.items())


def _without(model, values, hidden):
    """The values of a record, in which whoever is hidden does not stand."""
    private = NOT_CONTENT | getattr(model, "NOT_SHOWN", frozenset())
    shown = {name: value for name, value in values.items() if name not in private}
    for name, kind in _relations(model).items():
        value = shown.get(name)
        if isinstance(value, list):
            shown[name] = [key for key in value if (kind, key) not in hidden]
        elif (kind, value) in hidden:
            shown[name] = None
    return shown


def _shown(row, rows, hidden):
    said = {key: _without_named_beside(row, values, hidden) for key, values in rows.items()}
    return {key: values for key, values in said.items() if hidden.isdisjoint(_named(row, values))}


def _without_named_beside(row, values, hidden):
    beside = {name: _relations(row)[name] for name in getattr(row, "NAMED_BESIDE", ())}
    return values | {name: None for name, kind in beside.items() if (kind, values.get(name)) in hidden}


def _all_named(model, content) -> Iterator[Name]:
    yield from _named(model, content.get("fields", {}))
    yield from _named(model, content.get("derived", {}))
    for row, _path in row_models_of(model):
        for values in content.get("rows", {}).get(row._meta.label_lower, {}).values():
            yield from _named(row, values)


def _named(model, values) -> Iterator[Name]:
    for name, kind in _relations(model).items():
        value = values.get(name)
        for key in value if isinstance(value, list) else [value]:
            if key is not None:
                yield kind, key


@cache
def _relations(model) -> dict[str, Any]:
    """``{name of a relation: the kind of records that it leads to}``, of kinds with a state."""
    fields = [field for editable in (True, False) for field in stored_fields(model, editable=editable)]
    related: dict[str, Any] = {field.name: field.related_model for field in fields if field.is_relation}
    return {name: kind for name, kind in related.items() if issubclass(kind, Publication)}
