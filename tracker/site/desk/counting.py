"""Many questions in one statement: how many records each counts, and which of them has waited longest."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

# More than so many of one kind nobody works through: it is said that there are more, and the count ends.
MOST = 1_000
TEXT = TextField()
# Between the parts of what names the first record; no text of a form holds it.
BETWEEN = "\N{INFORMATION SEPARATOR ONE}"
ONE = "SELECT %s AS place, COUNT(*) AS number, MIN(desk_first) AS first_of_all FROM ({}) AS asked"


@dataclass(frozen=True)
class Counted:
    """``since`` is a day or a moment in ISO 8601, as text; empty where the question knows none. Of more than ``MOST``
    it is not known which has waited longest, unless the database has them in that order (``is_first``)."""

    number: int = 0
    is_first: bool = True
    key: int | None = None
    since: str = ""
    said: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Counting:
    """A question as the database is asked it. Nothing is ever found by one that is empty."""

    sql: str = ""
    parameters: tuple = ()
    is_in_order: bool = False


def statement(records: QuerySet, since: Any = None, said: Any = None, quote: Any = None) -> Counting:
    """The statement that counts these records and finds the first of them, by ``since``."""
    try:
        sql, parameters = _named(records, since, said, quote).query.sql_with_params()
    except EmptyResultSet:
        return Counting()
    return Counting(ONE.format(sql), tuple(parameters), _is_in_order(records, since))


def count_all(statements: list[Counting]) -> list[Counted]:
    """What each of them counts, in their order: one query."""
    found: dict[int, Counted] = {}
    asked = {place: each for place, each in enumerate(statements) if each.sql}
    values = [value for place, each in asked.items() for value in (place, *each.parameters)]
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each.sql for each in asked.values()), values)
            for place, number, first in cursor.fetchall():
                found[place] = _counted(number, first, asked[place].is_in_order)
    return [found.get(place, Counted()) for place in range(len(statements))]


def _named(records, since, said, quote):
    """What orders and names a record, as one text: the least of them is that of the first."""
    parts = [_text(since), _text(F("pk")), _text(said), _text(quote)]
    separated = [each for part in parts for each in (Value(BETWEEN, TEXT), part)][1:]
    named = records.annotate(desk_first=Concat(*separated, output_field=TEXT)).values("desk_first")
    return named.order_by(*([since] if _is_in_order(records, since) else []))[: MOST + 1]


def _is_in_order(records, since):
    """Whether the records have the day as a column of theirs: then an index has them in its order."""
    return isinstance(since, F) and since.name in {field.name for field in records.model._meta.fields}


def _text(expression):
    nothing = Value("", TEXT)
    return nothing if expression is None else Coalesce(Cast(expression, TEXT), nothing)


def _counted(number, first, is_in_order):
    if not number:
        return Counted()
    since, key, said, quote = first.split(BETWEEN, 3)
    return Counted(number, number <= MOST or is_in_order, int(key), since, said, quote)
