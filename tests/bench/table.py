"""Figures of one run, and the table of those of both databases."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

# A redirect: it passes all that a page passes before its view and after it, and asks no database.
EMPTY_ADDRESS = "/favicon.ico"
EMPTY_VIEW = f"empty view ({EMPTY_ADDRESS})"


@dataclass(frozen=True)
class Figure:
    """``unit`` is empty for what is told in words; of milliseconds the ratio to the empty view is told too."""

    name: str
    value: float | str
    unit: str = ""


def write(figures: list[Figure], file: Path) -> None:
    file.write_text(json.dumps([asdict(figure) for figure in figures]))


def read(file: Path) -> list[Figure]:
    return [Figure(**figure) for figure in json.loads(file.read_text())]


def table(found: Mapping[str, list[Figure]]) -> str:
    """One row a figure, one column a database."""
    names = list(dict.fromkeys(figure.name for figures in found.values() for figure in figures))
    by_database = {name: {figure.name: figure for figure in figures} for name, figures in found.items()}
    lines = [["", *by_database]]
    for name in names:
        lines.append([name, *(_cell(figures.get(name), figures.get(EMPTY_VIEW)) for figures in by_database.values())])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _cell(figure, empty):
    if figure is None or isinstance(figure.value, str):
        return figure.value if figure else "–"
    if figure.unit != "ms":
        return f"{figure.value:,.0f} {figure.unit}"
    ratio = f"{figure.value / empty.value:7.1f} ×" if empty else ""
    return f"{figure.value:9.1f} ms {ratio}".rstrip()
