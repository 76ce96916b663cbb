"""Keys of many records, as the database is asked about them."""

from collections.abc import Iterable

from django.db import connections
from django.db.models.expressions import RawSQL

from .past.database import database_in_use


def these(keys: Iterable[int]) -> RawSQL:
    """For a condition ``__in``: as one parameter, since a statement has places for some thousands alone."""
    found = list(keys)
    if connections[database_in_use()].vendor == "sqlite":
        # Of integers, Python writes a list as JSON does, and is quicker.
        return RawSQL("SELECT value FROM json_each(%s)", [str(found)])
    return RawSQL("SELECT unnest(%s::bigint[])", [found])
