"""What a spreadsheet program makes of workbooks and CSV files: numbers, days, and text that is text."""

import pytest

from tests.factories import make_agreement, make_commitment
from tests.services.office import office_program, opened

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not office_program(), reason="no LibreOffice: install libreoffice-calc-nogui"),
]
HOSTILE = [
    '=HYPERLINK("https://example.org";"Click")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "谅解 مفاہمت",
    'say "x", or; not\nso',
]


@pytest.fixture
def files(client, tmp_path, db):
    """``files(address)``: what the program finds in the file at this address."""

    def found(address):
        path = tmp_path / address.rpartition("/")[2].partition("?")[0]
        path.write_bytes(client.get(address).getvalue())
        return opened(path, tmp_path)

    return found


def column(sheet, name):
    place = [cell.text for cell in sheet[0]].index(name)
    return [row[place] for row in sheet[1:]]


def test_workbook_opens_with_its_types_and_no_formula(files):
    for title in HOSTILE:
        make_agreement(("CHN", "PAK"), "2021-09-23", title=title, count=5, renews_automatically=True)
    book = files("/agreements.xlsx?sort=reference")
    sheet = book["agreements"]
    assert [cell.kind for cell in column(sheet, "signed_earliest")] == ["date"] * len(HOSTILE)
    assert {(cell.kind, cell.text) for cell in column(sheet, "documents")} == {("float", "5")}
    assert {(cell.kind, cell.text) for cell in column(sheet, "renews_automatically")} == {("float", "TRUE")}
    titles = column(sheet, "title")
    assert [(cell.kind, cell.formula) for cell in titles] == [("string", "")] * len(HOSTILE)
    assert [cell.text.split() for cell in titles] == [title.split() for title in HOSTILE]
    assert len(book["parties"]) == 1 + 2 * len(HOSTILE)
    assert [cell.text for cell in book["provenance"][0]] == ["register", "agreements"]
    # Truth has no type of its own in this program.
    assert {cell.formula for rows in book.values() for row in rows for cell in row} == {"", "of:=TRUE()", "of:=FALSE()"}


def test_csv_opens_as_a_table_and_runs_no_formula(files):
    for title in HOSTILE:
        make_commitment(title=title, due="2030-01-31")
    (sheet,) = files("/commitments.csv?sort=reference").values()
    assert len(sheet) == 1 + len(HOSTILE)
    assert sheet[0][0].text == "reference"
    titles = column(sheet, "title")
    assert [(cell.kind, cell.formula) for cell in titles] == [("string", "")] * len(HOSTILE)
    assert [cell.text.removeprefix("'").split() for cell in titles] == [title.split() for title in HOSTILE]
    assert [cell.kind for cell in column(sheet, "due_earliest")] == ["date"] * len(HOSTILE)
    assert {cell.formula for row in sheet for cell in row} == {""}
