"""A database with what every record said at a moment, filled from the history."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction

from tracker.records.fields import Bound
from tracker.records.merging.addresses import taken_in
from tracker.records.models import Publishable, found_by, write_search_entries
from tracker.records.models.content import contents, row_models_of, stored_fields, with_values
from tracker.records.models.former import AT_ONCE, contents_before, never_noted, removed_by_law

from .database import PAST, kept_models, of_today, writing


def make(path: Path, moment: datetime) -> None:
    """Write the file ``path``: records as they stood just before the moment. What has been withdrawn for legal reasons
    since is withdrawn there too."""
    withdrawn = withdrawn_by_law()
    with writing(path) as connection:
        _create_tables(connection)
        # What a record names may be gone, or of a kind that is not kept.
        with connection.constraint_checks_disabled(), transaction.atomic(using=PAST):
            older = {model: list(_fill(connection, model, moment, withdrawn.get(model, set()))) for model in _records()}
            for model, keys in older.items():
                for record in model._base_manager.filter(pk__in=keys):
                    record.derive()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def withdrawn_by_law():
    """``{model: keys}`` of today, with what was deleted while it was so, and what these were made of."""
    kinds: list[Any] = [model for model in _records() if issubclass(model, Publishable)]
    found = {
        model: set(model._base_manager.filter(is_withdrawn_by_law=True).values_list("pk", flat=True))
        | removed_by_law(model)
        for model in kinds
    }
    return {model: keys | (taken_in(model, keys) if keys else set()) for model, keys in found.items()}


def _records() -> Iterator[Any]:
    """The kinds that have revisions, older ones first."""
    for model in apps.get_models():
        if model in kept_models() and hasattr(model, "derive") and not getattr(model, "is_row", False):
            yield model


def _create_tables(connection):
    """As the migrations would, without the history of these."""
    with connection.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=True):
            if model in kept_models() and not model._meta.auto_created:
                editor.create_model(model)  # and what links it to many


def _fill(connection, model, moment, withdrawn):
    """Yield the keys of records whose revisions are older than a column that is derived, and do not hold it."""
    derived = {field.name for field in stored_fields(model, editable=False)}
    lines = chain(contents_before(model, moment), _never_noted(model))
    while some := dict(islice(lines, AT_ONCE)):
        for key in withdrawn & some.keys():
            some[key]["fields"]["state"] = Publishable.State.WITHDRAWN
        _put(connection, model, some)
        yield from (key for key, content in some.items() if not derived <= content["derived"].keys())


def _never_noted(model):
    """The keys and contents of what has no revision, as it is today."""
    with of_today():
        keys = never_noted(model)
    for start in range(0, len(keys), AT_ONCE):
        with of_today():
            found = contents(model, keys[start : start + AT_ONCE])
        yield from found.items()


def _put(connection, model, found):
    """Records of one kind with their rows: ``{key: content}``."""
    said = {key: content["derived"] | content["fields"] for key, content in found.items()}
    _insert(connection, model, said)
    for row, _look_up in row_models_of(model):
        label = row._meta.label_lower
        if row.is_for_the_public():
            rows = [content["rows"].get(label, {}) for content in found.values()]
            _insert(connection, row, {int(key): values for each in rows for key, values in each.items()})
    model.write_beside(list(said))
    if found_by(model):
        write_search_entries((model, key) for key in said)


def _insert(connection, model, said):
    """``{key: {name: plain value}}``; what is not told is left as it is in a new row."""
    if not said:
        return
    fields = model._meta.concrete_fields
    records = [with_values(model(pk=key), values) for key, values in said.items()]
    lines = [[_stored(field, record, connection) for field in fields] for record in records]
    _insert_lines(connection, model, [field.column for field in fields], lines)
    for field in model._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            links = [(key, other) for key, values in said.items() for other in values.get(field.name, ())]
            columns = [field.m2m_column_name(), field.m2m_reverse_name()]
            _insert_lines(connection, field.remote_field.through, columns, links)


def _stored(field, record, connection):
    """The addresses of people are no public fact, and a file is not the place for them."""
    if isinstance(field, models.EmailField):
        return ""
    value = field.pre_save(record, add=False) if isinstance(field, Bound) else getattr(record, field.attname)
    return field.get_db_prep_save(value, connection)


def _insert_lines(connection, model, columns, lines):
    if lines:
        quote = connection.ops.quote_name
        names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", lines)
