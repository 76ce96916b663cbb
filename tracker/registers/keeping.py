"""Which index a list is read from: one for each register in this process, kept up with the data version.

Where it would take long to catch up, a thread does so, and lists are read from the database meanwhile: a list is never
older than the data version that its request has seen.
"""

import logging
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Thread

from django.conf import settings
from django.db import connection

from tracker.records.models import DataVersion, one_reading

from . import snapshot
from .index import Index
from .register import Register

logger = logging.getLogger(__name__)

# A reader would notice to wait for longer.
SECONDS_TO_WAIT_FOR = 0.3
LONG = float("inf")


@dataclass
class KeptIndex:
    """The index of one register, as far as it is built."""

    index: Index | None = None
    is_at_work: bool = False
    lock: Lock = field(default_factory=Lock)


_kept: dict[str, KeptIndex] = {}
_registration = Lock()


def ready(register: Register, day: date, version: int | None = None) -> Index | None:
    """Return the index of the register, not older than the data version; None where the database must be asked instead.

    Whoever has read the version for this answer already says so; it is read otherwise.
    """
    if not settings.INDEX_REGISTERS:
        return None
    kept = _kept_of(register)
    version = DataVersion.current() if version is None else version
    if not _is_current(kept.index, version, day) and not _catch_up(kept, register, version, day):
        return None
    return kept.index


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


def _catch_up(kept, register, version, day):
    """Return whether the index is up to date: at once where that is quick, else once a thread is through."""
    with kept.lock:
        if _is_current(kept.index, version, day) or _renew(kept, register, day, SECONDS_TO_WAIT_FOR):
            return True
        if not kept.is_at_work:
            kept.is_at_work = True
            name = f"index of {register.name}"
            Thread(target=_renew_aside, args=(kept, register, day), name=name, daemon=True).start()
        return False


def _renew(kept, register, day, most_seconds):
    """Return whether it was done, as it is where it takes no longer. Others go on with the former index meanwhile."""
    with one_reading():
        kept.index = index = kept.index or snapshot.read(register)
        if index is not None:
            backlog = index.backlog(day)
            if sum(index.seconds[name] for name in backlog.anew) > most_seconds:
                return False
            kept.index = index.caught_up(backlog)
            return True
        if most_seconds < LONG:
            return False
        kept.index = Index.build(register, day)
        snapshot.write(kept.index)
        return True


def _renew_aside(kept, register, day):
    try:
        _renew(kept, register, day, LONG)
    except Exception:
        logger.exception("The index of %s could not be brought up to date.", register.name)
    finally:
        kept.is_at_work = False
        connection.close()
