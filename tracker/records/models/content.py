"""What a record says, with its rows, as plain values that JSON can hold; and in what two such contents differ.

A content is ``{"fields": {name: value}, "derived": {name: value}, "rows": {label of the row's model: {key: {name:
value}}}}``. Fields are what an editor may set; derived is all else that is stored. Relations are primary keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

Content = dict[str, Any]
# Moving a record through publication, asking back, or looking for news of it is not a change of what it says.
NOT_CONTENT = frozenset(
    {
        *("state", "publish_at", "withdrawal_reason", "is_withdrawn_by_law"),
        *("editors_note", "question", "last_looked_on"),
    }
)


class Difference(NamedTuple):
    """One value that differs. ``label`` and ``key`` name the row, and are empty for the record itself.

    ``name`` is empty where a whole row was added (``old`` is None) or removed (``new`` is None).
    """

    label: str
    key: str
    name: str
    old: Any
    new: Any


@cache
def row_models_of(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Return ``[(model of a row, look-up of the record from it)]``, rows of rows after those they belong to.

    Rows with a state of their own (progress updates) are records in their own right and left out.
    """
    found = []
    row: Any
    for row in apps.get_models():
        if getattr(row, "is_row", False) and row._meta.get_field(row.owner_name).related_model is model:
            found.append((row, row.owner_name))
            found += [(inner, f"{look_up}__{row.owner_name}") for inner, look_up in row_models_of(row)]
    return found


@cache
def stored_fields(model: type[models.Model], *, editable: bool) -> list[models.Field]:
    """The columns and relations to many that an editor may set, or that no form offers; without the primary key."""
    through: Any = {field: field.remote_field.through for field in model._meta.many_to_many}
    found = [*model._meta.concrete_fields, *(field for field in through if through[field]._meta.auto_created)]
    return [field for field in found if field.editable is editable and not field.primary_key]


def contents(model: type[models.Model], keys: Iterable[int]) -> dict[int, Content]:
    """Return ``{key: content}`` of those records that exist: one statement for each kind of row, and of relation."""
    keys = list(keys)
    found: dict[int, Content] = {}
    fields, derived = (stored_fields(model, editable=editable) for editable in (True, False))
    for _owner, key, values in _values(model, "pk", keys, [*fields, *derived]):
        parts = ({field.name: values[field.name] for field in part} for part in (fields, derived))
        found[key] = {**dict(zip(("fields", "derived"), parts, strict=True)), "rows": {}}
    for row, look_up in row_models_of(model) if found else ():
        for owner, key, values in _values(row, look_up, keys, stored_fields(row, editable=True)):
            found[owner]["rows"].setdefault(row._meta.label_lower, {})[str(key)] = values
    return found


def _values(model, look_up, keys, fields):
    """Yield (key of the record, key of the row, {name: plain value}), in the order of their keys."""
    columns = [field for field in fields if not field.many_to_many]
    names = [field.name for field in columns]
    rows = list(
        model._base_manager.filter(**{f"{look_up}__in": keys}).order_by("pk").values_list(look_up, "pk", *names)
    )
    links = {
        field.name: _links(field, [key for _owner, key, *_values in rows]) for field in fields if field.many_to_many
    }
    for owner, key, *values in rows:
        plain = {field.name: _plain(field, value) for field, value in zip(columns, values, strict=True)}
        yield owner, key, plain | {name: keys_of[key] for name, keys_of in links.items()}


def _links(field, keys):
    source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    found = defaultdict(list)
    links = field.remote_field.through._base_manager.filter(**{f"{source}__in": keys})
    for key, other in links.order_by(target).values_list(source, target):
        found[key].append(other)
    return found


def _plain(field, value):
    value = field.get_prep_value(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def plain_values(record: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """``{name: plain value}`` of the columns of a record or a row as it stands, without its primary key; of these
    ``names`` where they are given."""
    columns = [field for field in record._meta.concrete_fields if not field.primary_key]
    chosen = {field.name for field in columns} if names is None else set(names)
    return {field.name: _plain(field, getattr(record, field.attname)) for field in columns if field.name in chosen}


def with_values(record: models.Model, values: dict[str, Any]) -> models.Model:
    """Set the columns of an unsaved or present record to plain values; what is no column of it is passed over."""
    for field in record._meta.concrete_fields:
        if field.name in values and not field.primary_key:
            setattr(record, field.attname, field.to_python(values[field.name]))
    return record


def differences(before: Content, after: Content) -> Iterator[Difference]:
    """Yield in what two contents of one record differ, what is derived apart.

    A column that one of them does not know, since it was made before the column or after its end, differs in nothing;
    nor does a kind of row that is no more.
    """
    yield from _different("", "", before.get("fields", {}), after.get("fields", {}))
    old_rows, new_rows = before.get("rows", {}), after.get("rows", {})
    for label in filter(_is_known, {**old_rows, **new_rows}):
        old, new = old_rows.get(label, {}), new_rows.get(label, {})
        for key in {**old, **new}:
            if key in old and key in new:
                yield from _different(label, key, old[key], new[key])
            else:
                yield Difference(label, key, "", old.get(key), new.get(key))


@cache
def _is_known(label):
    return label in {model._meta.label_lower for model in apps.get_models()}


def _different(label, key, old, new):
    for name, value in new.items():
        if name in old and old[name] != value:
            yield Difference(label, key, name, old[name], value)


def is_content(difference: Difference) -> bool:
    """Whether the difference changes what the record says: the rule of four eyes and the lists of work count these."""
    row: Any = apps.get_model(difference.label) if difference.label else None
    return difference.name not in NOT_CONTENT if row is None else row.is_content
