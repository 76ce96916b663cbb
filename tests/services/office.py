"""A real office program: LibreOffice, where the machine has one. It opens a file and says what it found in it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

SECONDS = 120
MOST_EMPTY = 1000
# Commas, double quotes, UTF-8, from the first line on; numbers and days are taken for such.
AS_CSV = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class Cell(NamedTuple):
    """``kind`` is what the program takes it for: string, float or date; empty where there is nothing."""

    kind: str
    text: str
    formula: str


def office_program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_word_processor() -> bool:
    """Whether it can open documents as well: that part of it is installed by itself."""
    program = office_program()
    return bool(program) and (Path(str(program)).resolve().parent / "libswlo.so").exists()


def printed(path: Path, folder: Path) -> str:
    """The text of a document, as the program shows it."""
    _convert(path, folder, "txt:Text (encoded):UTF8")
    return (folder / f"{path.stem}.txt").read_text("utf-8-sig")


def opened(path: Path, folder: Path) -> dict[str, list[list[Cell]]]:
    """Return ``{sheet: [[cell]]}`` of a file; ``folder`` is for what the program writes."""
    _convert(path, folder, "fods:OpenDocument Spreadsheet Flat XML")
    root = ElementTree.parse(folder / f"{path.stem}.fods").getroot()
    return {str(sheet.get(f"{TABLE}name")): list(_rows(sheet)) for sheet in root.iter(f"{TABLE}table")}


def _convert(path, folder, kind):
    subprocess.run(
        [
            str(office_program()),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore"),
            *([f"--infilter={AS_CSV}"] if path.suffix == ".csv" else []),
            *("--convert-to", kind, "--outdir", str(folder), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )


def _rows(sheet: ElementTree.Element) -> Iterator[list[Cell]]:
    for row in sheet.iter(f"{TABLE}table-row"):
        cells = [cell for element in row for cell in _cells(element)]
        while cells and not cells[-1].kind:
            cells.pop()
        if cells:
            yield cells


def _cells(element: ElementTree.Element) -> list[Cell]:
    text = "\n".join("".join(each.itertext()) for each in element.iter(f"{TEXT}p"))
    kind = element.get(f"{OFFICE}value-type", "")
    repeated = int(element.get(f"{TABLE}number-columns-repeated", "1"))
    # The rest of a row is one empty cell, repeated thousands of times.
    number = repeated if kind or repeated < MOST_EMPTY else 1
    return [Cell(kind, text, element.get(f"{TABLE}formula", ""))] * number
