"""Exports: the records of a listing as CSV or JSON, streamed, with the query and the data version at the head."""

import csv
import json

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse

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
        "address": address,
        "query": listing.query,
        "data_version": DataVersion.current(),
        "exported_on": listing.today.isoformat(),
        "licence": LICENCE,
    }


def as_csv(listing, address):
    """UTF-8 with a byte order mark (spreadsheets need it), head lines that start with ``#``, then the table."""
    writer = csv.writer(Echo())

    def lines():
        yield "\ufeff"
        for name, value in head(listing, address).items():
            yield writer.writerow([f"# {name}: {value}"])
        yield writer.writerow([column.name for column in listing.register.columns])
        for row in rows(listing):
            yield writer.writerow([cell(value) for value in row.values()])

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")


def cell(value):
    """A value as a cell: lists are joined, and text that would start a formula is quoted."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def as_json(listing, address):
    def parts():
        opening = json.dumps(head(listing, address), ensure_ascii=False)
        yield opening[:-1] + ', "records": ['
        for number, row in enumerate(rows(listing)):
            yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False, default=str)
        yield "\n]}\n"

    return StreamingHttpResponse(parts(), content_type="application/json")


def csv_error(errors):
    lines = [f"{name}: {message}" for name, messages in errors.items() for message in messages]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def json_error(errors):
    return JsonResponse({"errors": errors}, status=400, json_dumps_params={"ensure_ascii": False})


FORMATS = {"csv": (as_csv, csv_error), "json": (as_json, json_error)}
