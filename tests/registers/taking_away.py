"""A list as a reader takes it away: the file, its rows, and what belongs to it."""

import csv
import io
import json
import re
from zipfile import ZipFile


def text(response):
    return b"".join(response.streaming_content).decode()


def table(response):
    """The rows of a CSV file as dictionaries."""
    assert response.status_code == 200
    whole = text(response)
    assert whole[0] == "\ufeff" and "\ufeff" not in whole[1:]
    names, *rows = csv.reader(io.StringIO(whole[1:], newline=""), strict=True)
    assert {len(row) for row in rows} <= {len(names)}
    return [dict(zip(names, row, strict=True)) for row in rows]


def records_of(response):
    """The records of a JSON file without what belongs to them."""
    return [
        {name: value for name, value in record.items() if name != "rows"}
        for record in json.loads(text(response))["records"]
    ]


def links(response):
    """``{relation: address}`` of the header that names what belongs to a file."""
    return {rel: address for address, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', response["Link"])}


def metadata_of(client, response):
    """What is said beside a CSV file, at the address that its headers name."""
    return client.get(links(response)["describedby"].removeprefix("http://testserver")).json()


def as_text(content):
    """What a file says: of a workbook, which is packed, what its parts say."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())
