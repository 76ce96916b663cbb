"""The formats in which a list can be taken away, a piece at a time.

``FORMATS`` is the one place where they stand: addresses, views and the links on the page follow from it.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse

from .register import Column

SEPARATOR = "; "
# A spreadsheet would run a cell that starts so as a formula (OWASP, CSV injection): some in full width too, some after
# blanks that they take away.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


class Echo:
    """A file that hands back what is written to it, so that ``csv`` can write to a stream."""

    def write(self, text):
        return text


def as_csv(_opening, columns, rows):
    """UTF-8 with a byte order mark, which spreadsheets need, and the header line first: where the file is from stands
    in the headers of the answer, and in what ``csvw`` says beside it."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow([cell(value) for value in row.values()])


def csv_broken_off(text):
    """A quotation that never ends: programs refuse the file for it, and who opens it in a spreadsheet reads why."""
    return f'"incomplete: {text}'


def cell(value):
    """A value as a cell: lists are joined, and text that would start a formula is quoted; each item of a list too, as
    some spreadsheets begin a cell after each semicolon."""
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(cell(str(item)) for item in value)
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def as_json(opening, _columns, rows):
    head = json.dumps(opening, ensure_ascii=False)
    yield head[:-1] + ', "records": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, default=str)
    yield "\n]}\n"


def json_broken_off(text):
    """A line that no program reads as JSON: none takes the file for whole."""
    return f'\n"incomplete": {json.dumps(text, ensure_ascii=False)}\n'


def csv_error(errors):
    lines = [f"{name}: {message}" for name, messages in errors.items() for message in messages]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def json_error(errors):
    return JsonResponse({"errors": errors}, status=400, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True, kw_only=True)
class Format:
    """``write`` takes what is said of the export, the columns and the rows, and yields a text piece by piece;
    ``broken_off`` returns the last line of one that could not be finished; ``refuse`` takes ``{parameter: [message]}``
    and answers 400 to an address that cannot be read. What a file of rows alone cannot say is described beside it
    (``csvw``)."""

    extension: str
    label: str
    content_type: str
    write: Callable[[dict, Sequence[Column], Iterator[dict]], Iterator[str]]
    broken_off: Callable[[str], str]
    refuse: Callable[[dict[str, list[str]]], HttpResponse]
    is_described_beside: bool = False


FORMATS = (
    Format(
        extension="csv",
        label="CSV",
        content_type="text/csv; charset=utf-8",
        write=as_csv,
        broken_off=csv_broken_off,
        refuse=csv_error,
        is_described_beside=True,
    ),
    Format(
        extension="json",
        label="JSON",
        content_type="application/json",
        write=as_json,
        broken_off=json_broken_off,
        refuse=json_error,
    ),
)
