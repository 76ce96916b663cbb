"""Which index a list is read from: one for each register in this process, kept up with the data version.

Where it would take long to catch up, a thread does so, and lists are read from the database meanwhile: a list is never
older than the data version that its request has seen.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Thread

from django.conf import settings
from django.db import connection

from tracker.records.models import DataVersion, one_reading

from . import snapshot
from .index import MOST_LEARNED, Index
from .past.database import PAST, database_in_use
from .register import Register

logger = logging.getLogger(__name__)

# A reader would notice to wait for longer.
SECONDS_TO_WAIT_FOR = 0.3
LONG = float("inf")
# A process that starts is to find a file from which it can learn what has changed.
MOST_UNWRITTEN = MOST_LEARNED // 2


@dataclass
class KeptIndex:
    """The index of one register, as far as it is built; ``unwritten`` changes are not in its file."""

    index: Index | None = None
    unwritten: int = 0
    is_at_work: bool = False
    lock: Lock = field(default_factory=Lock)


_kept: dict[str, KeptIndex] = {}
_registration = Lock()


def ready(register: Register, day: date, version: int | None = None) -> Index | None:
    """Return the index of the register, not older than the data version; None where the database must be asked instead.

    Whoever has read the version for this answer already says so; it is read otherwise.
    """
    if not settings.INDEX_REGISTERS or database_in_use() == PAST:
        return None
    kept = _kept_of(register)
    version = DataVersion.current() if version is None else version
    # Looked at once: a thread may put another one in its place meanwhile.
    index = kept.index
    return index if _is_current(index, version, day) else _caught_up(kept, register, version, day)


def prepare(register: Register, day: date) -> None:
    """Bring the index of the register up to date now, however long it takes."""
    kept = _kept_of(register)
    with kept.lock:
        if not _is_current(kept.index, DataVersion.current(), day):
            _renew(kept, register, day, LONG)


def forget() -> None:
    """Begin anew, as a process that has just started."""
    _kept.clear()


def _kept_of(register):
    with _registration:
        return _kept.setdefault(register.name, KeptIndex())


def _is_current(index, version, day):
    return index is not None and index.day == day and index.version >= version


def _caught_up(kept, register, version, day):
    """Return the index where it can be up to date at once; else None, and a thread sees to it."""
    with kept.lock:
        index = kept.index
        if not _is_current(index, version, day):
            index = _renew(kept, register, day, SECONDS_TO_WAIT_FOR)
        if index is None:
            _have_done(kept, register, lambda: _renew(kept, register, day, LONG))
        elif kept.unwritten > MOST_UNWRITTEN:
            _have_done(kept, register, lambda: _write(kept))
        return index


def _renew(kept, register, day, most_seconds):
    """Return the index as it is now, None where that takes longer. Others go on with the former one meanwhile."""
    with one_reading():
        former = kept.index or snapshot.read(register)
        if former is not None:
            kept.index = former
            backlog = former.backlog(day)
            if sum(former.seconds[name] for name in backlog.anew) > most_seconds:
                return None
            kept.index = index = former.caught_up(backlog)
            kept.unwritten += backlog.number
            return index
        if most_seconds < LONG:
            return None
        kept.index = index = Index.build(register, day)
        snapshot.write(index)
        return index


def _write(kept):
    with one_reading():
        kept.unwritten = 0
        snapshot.write(kept.index)


def _have_done(kept, register, work: Callable[[], object]):
    """In a thread, unless one is at work for this register."""
    if not kept.is_at_work:
        kept.is_at_work = True
        Thread(target=_do, args=(kept, register, work), name=f"index of {register.name}", daemon=True).start()


def _do(kept, register, work):
    try:
        work()
    except Exception:
        logger.exception("The index of %s could not be brought up to date.", register.name)
    finally:
        kept.is_at_work = False
        connection.close()
