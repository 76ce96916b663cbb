"""What is in the data package: one file for each register and for each table of what belongs to its records.

The lines of each file are in the order of their keys, as Python compares text, so that two releases can be read side by
side.
"""

import csv
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracker.registers import formats
from tracker.registers.export import CHUNK
from tracker.registers.plan import model_of
from tracker.registers.reading import Reader
from tracker.registers.register import Register, Table
from tracker.registers.tables import Shape, chunk_of, rows_read_by

from ..registers import REGISTERS


@dataclass(frozen=True)
class Resource:
    """One file of the package."""

    register: Register
    table: Table | None = None

    @property
    def name(self) -> str:
        return f"{self.register.name}-{self.table.address}" if self.table else self.register.name

    @property
    def path(self) -> str:
        return f"{self.name}.csv"

    @property
    def title(self) -> str:
        title = str(self.register.title)
        return f"{title} › {self.table.label}" if self.table else title

    @property
    def model(self) -> Any:
        """Of what each line is."""
        return self.table.model if self.table else model_of(self.register)

    @property
    def shape(self) -> Shape:
        whole = Shape(noun=self.register.noun, columns=self.register.columns)
        return whole.of(self.table) if self.table else whole


def resources() -> list[Resource]:
    return [Resource(register, table) for register in REGISTERS for table in (None, *register.all_tables)]


def write(folder: Path, today: date) -> dict[str, int]:
    """Write all files, within ``one_reading``; return how many lines each has, by the name of the resource."""
    numbers: dict[str, int] = {}
    for register in REGISTERS:
        numbers |= _write_register(folder, register, today)
    return numbers


def _write_register(folder, register, today):
    records = register.records(today)
    named = sorted(records.order_by().values_list(register.key, "pk"))
    keys = [key for _name, key in named]
    reader = Reader(records, register.columns, rows_read_by(register.tables))
    with ExitStack() as files:
        of = {
            table: files.enter_context(File(folder, Resource(register, table)))
            for table in (None, *register.all_tables)
        }
        for start in range(0, len(keys), CHUNK):
            chunk = chunk_of(reader, keys[start : start + CHUNK], register.tables)
            of[None].add(chunk.values)
            for rows in chunk.rows:
                of[rows.table].add(rows.flat(chunk.values[0]))
    return {Resource(register, table).name: file.number for table, file in of.items()}


class File:
    """One that is being written. UTF-8, without the mark that spreadsheets need: programs read it as described."""

    def __init__(self, folder: Path, resource: Resource) -> None:
        self.path, self.columns, self.number = folder / resource.path, resource.shape.columns, 0

    def __enter__(self):
        self.file = self.path.open("w", encoding="utf-8", newline="")
        self.lines = csv.writer(self.file)
        self.lines.writerow([column.name for column in self.columns])
        return self

    def add(self, values) -> None:
        """The values of each column, for some lines."""
        cells = list(zip(*formats.cells(self.columns, values), strict=True))
        self.lines.writerows(cells)
        self.number += len(cells)

    def __exit__(self, *_error) -> None:
        self.file.close()
