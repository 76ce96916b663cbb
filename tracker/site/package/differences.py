"""In what two releases differ: what was added, changed, withdrawn, renamed or removed, by the names of records.

The files of both are read side by side, in the order of their keys; no more than one record of each is in memory.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tracker.records.merging.addresses import former_keys
from tracker.records.models import Publishable
from tracker.records.withdrawal import withdrawal_of
from tracker.registers.plan import model_of
from tracker.registers.register import Register

from ..registers import REGISTERS
from .contents import Resource

# A cell may hold more than the csv module takes unasked.
LONGEST_CELL = 2**31 - 1
# The same record elsewhere is no other record.
NOT_COMPARED = {"address"}
Lines = Iterator[dict[str, str]]


def differences(before: ZipFile, folder: Path) -> dict[str, dict[str, list]]:
    """Return ``{register: {"added": [name], "changed": [{"name", "columns", "tables"}], "withdrawn": [{"name", "day",
    "reason"}], "renamed": [{"name", "was"}], "merged": [{"name", "was"}], "removed": [name]}}`` of a former package and
    the files of another."""
    return {register.name: _of_register(register, before, folder) for register in REGISTERS}


def _of_register(register: Register, before, folder):
    found: dict[str, list] = {kind: [] for kind in ("added", "changed", "withdrawn", "renamed", "merged", "removed")}
    changed: dict[str, dict[str, list[str]]] = {}
    compared, gone = set(), []
    for name, old, new in _side_by_side(before, folder, Resource(register)):
        if old and new:
            compared.add(name)
        if not old:
            found["added"].append(name)
        elif not new:
            gone.append(name)
        elif columns := _different(old[0], new[0]):
            changed[name] = {"columns": columns, "tables": []}
    for name in gone:
        kind, entry = _gone(register, name, set(found["added"]))
        found[kind].append(entry)
    for table in register.all_tables:
        for name, old, new in _side_by_side(before, folder, Resource(register, table)):
            if name in compared and _differ(old, new):
                changed.setdefault(name, {"columns": [], "tables": []})["tables"].append(table.address)
    found["changed"] = [{"name": name, **changed[name]} for name in sorted(changed)]
    return found


def _side_by_side(before, folder, resource):
    """Yield the name of each record, and its lines in either package; there may be none in one of them."""
    if resource.path not in before.namelist():  # of a table that is new itself nothing has changed
        return
    old, new = _by_record(_former(before, resource.path)), _by_record(_present(folder / resource.path))
    at_old, at_new = next(old, None), next(new, None)
    while at_old or at_new:
        name = min(each[0] for each in (at_old, at_new) if each)
        is_old, is_new = at_old and at_old[0] == name, at_new and at_new[0] == name
        yield name, at_old[1] if is_old else [], at_new[1] if is_new else []
        at_old, at_new = next(old, None) if is_old else at_old, next(new, None) if is_new else at_new


def _former(before, path) -> Lines:
    with before.open(path) as file:
        yield from _lines(io.TextIOWrapper(file, encoding="utf-8", newline=""))


def _present(path) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        yield from _lines(file)


def _lines(file: Iterable[str]) -> Lines:
    csv.field_size_limit(LONGEST_CELL)
    return csv.DictReader(file)


def _by_record(lines):
    for name, found in groupby(lines, lambda line: next(iter(line.values()))):
        yield name, list(found)


def _differ(old, new):
    return len(old) != len(new) or any(_different(one, other) for one, other in zip(old, new, strict=True))


def _different(old, new):
    """The columns known to both that say something else."""
    return [name for name, value in new.items() if name in old and old[name] != value and name not in NOT_COMPARED]


def _gone(register, name, added) -> tuple[str, Any]:
    """What became of a record that is in the package no more under this name. Its name of today is told where it is in
    the package under that one alone."""
    model: Any = model_of(register)
    renamed = model.renamed(name)
    if renamed and renamed != name and renamed in added:
        return "renamed", {"name": renamed, "was": name}
    if renamed and former_keys(model, name):
        return "merged", {"name": renamed, "was": name}
    record = model._base_manager.filter(**{register.key: renamed or name}).first()
    if isinstance(record, Publishable) and (withdrawal := withdrawal_of(record, name)):
        return "withdrawn", {"name": name, "day": withdrawal.day.isoformat(), "reason": withdrawal.reason}
    return "removed", name
