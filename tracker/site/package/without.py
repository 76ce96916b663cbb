"""What was withdrawn for legal reasons, taken out of releases that were issued with it."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zipfile import ZipFile

from tracker.records.models import Publishable, Revision, SlugAlias, found_by, search_entries, texts_of
from tracker.records.words import normalised
from tracker.registers.plan import model_of
from tracker.registers.register import SEPARATOR

from ..models import Release
from ..registers import REGISTERS
from .description import DESCRIPTION, digest, write_description
from .differences import LONGEST_CELL
from .storing import pack, store

# A shorter name may stand anywhere for something else.
SHORTEST_NAME = 8
Name = tuple[str, str]


def names_withdrawn_by_law() -> set[Name]:
    """``(register, name of the record)``, under each slug that it had."""
    return {(register.name, name) for register, record in _withdrawn() for name in _names(register, record)}


def is_to_be_issued_again(release: Release) -> bool:
    return bool(names_withdrawn_by_law() - _taken_out(release))


def _taken_out(release) -> set[Name]:
    return {(register, name) for register, name in release.without}


def _withdrawn() -> Iterator[tuple[Any, Any]]:
    for register in REGISTERS:
        model: Any = model_of(register)
        if issubclass(model, Publishable):
            for record in model._base_manager.filter(is_withdrawn_by_law=True):
                yield register, record


def _names(register, record):
    kind = record._meta.model_name
    former = SlugAlias.objects.filter(kind=kind, record_id=record.pk).values_list("slug", flat=True)
    return [getattr(record, register.key), *former]


class TakenOut(NamedTuple):
    """What no line may have: the names of records by register, and what the records are called, where nothing else is
    called so."""

    keys: dict[str, set[str]]
    titles: set[str]

    @classmethod
    def now(cls) -> "TakenOut":
        keys: dict[str, set[str]] = {}
        titles: set[str] = set()
        for register, record in _withdrawn():
            keys.setdefault(register.name, set()).update(_names(register, record))
            titles.update(_titles(record))
        return cls(keys, titles)

    def cell(self, text: str) -> str:
        """Without what is taken out; a text that speaks of it goes whole."""
        if not text:
            return text
        return SEPARATOR.join(item for item in text.split(SEPARATOR) if not self._is_meant(item))

    def _is_meant(self, item):
        return any(item in keys for keys in self.keys.values()) or any(title in item for title in self.titles)


def _titles(record):
    for name in {*texts_of(type(record), [record.pk])[record.pk].names, *_former_titles(record)}:
        line = f"\n{normalised(name)}\n"
        others = search_entries(type(record)).exclude(record=record.pk).filter(names__contains=line)
        if len(name) >= SHORTEST_NAME and not others.exists():
            yield str(name)


def _former_titles(record) -> Iterator[str]:
    """What it was called once, as a release may have been made then; by the columns that name it and its rows."""
    names: Any = found_by(type(record)).names  # type: ignore[union-attr]
    own = [name for name in names if "__" not in name]
    of_rows = {name.split("__")[1] for name in names if "__" in name}
    for content in Revision.objects.of(record).values_list("content", flat=True):
        yield from filter(None, (content["fields"].get(name) for name in own))
        for rows in content["rows"].values():
            yield from filter(None, (row.get(name) for row in rows.values() for name in of_rows))


def issue_again(now: datetime) -> list[Release]:
    """Take out of every release what was withdrawn for legal reasons since it was issued; return those issued again."""
    names = names_withdrawn_by_law()
    kept = [release for release in Release.objects.order_by("number") if release.is_kept]
    waiting = [release for release in kept if names - _taken_out(release)]
    taken_out = TakenOut.now() if waiting else None
    for release in waiting:
        _issue(release, taken_out, sorted(names | _taken_out(release)), now)
    return waiting


def _issue(release, taken_out, without, now):
    with TemporaryDirectory() as temporary:
        folder, file = Path(temporary) / "package", Path(temporary) / "package.zip"
        folder.mkdir()
        with release.file.open() as opened, ZipFile(opened) as former:
            described = json.loads(former.read(DESCRIPTION))
            for name in former.namelist():
                (folder / name).write_bytes(former.read(name))
        for resource in described["resources"]:
            if resource["name"] in release.lines:
                number = _rewrite(folder / resource["path"], resource, taken_out)
                release.lines[resource["name"]] = resource["rows"] = number
        release.issue, release.without = release.issue + 1, [list(name) for name in without]
        for resource in described["resources"]:
            path = folder / resource["path"]
            resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{digest(path)}"}
        write_description(folder, described | {"version": release.version})
        pack(folder, file)
        before = release.file.name
        store(release, file, now)
        release.file.storage.delete(before)


def _rewrite(path, resource, taken_out) -> int:
    """Return how many lines are left."""
    register = resource["schema"].get("foreignKeys", [{}])[0].get("reference", {}).get("resource", resource["name"])
    gone, rewritten, number = taken_out.keys.get(register, set()), path.with_suffix(".rewritten"), 0
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8", newline="") as old, rewritten.open("w", encoding="utf-8", newline="") as new:
        lines, header = csv.writer(new), True
        for cells in csv.reader(old):
            if header or cells[0] not in gone:
                lines.writerow(cells if header else map(taken_out.cell, cells))
                number += not header
            header = False
    rewritten.replace(path)
    return number
