"""What stands in all tables, as plain rows, and in what two such states differ beyond what is declared."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection

Values = dict[str, Any]
# Which migrations have run is no data.
BOOKKEEPING = {"django_migrations", "sqlite_stat1", "sqlite_stat4"}


@dataclass(frozen=True)
class Table:
    columns: frozenset[str]
    rows: dict[Any, Values] = field(repr=False)


@dataclass(frozen=True)
class Conversion:
    """A migration turns the columns that it ``takes`` into those that it ``gives``: ``convert`` says how, row by row.

    ``in_history``: it does the same in every revision of the record.
    """

    label: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    convert: Callable[[Values], Values]
    in_history: bool = True

    @property
    def table(self) -> str:
        return apps.get_model(self.label)._meta.db_table


def tables() -> dict[str, Table]:
    """Each table by name, each of its rows by key."""
    found = {}
    with connection.cursor() as cursor:
        for name in set(connection.introspection.table_names(cursor)) - BOOKKEEPING:
            key = connection.introspection.get_primary_key_column(cursor, name)
            cursor.execute(f'SELECT * FROM "{name}"')
            columns = [description[0] for description in cursor.description]
            rows = (dict(zip(columns, row, strict=True)) for row in cursor.fetchall())
            found[name] = Table(frozenset(columns), {row[key]: row for row in rows})
    return found


def contents_of(table: Table) -> dict[Any, Values]:
    """The revisions, each with what it holds as values instead of text."""
    return {key: row | {"content": json.loads(row["content"])} for key, row in table.rows.items()}


def differences(
    before: dict[str, Table],
    after: dict[str, Table],
    conversions: Iterable[Conversion],
    derived: set[tuple[str, str]],
    growing: set[str],
) -> list[str]:
    """Return what is lost, changed or made up, one line each.

    ``derived`` are (table, column), or (table, "") for whole tables: somebody else looks at these. Tables that are
    ``growing`` may have further rows.
    """
    found = [f"{name}: the table is gone" for name in before.keys() - after.keys()]
    for name in sorted(after):
        if (name, "") in derived:
            continue
        own = [each for each in conversions if each.table == name]
        skipped = {column for table, column in derived if table == name}
        if name not in before:
            found += [f"{name}: new, and not empty"] * bool(after[name].rows)
        else:
            found += _in_table(name, before[name], after[name], own, skipped)
            new = after[name].rows.keys() - before[name].rows.keys() if name not in growing else ()
            found += [f"{name} {key}: the row is new" for key in new]
    return found


def _in_table(name, before, after, conversions, skipped):
    taken = {column for each in conversions for column in each.takes}
    given = {column for each in conversions for column in each.gives}
    gone = before.columns - after.columns - taken
    yield from (f"{name}.{column}: the column is gone" for column in sorted(gone))
    yield from (f"{name} {key}: the row is gone" for key in before.rows.keys() - after.rows.keys())
    kept = (before.columns & after.columns) - taken - skipped
    new = {column: _default(name, column) for column in after.columns - before.columns - given - skipped}
    for key in sorted(before.rows.keys() & after.rows.keys(), key=str):
        expected = {column: before.rows[key][column] for column in kept} | new
        for each in conversions:
            expected |= each.convert(before.rows[key])
        for column, value in expected.items():
            if after.rows[key][column] != value:
                yield f"{name} {key}.{column}: {before.rows[key].get(column)!r} became {after.rows[key][column]!r}"


def _default(table, column):
    """What a column holds in rows that are older than itself."""
    (model,) = (each for each in apps.get_models(include_auto_created=True) if each._meta.db_table == table)
    (found,) = (each for each in model._meta.concrete_fields if each.column == column)
    return found.get_default()
