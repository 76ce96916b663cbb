"""XLSX of a list: the records of its JSON with their types, hostile text as text, and where it is from."""

import io
from datetime import date, datetime

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook
from pandas import read_excel

from tests.factories import make_agreement, make_commitment
from tests.registers.taking_away import as_text, records_of
from tracker.records.models import DataVersion
from tracker.registers import xlsx
from tracker.registers.register import Datatype
from tracker.site.registers import REGISTERS

HOSTILE = [
    "=1+1",
    "+41 22",
    "-1",
    "@A1",
    "\t=1",
    "00123",
    "1e5",
    "https://example.org",
    "TRUE",
    "谅解 مفاہمت",
]


def taken(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, xlsx.CONTENT_TYPE)
    assert response["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(io.BytesIO(response.getvalue()))


def rows(sheet):
    names, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in others]


def plain(value):
    """As a cell says it."""
    return ("; ".join(value) if isinstance(value, list) else value) or (value if value in (0, False) else None)


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_workbook_holds_the_records_of_the_list_with_their_types(world, client, register, prefix):
    records = records_of(client.get(f"{prefix}/{register.name}.json"))
    days = {column.name for column in register.columns if column.datatype == Datatype.DAY}
    sheet = taken(client, f"{prefix}/{register.name}.xlsx")[register.name]
    expected = [
        {
            name: datetime.fromisoformat(value) if name in days and value else plain(value)
            for name, value in record.items()
        }
        for record in records
    ]
    assert rows(sheet) == expected != []
    assert (sheet.freeze_panes, bool(sheet.sheet_view.rightToLeft)) == ("B2", prefix == "/ur")
    assert sheet.auto_filter.ref.endswith(str(len(records) + 1))
    assert all(8 < column.width < xlsx.WIDEST + 1 for column in sheet.column_dimensions.values())


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.django_db
def test_text_that_looks_like_something_else_is_text(client, title):
    make_agreement(title=title)
    cell = taken(client, "/agreements.xlsx")["agreements"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (title, "s", None)
    packed = as_text(client.get("/agreements.xlsx").getvalue())
    assert ("<f>" in packed, "<hyperlink" in packed) == (False, False)


@pytest.mark.django_db
def test_numbers_and_days_are_no_text(client):
    make_agreement(("CHN", "PAK"), "2021-09-23", count=5, renews_automatically=False, validity="P3Y")
    (row,) = rows(taken(client, "/agreements.xlsx")["agreements"])
    assert (row["documents"], row["signed_earliest"]) == (5, datetime(2021, 9, 23))
    assert row["renews_automatically"] is False and row["forum"] is None
    frame = read_excel(io.BytesIO(client.get("/agreements.xlsx").getvalue()))
    assert frame["signed_earliest"].dtype.kind == "M" and frame["documents"].dtype.kind == "i"


def test_second_sheet_says_where_it_is_from(world, client):
    book = taken(client, "/agreements.xlsx?country=CHN&type=")
    tables = [
        *("titles", "parties", "relations", "citations", "events", "events-claims", "statements"),
        *("figures", "figures-claims", "related-from", "meeting-links"),
        *("outcomes", "meeting-figures", "meeting-figures-claims"),
    ]
    assert book.sheetnames == ["agreements", *tables, "provenance"]
    assert dict(book["provenance"].iter_rows(values_only=True)) == {
        "register": "agreements",
        "language": "en",
        "address": "http://testserver/agreements.xlsx?country=CHN&type=",
        "query": "country=CHN",
        "data_version": DataVersion.current(),
        "exported_on": localdate().isoformat(),
        "licence": "CC BY 4.0",
    }
    assert book.properties.created.date() == localdate()


@pytest.mark.django_db
def test_list_without_records_is_a_workbook_with_its_header(client):
    sheet = taken(client, "/commitments.xlsx")["commitments"]
    assert (sheet.max_row, sheet["A1"].value, sheet.auto_filter.ref[:3]) == (1, "reference", "A1:")


@pytest.mark.django_db
def test_list_longer_than_a_sheet_goes_on_to_another(client, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    for number in range(5):
        make_commitment(title=f"Promise {number}", due=date(2030, 1, number + 1).isoformat())
    book = taken(client, "/commitments.xlsx")
    sheets = ["commitments", "commitments 2", "commitments 3"]
    assert [name for name in book.sheetnames if name.startswith("commitments")] == sheets
    titles = [[row["title"] for row in rows(book[name])] for name in sheets]
    assert titles == [["Promise 0", "Promise 1"], ["Promise 2", "Promise 3"], ["Promise 4"]]


@pytest.mark.django_db
def test_text_longer_than_a_cell_is_cut_where_the_cell_ends(client):
    make_commitment(text="x" * 40_000)
    (row,) = rows(taken(client, "/commitments.xlsx")["commitments"])
    assert row["text"] == "x" * 32_767
