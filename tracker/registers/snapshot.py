"""An index as a file, so that a process that starts need not ask the database for all of it.

Plain arrays and JSON in NumPy's own format, which is read without running anything. A file is taken only where it was
written of this very state of this database, or of an earlier one, and of the declaration of today.
"""

import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np
from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from tracker.records.models import mark_of

from .index import Index
from .parts import Days, Order, Values
from .plan import ANY_DAY, parts_of, statement
from .register import Register
from .word_parts import Links, Words

logger = logging.getLogger(__name__)

# To write one takes seconds.
SECONDS_TO_WRITE = 600
UNFINISHED = ".new"
UNREADABLE = (OSError, EOFError, ValueError, KeyError, BadZipFile)


def write(index: Index) -> None:
    """Within ``one_reading``. Where nothing can be written, the next process builds its own."""
    mark = mark_of(index.version)
    if mark is None:
        return
    head = {
        "declaration": _declaration(index.register),
        "mark": mark,
        "version": index.version,
        "day": index.day.isoformat(),
        "seconds": [index.seconds[name] for name in parts_of(index.register)],
    }
    arrays = {"head": _text(head)}
    for place, name in enumerate(parts_of(index.register)):
        arrays |= {f"{place}-{key}": array for key, array in _arrays(index.parts[name])}
    try:
        _replace(_path(index.register), arrays)
    except OSError:
        logger.info("The index of %s cannot be written to a file.", index.register.name, exc_info=True)


def read(register: Register) -> Index | None:
    """Return the index as it was when it was written; None where there is none that belongs to these data."""
    try:
        with _path(register).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _read(register, arrays)
    except FileNotFoundError:
        return None
    except UNREADABLE:
        logger.info("The file of the index of %s cannot be read.", register.name, exc_info=True)
        return None


def _read(register, arrays):
    head = _of_text(arrays["head"])
    if head["declaration"] != _declaration(register) or head["mark"] != mark_of(head["version"]):
        return None
    names = parts_of(register)
    parts = {name: _part(name[0], arrays, place) for place, name in enumerate(names)}
    keys = BitMap(parts["order", register.default_sort.removeprefix("-")].keys)
    seconds = dict(zip(names, head["seconds"], strict=True))
    return Index(register, date.fromisoformat(head["day"]), head["version"], keys, parts, seconds)


def _path(register):
    return Path(settings.INDEX_FOLDER) / f"{register.name}.npz"


def _declaration(register):
    """What is asked of the database, and which one it is."""
    records = register.records(ANY_DAY)
    asked = [statement(part.query(records)) for part in parts_of(register).values()]
    text = "\n".join([str(connection.settings_dict["NAME"]), connection.vendor, *asked])
    return sha256(text.encode()).hexdigest()


def _replace(path, arrays):
    """Whoever reads finds the former file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear(path.parent)
    with NamedTemporaryFile(dir=path.parent, suffix=UNFINISHED, delete=False) as file:
        try:
            np.savez(file, allow_pickle=False, **arrays)
            file.close()
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _clear(folder):
    """Take away what a process left that was killed as it wrote."""
    for file in folder.glob(f"*{UNFINISHED}"):
        with suppress(FileNotFoundError):  # another process may do the same
            if file.stat().st_mtime < time.time() - SECONDS_TO_WRITE:
                file.unlink()


def _arrays(part) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(part, Values):
        maps = [keys.serialize() for keys in part.keys.values()]
        yield "codes", _text({"codes": list(part.keys), "names": part.names})
        yield "maps", np.frombuffer(b"".join(maps), np.uint8)
        yield "ends", np.cumsum([0, *map(len, maps)])
    elif isinstance(part, Order):
        yield "keys", part.keys
        yield "unvalued", np.array(part.unvalued)
    elif isinstance(part, Words):
        whole = Words.of(part.by_word()) if part.stale else part
        yield "words", _text(whole.in_order)
        yield "maps", whole.maps
        yield "ends", whole.ends
    elif isinstance(part, Links):
        yield "keys", part.keys
        yield "others", part.others
    else:
        yield "earliest", part.earliest
        yield "latest", part.latest


def _part(kind, arrays, place):
    if kind == "order":
        return Order(arrays[f"{place}-keys"], int(arrays[f"{place}-unvalued"]))
    if kind == "days":
        return Days(arrays[f"{place}-earliest"], arrays[f"{place}-latest"])
    if kind == "links":
        return Links(arrays[f"{place}-keys"], arrays[f"{place}-others"])
    if kind == "words":
        return Words(_of_text(arrays[f"{place}-words"]), arrays[f"{place}-maps"], arrays[f"{place}-ends"])
    said, maps = _of_text(arrays[f"{place}-codes"]), arrays[f"{place}-maps"].tobytes()
    bounds = pairwise(arrays[f"{place}-ends"].tolist())
    keys = [BitMap.deserialize(maps[start:end]) for start, end in bounds]
    return Values(dict(zip(said["codes"], keys, strict=True)), said["names"])


def _text(value):
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)


def _of_text(array):
    return json.loads(array.tobytes())
