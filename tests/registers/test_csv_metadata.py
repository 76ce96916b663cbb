"""CSV as programs read it: without being told anything, or by what is said of it beside it."""

import csv
import io
from datetime import date

import pytest
from pandas import read_csv
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_list_like

from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.parts import thinned
from tests.registers.taking_away import records_of
from tracker.site.registers import REGISTERS

NAMES = ["pairs", *(register.name for register in REGISTERS)]
READ = {
    "string": str,
    "anyURI": str,
    "integer": int,
    "date": lambda text: date.fromisoformat(text).isoformat(),
    "boolean": {"True": True, "False": False}.__getitem__,
}


def taken(client, address):
    return client.get(address).getvalue()


def as_described(text, metadata):
    """The records of a CSV file, read by nothing but its metadata."""
    dialect, schema = metadata["dialect"], metadata["tableSchema"]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"])
    header, *rows = lines
    assert header == [column["titles"] for column in schema["columns"]]
    return [
        {each["name"]: value(cell, each) for cell, each in zip(row, schema["columns"], strict=True)} for row in rows
    ]


def value(cell, column):
    datatype = column["datatype"]
    read = READ[datatype if isinstance(datatype, str) else datatype["base"]]
    if "separator" in column:
        return [read(item) for item in cell.split(column["separator"])] if cell else []
    return read(cell) if cell else None


def plain(record):
    """As CSV can say it: nothing is as good as no text, and text within a list that ends an item does end it."""
    return {
        name: [part for item in value for part in str(item).split("; ")]
        if isinstance(value, list)
        else value or (None if isinstance(value, str) else value)
        for name, value in record.items()
    }


@pytest.mark.parametrize("register", NAMES)
def test_csv_read_by_its_metadata_is_what_json_holds(world, client, register):
    """Each value has the type that is said of it, in both."""
    metadata = client.get(f"/{register}.csv-metadata.json")
    assert (metadata.status_code, metadata["Content-Type"]) == (200, "application/csvm+json")
    described = metadata.json()
    text = taken(client, f"/{register}.csv").decode("utf-8-sig")
    records = records_of(client.get(f"/{register}.json"))
    assert as_described(text, described) == [plain(record) for record in records] != []
    names = [column["name"] for column in described["tableSchema"]["columns"]]
    assert (described["tableSchema"]["primaryKey"], len(set(names))) == (names[0], len(names))
    keys = [record[names[0]] for record in records]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("register", NAMES)
def test_csv_is_read_by_pandas_without_being_told_anything(world, client, register):
    records = records_of(client.get(f"/{register}.json"))
    frame = read_csv(io.BytesIO(taken(client, f"/{register}.csv")))
    assert list(frame.columns) == list(records[0])
    assert list(frame[frame.columns[0]]) == [record[frame.columns[0]] for record in records]
    for name in frame.columns:
        values = [record[name] for record in records]
        if all(isinstance(each, int) and not is_list_like(each) for each in values):
            dtype = frame[name].dtype
            assert is_bool_dtype(dtype) or is_integer_dtype(dtype), name


@pytest.mark.django_db
def test_every_kind_of_value_is_read_back(client):
    make_agreement(renews_automatically=True, validity="P3Y", count=5)
    make_meeting(forum=make_forum("jcc"), session_number=7, participants=200, held="2024-05")
    make_commitment(due="2020-01-01", last_looked_on=date(2026, 1, 29), title='say "x",\ny')
    for register, expected in {
        "agreements": {"renews_automatically": True, "documents": 5},
        "meetings": {"session_number": 7, "participants": 200, "held_latest": "2024-05-31"},
        "commitments": {"last_looked_on": "2026-01-29", "title": 'say "x",\ny'},
    }.items():
        metadata = client.get(f"/{register}.csv-metadata.json").json()
        rows = as_described(taken(client, f"/{register}.csv").decode("utf-8-sig"), metadata)
        assert any(expected.items() <= row.items() for row in rows), register


@pytest.mark.parametrize(
    ("register", "query"),
    thinned(
        [(register, query) for register in NAMES for query in ("sort=nonsense", "page=2", "foo=1")],
        lambda register, query: register in ("pairs", "agreements"),
    ),
)
def test_metadata_of_a_list_that_cannot_be_read_are_refused_as_its_json(world, client, register, query):
    refused, as_json = client.get(f"/{register}.csv-metadata.json?{query}"), client.get(f"/{register}.json?{query}")
    assert (refused.status_code, refused.json()) == (400, as_json.json())
