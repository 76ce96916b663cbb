"""The rows of records as tables of their own: parties, events, delegations, figures, claims … as their models define
them, so that a column that a model gains is in every format. Nested in what knows nesting, one beside the other else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import Bound, DurationField, EDTFField
from tracker.records.models import Source
from tracker.records.models.content import NOT_CONTENT
from tracker.records.models.publication import Publication, is_published
from tracker.records.models.reference import Referenced

from . import columns
from .reading import Reader, RowsIn, Told, values_of
from .register import Column, Datatype, Table

Labels = Mapping[type[models.Model], str | Told]
# Of a row: the place of its record among those read, the places of the rows that it belongs to, and its own, from 1.
Place = tuple[int, ...]
KEYS = ("reference", "slug", "code")
DATATYPES = (
    (Bound, Datatype.DAY),
    (models.BooleanField, Datatype.YES_OR_NO),
    (models.IntegerField, Datatype.WHOLE_NUMBER),
    (models.DecimalField, Datatype.DECIMAL),
    (models.URLField, Datatype.ADDRESS),
)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a file has of each record: columns, of which the first is its permanent name, and tables of its rows. Each
    line is told apart by the columns in ``key``."""

    noun: str
    columns: tuple[Column, ...]
    tables: tuple[Table, ...] = ()
    key_length: int = 1

    def of(self, table: Table) -> "Shape":
        """That of a table which stands by itself."""
        columns = flat_columns(self.noun, self.columns[0], table)
        return Shape(noun=self.noun, columns=columns, key_length=len(columns) - len(table.columns))

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns[: self.key_length])


class Chunk(NamedTuple):
    """What a file has of some records: the values of each column, and the rows of each table."""

    values: list[Sequence]
    rows: Sequence["TableRows"] = ()

    def records(self, shape: Shape) -> Iterator[dict[str, Any]]:
        """``{column: value, "rows": {table: [{column: value, … inner table: […]}]}}``, without rows where the shape has
        no tables."""
        names = [column.name for column in shape.columns]
        parts = nested(len(self.values[0]), self.rows) if shape.tables else None
        for at, values in enumerate(zip(*self.values, strict=True)):
            record = dict(zip(names, values, strict=True))
            yield record if parts is None else record | {"rows": parts[at]}


def flat_columns(noun: str, key: Column, table: Table) -> tuple[Column, ...]:
    """The columns of a table that stands by itself: first the record, then the places of the rows that it is in."""
    places = [f"{name}_row" for name in table.path[:-1]]
    means = _("its place among those of the record, or of the row that it belongs to, from 1")
    numbers = [Column(name=name, reads=(), datatype=Datatype.WHOLE_NUMBER, means=means) for name in (*places, "row")]
    return replace(key, name=noun.replace("-", "_"), means=_("the record that it belongs to")), *numbers, *table.columns


class TableRows(NamedTuple):
    """The rows of a table that belong to some records: their places, and the values of each column."""

    table: Table
    places: list[Place]
    values: list[Sequence]

    def flat(self, keys: Sequence[Any]) -> list[Sequence]:
        """The values of ``flat_columns``; ``keys`` are what the records are called."""
        numbers = [[place[step] for place in self.places] for step in range(1, len(self.table.path) + 1)]
        return [[keys[place[0]] for place in self.places], *numbers, *self.values]


def rows_of(tables: Sequence[Table], read: Mapping[RowsIn, Sequence[Sequence[Any]]]) -> Iterator[TableRows]:
    """Those of tables and of what is nested in them, the outer before the inner; ``read`` has the rows by record."""
    for table in tables:
        yield from _rows(table, read, None)


def _rows(table, read, places_of_part):
    """``places_of_part`` are those of the rows of the table around it, by their keys."""
    numbers: dict[Place, int] = {}
    found = []
    for record, rows in enumerate(read[table.rows]):
        for row in rows:
            around = (record,) if places_of_part is None else places_of_part.get(row[1])
            if around is None:  # of a row that was not there yet when those were read
                continue
            numbers[around] = numbers.get(around, 0) + 1
            found.append(((*around, numbers[around]), row))
    found.sort(key=lambda each: each[0])
    reads = dict.fromkeys(path for column in table.columns for path in column.reads)
    place_of = {path: table.rows.reads.index(path) for path in reads}
    values = {path: [row[at] for _place, row in found] for path, at in place_of.items()}
    yield TableRows(table, [place for place, _row in found], values_of(table.columns, values))
    for inner in table.tables:
        yield from _rows(inner, read, {row[0]: place for place, row in found})


def nested(number: int, all_rows: Sequence[TableRows]) -> list[dict[str, list]]:
    """``{table: [{column: value, … inner table: […]}]}`` of each of a number of records."""
    found: list[dict[str, list]] = [{} for _record in range(number)]
    around: dict[tuple[tuple[str, ...], Place], dict] = {((), (at,)): each for at, each in enumerate(found)}
    for rows in all_rows:
        path = rows.table.path
        for outer in [each for (of, _place), each in around.items() if of == path[:-1]]:
            outer[rows.table.name] = []
        names = [column.name for column in rows.table.columns]
        each_row = zip(*rows.values, strict=True) if rows.values else ()
        for place, values in zip(rows.places, each_row, strict=True):
            row = around[path, place] = dict(zip(names, values, strict=True))
            around[path[:-1], place[:-1]][rows.table.name].append(row)
    return found


def tables_of(model: type[models.Model], labels: Labels, further: Mapping[str, tuple[Column, ...]] | None = None):
    """The tables of what belongs to records of a kind and is shown; of records with a reference also the rows by which
    other such records point at them. ``labels`` say what a record is called, by its kind; ``further`` are columns for
    the table of that name which no field states.
    """
    further = further or {}
    owned = [_table(row, row.owner_name, (), labels, further) for row in _rows_owned_by(model)]
    pointing = [_table(row, name, (), labels, further) for row, name in _rows_pointing_at(model)]
    return (*owned, *pointing)


def _rows_owned_by(model):
    for row in _shown_rows():
        if _target(row, row.owner_name) is model:
            yield row


def _rows_pointing_at(model):
    for row in _shown_rows() if issubclass(model, Referenced) else ():
        for field in row._meta.concrete_fields:
            is_of_such = issubclass(_target(row, row.owner_name), Referenced)
            if is_of_such and field.related_model is model and field.name != row.owner_name:
                yield row, field.name


def _shown_rows() -> Iterator[Any]:
    """The kinds of rows that say what a record says, or something of it in their own right."""
    row: Any
    for row in apps.get_models():
        is_row = getattr(row, "is_row", False)
        is_shown = row.is_for_the_public() if is_row else issubclass(row, Publication)
        if is_shown and getattr(row, "owner_name", ""):
            yield row


def _target(row, name) -> Any:
    return row._meta.get_field(name).related_model


def _table(row, link, around, labels, further, titles=()):
    """The table of the rows that point at something by the field ``link``; ``around`` are the names of those that this
    something is a row of, and ``titles`` the same in words."""
    title = row._meta.verbose_name_plural
    if link != row.owner_name:
        title = format_lazy(_("{rows}, from the other side"), rows=title)
    titles = (*titles, title)
    path = (*around, row._meta.get_field(link).remote_field.get_accessor_name())
    own = (*_columns_of(row, link, labels), *further.get(path[-1], ()))
    reads = dict.fromkeys(read for column in own for read in column.reads)
    part = (f"{link}_id",) if around else ()
    return Table(
        path=path,
        titles=titles,
        model=row,
        rows=RowsIn("__".join(path), ("pk", *part, *reads), _is_shown(row, link)),
        columns=own,
        tables=tuple(_table(inner, inner.owner_name, path, labels, further, titles) for inner in _rows_owned_by(row)),
    )


def _is_shown(row, link):
    """What it needs to be shown beside that what it is found by is: its own state, where it has one, and that of whom
    it would say nothing without."""
    condition = is_published() if issubclass(row, Publication) else Q()
    for field in row._meta.concrete_fields:
        if field.is_relation and not field.null and field.name != link and issubclass(field.related_model, Publication):
            condition &= is_published(f"{field.name}__")
    return condition


def _columns_of(row, link, labels):
    for field in _fields(row, link):
        # A record that points at one of its own kind: the file has that one's name in a column of the same name.
        is_alike = field.name == row.owner_name and field.related_model is _target(row, link)
        for column in _columns(field, labels):
            yield replace(column, name=f"other_{column.name}") if is_alike else column


def _fields(row, link):
    hidden = {link, *NOT_CONTENT, *getattr(row, "NOT_SHOWN", ())}
    return [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in hidden]


def _columns(field, labels):
    if field.is_relation:
        return _of_related(field, labels)
    if field.choices:
        return columns.choice(field.name, field)
    if isinstance(field, EDTFField):
        words = f"{field.name}_words"
        has_words = any(each.name == words for each in field.model._meta.concrete_fields)
        return columns.text(field.name), columns.date_in_words(field.name, *([words] if has_words else []))
    if isinstance(field, DurationField):
        return columns.period(field.name)
    datatype = next((datatype for kind, datatype in DATATYPES if isinstance(field, kind)), Datatype.TEXT)
    return (Column(name=field.name, reads=(field.name,), datatype=datatype),)


def _of_related(field, labels):
    if field.related_model is field.model:  # a target that took the place of another: told by its date
        return (columns.text(field.name, f"{field.name}__on"),)
    names = {each.name for each in field.related_model._meta.concrete_fields}
    key = next(key for key in KEYS if key in names)
    label = labels.get(field.related_model)
    if label is None:  # of a room above: its name is a matter of that room
        return (columns.text(field.name, f"{field.name}__{key}"),)
    found = columns.of_one(field.name, key, label, is_local=isinstance(label, Told) and label is not columns.SOURCE)
    if field.related_model is Source:
        address = Column(name=f"{field.name}_address", reads=(f"{field.name}__url",), datatype=Datatype.ADDRESS)
        return (*found, address)
    return found


def rows_read_by(tables: Sequence[Table]) -> list[RowsIn]:
    return [inner.rows for table in tables for inner in table.with_nested]


def chunk_of(reader: Reader, keys: Sequence[int], tables: Sequence[Table]) -> Chunk:
    """What there is of the records with these keys, by a reader that reads the rows of the tables too."""
    read = reader.all(keys)
    return Chunk(values_of(reader.columns, read), list(rows_of(tables, read)))
