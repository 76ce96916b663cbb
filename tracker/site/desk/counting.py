"""Many questions in one statement: how many records each counts, and which of them has waited longest."""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

# Between the parts of what names the first record; no text of a form holds it.
BETWEEN = "\N{INFORMATION SEPARATOR ONE}"
ONE = "SELECT %s AS place, COUNT(*) AS number, MIN(desk_first) AS first_of_all FROM ({}) AS asked"


@dataclass(frozen=True)
class Counted:
    """``since`` is a day or a moment in ISO 8601, as text; empty where the question knows none."""

    number: int = 0
    key: int | None = None
    since: str = ""
    said: str = ""
    quote: str = ""


def count_all(asked: list[tuple[QuerySet, dict]]) -> list[Counted]:
    """The same for each ``(records, {"since": …, "said": …, "quote": …})``, in their order: one query."""
    found, parts, values = {}, [], []
    for place, (records, expressions) in enumerate(asked):
        try:
            sql, parameters = _named(records, **expressions).query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(ONE.format(sql))
        values += [place, *parameters]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            found = {place: _counted(number, first) for place, number, first in cursor.fetchall()}
    return [found.get(place, Counted()) for place in range(len(asked))]


def _named(records, since=None, said=None, quote=None):
    """What orders and names a record, as one text: the least of them is that of the first."""
    parts = [_text(since), Cast(F("pk"), CharField()), _text(said), _text(quote)]
    separated = [each for part in parts for each in (Value(BETWEEN), part)][1:]
    return records.order_by().annotate(desk_first=Concat(*separated, output_field=TextField())).values("desk_first")


def _text(expression):
    return Value("") if expression is None else Coalesce(Cast(expression, TextField()), Value(""))


def _counted(number, first):
    if not number:
        return Counted()
    since, key, said, quote = first.split(BETWEEN)
    return Counted(number, int(key), since, said, quote)
