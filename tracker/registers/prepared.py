"""Queries that Django puts into SQL once, to be asked for other records each time: to do so anew takes as long as to
read hundreds of rows."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from copy import copy
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from .past.database import database_in_use

# Stands in a query for the keys of some records.
KEYS = RawSQL("keys of some records", ())


class Prepared:
    """A query that has ``KEYS`` in it. Keys are whole numbers, and stand in the text: to pass hundreds of parameters
    would take longer too. Any thread may ask, by its own connection."""

    def __init__(self, asked: QuerySet) -> None:
        self.asked = asked
        self.compiler = asked.query.get_compiler(asked.db)
        self.sql, self.parameters = self.compiler.as_sql()

    def rows(self, keys: Iterable[int]) -> Iterable[tuple]:
        """Of a query for values."""
        with connections[self.asked.db].cursor() as cursor:
            cursor.execute(self._with(keys), self.parameters)
            return self.compiler.results_iter([cursor.fetchall()], tuple_expected=True)

    def records(self, keys: Iterable[int]) -> Sequence[Model]:
        """Of a query for records: with all that it selects, prefetches and annotates."""
        compiler: Any = copy(self.compiler)
        compiler.connection = connections[self.asked.db]
        compiler.as_sql = lambda *_args, **_options: (self._with(keys), self.parameters)
        asked = self.asked.all()
        asked.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return list(asked)

    def _with(self, keys):
        return self.sql.replace(KEYS.sql, ",".join(str(int(key)) for key in keys))


class OfRecord:
    """Records that belong to one: ``make`` takes ``KEYS`` in place of it, and what else the query depends on, and
    returns the query."""

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        @lru_cache(maxsize=2 * len(settings.LANGUAGES))
        def kept(_language, _database, *further):
            return Prepared(make(KEYS, *further))

        self._kept = kept

    def __call__(self, record: Model, *further: Hashable) -> Sequence[Model]:
        return self.of_all([record.pk], *further)

    def of_all(self, keys: Iterable[int], *further: Hashable) -> Sequence[Model]:
        """What belongs to several records, which have these keys."""
        keys = list(keys)
        return self._kept(get_language(), database_in_use(), *further).records(keys) if keys else []


class RowsOf(OfRecord):
    """The rows of a record in a relation, which know it: ``shape`` adds to their query what the page reads of them."""

    def __init__(self, relation: Any, shape: Callable[[Any], QuerySet] = lambda rows: rows) -> None:
        self.link = relation.field.name
        rows = relation.rel.related_model.objects
        super().__init__(lambda keys: shape(rows.filter(**{f"{self.link}__in": keys})))

    def __call__(self, record: Model, *further: Hashable) -> Sequence[Model]:
        rows = super().__call__(record, *further)
        for row in rows:
            setattr(row, self.link, record)
        return rows


@lru_cache(maxsize=128)
def _rows_of_pages(register, today, shown, _language, _database):
    # What only filters and exports need would take the database longer to plan than all that a row shows.
    records = register.records if shown or register.rows is None else register.rows
    return Prepared((shown or register.shown)(records(today)).filter(pk__in=KEYS).order_by())


def records_of_page(
    register: Any, today: date, keys: Sequence[int], shown: Callable[[QuerySet], QuerySet] | None = None
) -> list[Model]:
    """The records of a register that have these keys, in their order, with what a row of the page reads, or what
    ``shown``, a function of a module, adds in place of that."""
    if not keys:
        return []
    rows = _rows_of_pages(register, today, shown, get_language(), database_in_use())
    found = {record.pk: record for record in rows.records(keys)}
    return [found[key] for key in keys if key in found]
