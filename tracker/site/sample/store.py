"""Writes sample data as saving would leave it, in few statements: keys and references are given out here, rows are
inserted as tuples, and each record leaves one revision."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models
from django.utils import translation

from tracker.records.models import ReferenceCounter, Referenced, Revision

from .columns import content, table_columns


@dataclass
class Kept:
    """A record that waits to be written, with its rows and its relations to many."""

    record: models.Model
    rows: list[models.Model] = field(default_factory=list)
    links: dict[str, list[int]] = field(default_factory=dict)


class Store:
    """Keeps what is put into it until ``write``; all of it belongs to one change, that of ``data_version``."""

    def __init__(self, data_version: int, now: datetime) -> None:
        self.data_version, self.now = data_version, now
        self._last: Counter[type[models.Model]] = Counter()
        self._numbers: Counter[str] = Counter()
        self._rows: dict[type[models.Model], list] = defaultdict(list)
        self._kept: dict[tuple[type, int], Kept] = {}

    def put(self, row: Any, owner: models.Model | None = None) -> Any:
        """Give a row its key, a record its reference, and dates their bounds. ``owner`` is the record of a row."""
        model: type[models.Model] = type(row)
        self._last[model] += 1
        row.pk = self._last[model]
        if isinstance(row, Referenced):
            self._numbers[row.REFERENCE_PREFIX] += 1
            row.reference = f"{row.REFERENCE_PREFIX}-{self._numbers[row.REFERENCE_PREFIX]:04}"
        table_columns(model).set_bounds(row)
        self._rows[model].append(row)
        if owner is not None:
            self._kept[type(owner), owner.pk].rows.append(row)
        else:
            self._kept[model, row.pk] = Kept(row)
        return row

    def put_derived(self, row: Any) -> None:
        """A row that follows from others, and is kept in no history."""
        self._last[type(row)] += 1
        row.pk = self._last[type(row)]
        self._rows[type(row)].append(row)

    def link(self, record: Any, name: str, keys: Iterable[int]) -> None:
        """Set a relation to many."""
        self._kept[type(record), record.pk].links[name] = sorted(set(keys))

    def derive(self, record: models.Model, **values: Any) -> None:
        """Set derived columns; keys stand for a relation to many."""
        for name, value in values.items():
            if record._meta.get_field(name).many_to_many:
                self.link(record, name, value)
            else:
                setattr(record, name, value)
        table_columns(type(record)).set_bounds(record)

    def written(self, model: type[models.Model]) -> int:
        """How many rows of a kind there are."""
        return self._last[model]

    def write(self) -> None:
        """Insert what waits: older kinds of row first, since younger ones point at them."""
        for model in apps.get_models():
            if rows := self._rows.pop(model, None):
                _insert(model, table_columns(model).stored(rows))
        for through, links in self._links().items():
            _insert(through, links)
        kept = list(self._kept.values())
        self._kept.clear()
        with translation.override(settings.LANGUAGE_CODE):
            _insert(Revision, table_columns(Revision).stored(map(self._revision, kept)))

    def _links(self):
        found = defaultdict(list)
        for kept in self._kept.values():
            for name, keys in kept.links.items():
                through = kept.record._meta.get_field(name).remote_field.through
                for key in keys:
                    self._last[through] += 1
                    found[through].append((self._last[through], kept.record.pk, key))
        return found

    def _revision(self, kept):
        self._last[Revision] += 1
        return Revision(
            pk=self._last[Revision],
            kind=kept.record._meta.label_lower,
            record=kept.record.pk,
            number=1,
            data_version=self.data_version,
            made_at=self.now,
            title=str(kept.record)[:500],
            is_editorial=True,
            is_content=True,
            content=content(kept.record, kept.rows, kept.links),
        )

    def close(self) -> None:
        """The database gives out the next keys and references after these."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._last)):
                cursor.execute(statement)
        for prefix, number in self._numbers.items():
            ReferenceCounter.note(f"{prefix}-{number}")


def _insert(model: Any, rows: list[tuple]) -> None:
    if not rows:
        return
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(map(quote, table_columns(model).names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
