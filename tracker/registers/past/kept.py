"""Files of past days, each made once: for as long as nothing changed, one day is as the next."""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Thread

from django.conf import settings
from django.db import OperationalError, connection

from tracker.records.models.former import LastRevision

from ..deployed import deployed_code
from .making import make, withdrawn_by_law

logger = logging.getLogger(__name__)

# From so many revisions on a reader would not wait for it.
MANY = 5_000
SECONDS_TO_WAIT_FOR = 5
MOST_FILES = 20
ENDING = ".sqlite3"


class BeingMade(Exception):
    """The file of a day takes minutes; somebody has begun to make it."""


class CannotBeMade(Exception):
    """There is no room for the file of a day, or its folder cannot be written to."""


def file_of(last: LastRevision) -> Path:
    """Return the path of the file with the state after this revision; make it where there is none. Raise ``BeingMade``
    where that takes long."""
    path = Path(settings.PAST_FOLDER) / f"{_name(last)}{ENDING}"
    if path.exists():
        with suppress(FileNotFoundError):  # another process may clear the folder
            os.utime(path)  # those that nobody asks for go first
    elif last.number > MANY:
        Thread(target=_make_beside, args=(path, last.moment), name="a past day", daemon=True).start()
        raise BeingMade
    else:
        try:
            with _alone(path.parent, SECONDS_TO_WAIT_FOR) as is_alone:
                if not is_alone:
                    raise BeingMade
                _make(path, last.moment)
        except (OSError, OperationalError) as error:
            logger.exception("The file of a past day could not be made.")
            raise CannotBeMade from error
    return path


def _name(last):
    """Of what the file depends on: the database, its history up to there, what is withdrawn by law, the code."""
    withdrawn = {model._meta.label_lower: sorted(keys) for model, keys in withdrawn_by_law().items() if keys}
    said = [connection.settings_dict["NAME"], last.number, last.data_version, last.made_at, withdrawn, deployed_code()]
    return sha256(repr(said).encode()).hexdigest()[:24]


@contextmanager
def _alone(folder: Path, most_seconds: float) -> Iterator[bool]:
    """Whether it is this one, of all processes of this machine, that makes a file; it waits for no longer than that."""
    folder.mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + most_seconds
    with (folder / "lock").open("w") as lock:
        while not (is_alone := _locked(lock)) and time.monotonic() < ends:
            time.sleep(0.05)
        yield is_alone


def _locked(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make(path, moment):
    if path.exists():  # by whoever was first
        return
    _clear(path.parent)
    with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
        unfinished = Path(file.name)
    try:
        make(unfinished, moment)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _make_beside(path, moment):
    try:
        with _alone(path.parent, 0) as is_alone:
            if is_alone:
                _make(path, moment)
    except Exception:
        logger.exception("The file of a past day could not be made.")
    finally:
        connection.close()


def _clear(folder):
    """The oldest of the files, and what a process left that came to a sudden end."""
    for path in folder.glob("*.new"):
        path.unlink(missing_ok=True)
    kept = sorted(folder.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST_FILES - 1 :]:
        path.unlink(missing_ok=True)
