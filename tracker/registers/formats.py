"""The formats in which a list can be taken away: streamed, with the query and the data version at the head.

``FORMATS`` is the one place where they stand: addresses, views and the links on the page follow from it.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language

from tracker.records.models import DataVersion

CHUNK = 500
LICENCE = "CC BY 4.0"
# A spreadsheet would run a cell that starts so as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that hands back what is written to it, so that ``csv`` can write to a stream."""

    def write(self, text):
        return text


def rows(listing):
    """Yield ``{column: value}`` for each record, a chunk in memory at a time."""
    records = listing.register.exported(listing.records)
    for record in records.iterator(chunk_size=CHUNK):
        yield {column.name: column.value(record) for column in listing.register.columns}


def head(listing, address):
    """What every export starts with: where it comes from, so that it can be checked and made again."""
    return {
        "register": listing.register.name,
        "language": get_language(),
        "address": address,
        "query": listing.query,
        "data_version": DataVersion.current(),
        "exported_on": listing.today.isoformat(),
        "licence": LICENCE,
    }


def as_csv(listing, address):
    """UTF-8 with a byte order mark (spreadsheets need it), head lines that start with ``#``, then the table."""
    writer = csv.writer(Echo())
    yield "\ufeff"
    for name, value in head(listing, address).items():
        yield writer.writerow([f"# {name}: {value}"])
    yield writer.writerow([column.name for column in listing.register.columns])
    for row in rows(listing):
        yield writer.writerow([cell(value) for value in row.values()])


def cell(value):
    """A value as a cell: lists are joined, and text that would start a formula is quoted."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def as_json(listing, address):
    opening = json.dumps(head(listing, address), ensure_ascii=False)
    yield opening[:-1] + ', "records": ['
    for number, row in enumerate(rows(listing)):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, default=str)
    yield "\n]}\n"


def csv_error(errors):
    lines = [f"{name}: {message}" for name, messages in errors.items() for message in messages]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def json_error(errors):
    return JsonResponse({"errors": errors}, status=400, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True, kw_only=True)
class Format:
    """``write`` takes a listing and the absolute address of the file, and yields its text piece by piece; ``refuse``
    takes ``{parameter: [message]}`` and answers 400 to an address that cannot be read."""

    extension: str
    label: str
    content_type: str
    write: Callable[..., Iterator[str]]
    refuse: Callable[[dict[str, list[str]]], HttpResponse]


FORMATS = (
    Format(extension="csv", label="CSV", content_type="text/csv; charset=utf-8", write=as_csv, refuse=csv_error),
    Format(extension="json", label="JSON", content_type="application/json", write=as_json, refuse=json_error),
)
