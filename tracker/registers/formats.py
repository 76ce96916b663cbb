"""The formats in which a list can be taken away: streamed, with the query and the data version at the head.

``FORMATS`` is the one place where they stand: addresses, views and the links on the page follow from it.
"""

import csv
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.records.models import DataVersion

logger = logging.getLogger(__name__)

CHUNK = 500
LICENCE = "CC BY 4.0"
# A spreadsheet would run a cell that starts so as a formula (OWASP, CSV injection): some in full width too, some after
# blanks that they take away.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


class Echo:
    """A file that hands back what is written to it, so that ``csv`` can write to a stream."""

    def write(self, text):
        return text


def rows(listing):
    """Yield ``{column: value}`` for each record, a chunk in memory at a time."""
    records = listing.register.exported(listing.records)
    with closing(records.iterator(chunk_size=CHUNK)) as found:
        for record in found:
            yield {column.name: column.value(record) for column in listing.register.columns}


class Stream:
    """A file piece by piece. What can fail at its beginning fails while this is made, and there is still another answer
    to give; what fails later ends the file with a line that says so."""

    def __init__(self, format, listing, address):
        self.format = format
        opening = head(listing.register.name, listing.query, listing.today, address)
        self.rows = rows(listing)
        begun = chain(list(islice(self.rows, 1)), self.rows)
        self.pieces = format.write(opening, [column.name for column in listing.register.columns], begun)

    def __iter__(self):
        try:
            yield from self.pieces
        except Exception:  # whatever it was: the head of the answer has said 200 long ago
            logger.exception("An export broke off.")
            yield self.format.broken_off(_("This file is not complete: an error ended it. Fetch it again."))

    def close(self):
        """Also where nobody read to the end: a cursor of the database may be open."""
        self.rows.close()


def head(name, query, today, address):
    """What every export starts with: where it comes from, so that it can be checked and made again."""
    return {
        "register": name,
        "language": get_language(),
        "address": address,
        "query": query,
        "data_version": DataVersion.current(),
        "exported_on": today.isoformat(),
        "licence": LICENCE,
    }


def as_csv(head, columns, rows):
    """UTF-8 with a byte order mark (spreadsheets need it), head lines that start with ``#``, then the table."""
    writer = csv.writer(Echo())
    yield "\ufeff"
    for name, value in head.items():
        yield writer.writerow([f"# {name}: {value}"])
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([cell(value) for value in row.values()])


def csv_broken_off(text):
    return csv.writer(Echo()).writerow([f"# incomplete: {text}"])


def cell(value):
    """A value as a cell: lists are joined, and text that would start a formula is quoted; each item of a list too, as
    some spreadsheets begin a cell after each semicolon."""
    if isinstance(value, (list, tuple)):
        return "; ".join(cell(str(item)) for item in value)
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def as_json(head, columns, rows):
    opening = json.dumps(head, ensure_ascii=False)
    yield opening[:-1] + ', "records": ['
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
    """``write`` takes a head, the names of the columns and the rows, and yields a text piece by piece; ``broken_off``
    returns the last line of one that could not be finished; ``refuse`` takes ``{parameter: [message]}`` and answers
    400 to an address that cannot be read."""

    extension: str
    label: str
    content_type: str
    write: Callable[[dict, list[str], Iterator[dict]], Iterator[str]]
    broken_off: Callable[[str], str]
    refuse: Callable[[dict[str, list[str]]], HttpResponse]


FORMATS = (
    Format(
        extension="csv",
        label="CSV",
        content_type="text/csv; charset=utf-8",
        write=as_csv,
        broken_off=csv_broken_off,
        refuse=csv_error,
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
