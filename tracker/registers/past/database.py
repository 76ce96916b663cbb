"""Where records are read from: the present database, or the file of a past day, for as long as that is asked about."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils.connection import ConnectionDoesNotExist

from tracker.records.models import Publication, SearchEntry, Shared

PAST = "past"
_is_open: ContextVar[bool] = ContextVar("records are read from a past day", default=False)


class Router:
    """Of Django's settings: records, their rows and words come from the file that is open; all else is of today."""

    def db_for_read(self, model, **hints):
        return PAST if _is_open.get() and model in kept_models() else None

    db_for_write = db_for_read


def database_in_use() -> str:
    """The alias of the database from which records are read now."""
    return PAST if _is_open.get() else DEFAULT_DB_ALIAS


@cache
def kept_models() -> frozenset[type[models.Model]]:
    """What the file of a day has: all that the public may read of."""
    kinds: list[Any] = [SearchEntry, *(model for model in apps.get_models() if _is_kept(model))]
    links = [field.remote_field.through for model in kinds for field in model._meta.many_to_many]
    return frozenset([*kinds, *(link for link in links if link._meta.auto_created)])


def _is_kept(model) -> bool:
    """Records, their rows, and what is stored beside these, with the name of its owner."""
    return issubclass(model, (Publication, Shared)) or bool(getattr(model, "owner_name", ""))


@contextmanager
def of_today() -> Iterator[None]:
    """Within another block: records come from the present database again."""
    token = _is_open.set(False)
    try:
        yield
    finally:
        _is_open.reset(token)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Records come from the file of a day in this block, which must be whole: nothing can be written to it."""
    with _opened(f"file:{path}?mode=ro&immutable=1") as connection:
        connection.ensure_connection()  # while the file is there: others clear the folder
        yield


@contextmanager
def writing(path: Path) -> Iterator[Any]:
    """A connection to a new file, in which records are read and written in this block."""
    with _opened(str(path)) as connection:
        yield connection


@contextmanager
def _opened(name):
    outer = _present()
    values = connections.configure_settings({DEFAULT_DB_ALIAS: {"ENGINE": "django.db.backends.sqlite3", "NAME": name}})
    connection = connections[PAST] = DatabaseWrapper(values[DEFAULT_DB_ALIAS], PAST)
    token = _is_open.set(True)
    try:
        yield connection
    finally:
        _is_open.reset(token)
        connection.close()
        if outer is None:
            del connections[PAST]
        else:
            connections[PAST] = outer


def _present():
    try:
        return connections[PAST]
    except ConnectionDoesNotExist:
        return None
