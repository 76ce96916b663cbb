"""A record as it would be once it is published, tried in a transaction that is taken back: who reads it meanwhile does
so by the same rules as the public would, and nothing of it stays."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.records.models import DataVersion, one_change

from .outlook import company
from .step import Step
from .taking import StepWords, move


@dataclass(frozen=True)
class Letter:
    """A message as it would go out. Whoever looks at it gets none of its links, nor the address of a reader."""

    to: str
    subject: str
    text: str


# Of the records that went out, the data version before, and the moment: the letters that follow.
Writer = Callable[[list[Any], int, datetime], Iterable[Letter]]
_writers: list[Writer] = []


def foretells_letters(function: Writer) -> Writer:
    """The hook for rooms above: mark a function that writes the letters that follow when records go out. It may write
    whatever it needs into the database: all is taken back."""
    _writers.append(function)
    return function


@contextmanager
def as_published(record: Any, now: datetime) -> Iterator[list[Any]]:
    """In this block the record is public, with what goes along and lacks nothing, whoever would have to approve it."""
    with transaction.atomic():
        try:
            moved = [record]
            with one_change():
                for each, reasons in list(company(record, Step.PUBLISH, None)):
                    moved += [] if reasons else [each]
                for each in moved:
                    if not each.is_public:
                        move(each, Step.PUBLISH, StepWords(), None, now)
            yield moved
        finally:
            transaction.set_rollback(True)


def letters(record: Any, now: datetime) -> list[Letter]:
    """What would be sent because of the record, were it published now."""
    if record.is_public:
        return []
    version = DataVersion.current()
    with as_published(record, now) as moved:
        return [letter for function in _writers for letter in function(moved, version, now)]
