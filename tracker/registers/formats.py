"""The formats in which a list can be taken away, a piece at a time.

``FORMATS`` is the one place where they stand: addresses, views and the links on the page follow from it.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO

from django.http import HttpResponse, JsonResponse

from . import xlsx
from .register import SEPARATOR, Datatype
from .tables import Chunk, Shape

AS_JSON = json.JSONEncoder(ensure_ascii=False, default=str).encode
# A spreadsheet would run a cell that starts so as a formula (OWASP, CSV injection): some in full width too, some after
# blanks that they take away.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# What such a cell begins with, blanks among it: few do, and to look is quicker than to try all.
SUSPECT = frozenset("=+-@＝＋－＠") | {blank for blank in map(chr, range(0x3001)) if blank.isspace()}


def as_csv(_opening, shape, chunks):
    """UTF-8 with a byte order mark, which spreadsheets need, and the header line first: where the file is from stands
    in the headers of the answer, and in what ``csvw`` says beside it."""
    yield "\ufeff" + _lines([[column.name for column in shape.columns]])
    for chunk in chunks:
        yield _lines(zip(*cells(shape.columns, chunk.values), strict=True))


def _lines(rows):
    file = StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def cells(columns, values):
    """The values of each column as cells of a file of text."""
    return [_cells(column, each) for column, each in zip(columns, values, strict=True)]


def _cells(column, values):
    if column.is_list:
        return [SEPARATOR.join([_guarded(item) for item in value]) for value in values]
    if column.datatype not in (Datatype.TEXT, Datatype.ADDRESS):
        return values
    return [cell(value) if value and value[0] in SUSPECT else value for value in values]


def _guarded(item):
    return cell(item) if item[:1] in SUSPECT else item


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


def as_json(opening, shape, chunks):
    head = json.dumps(opening, ensure_ascii=False)
    yield head[:-1] + ', "records": ['
    before = "\n"
    for chunk in chunks:
        records = list(map(AS_JSON, chunk.records(shape)))
        if records:
            yield before + ",\n".join(records)
            before = ",\n"
    yield "\n]}\n"


def json_broken_off(text):
    """A line that no program reads as JSON: none takes the file for whole."""
    return f'\n"incomplete": {json.dumps(text, ensure_ascii=False)}\n'


def nothing_more(_text):
    """Of a file that goes out once it is whole: the answer is an error then."""
    return ""


def csv_error(errors):
    lines = [f"{name}: {message}" for name, messages in errors.items() for message in messages]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def json_error(errors):
    return JsonResponse({"errors": errors}, status=400, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True, kw_only=True)
class Format:
    """``write`` takes what is said of the export, its shape and chunks of records, and yields the file in pieces;
    ``broken_off`` returns the last line of one that could not be finished; ``refuse`` takes ``{parameter: [message]}``
    and answers 400 to an address that cannot be read. What a file of rows alone cannot say is described beside it
    (``csvw``). Where it ``has_tables``, what belongs to each record is in it."""

    extension: str
    label: str
    content_type: str
    write: Callable[[dict, Shape, Iterator[Chunk]], Iterator[str | bytes]]
    broken_off: Callable[[str], str]
    refuse: Callable[[dict[str, list[str]]], HttpResponse]
    is_described_beside: bool = False
    has_tables: bool = False


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
        has_tables=True,
    ),
    Format(
        extension="xlsx",
        label="XLSX",
        content_type=xlsx.CONTENT_TYPE,
        write=xlsx.as_xlsx,
        broken_off=nothing_more,
        refuse=csv_error,
        has_tables=True,
    ),
)
