"""A list as a workbook: numbers as numbers, days as days, all else as text whatever it looks like. What belongs to the
records, and where the list is from, stand on sheets of their own.

The records pass through a temporary file: a workbook is packed once all are there.
"""

from datetime import datetime
from itertools import count
from tempfile import TemporaryFile

from django.utils.translation import get_language_bidi
from xlsxwriter import Workbook

from .register import SEPARATOR, Datatype

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of a sheet, its header among them; what is more goes on to another. And of a cell.
MOST_ROWS, MOST_LETTERS = 2**20, 2**15 - 1
NARROWEST, WIDEST = 8, 60
PIECE = 64 * 1024
# As text may be no formula, no number and no link, neither is any made of it.
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
PROVENANCE = "provenance"


def as_xlsx(opening, shape, chunks):
    return packed(opening, lambda book: _write_records(book, opening["register"], shape, chunks))


def packed(opening, write):
    """Yield the workbook that ``write`` fills, with a sheet at its end that says where it is from."""
    with TemporaryFile() as file:
        with Workbook(file, OPTIONS) as book:
            # The same list of the same data version is the same file.
            book.set_properties({"created": datetime.fromisoformat(opening["exported_on"])})
            write(book)
            _write_provenance(book, opening)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write_records(book, name, shape, chunks):
    records = Sheets(book, name, shape.columns)
    tables = [inner for table in shape.tables for inner in table.with_nested]
    parts = {table: Sheets(book, table.address, shape.of(table).columns) for table in tables}
    for chunk in chunks:
        records.add(chunk.values)
        for rows in chunk.rows:
            parts[rows.table].add(rows.flat(chunk.values[0]))
    for sheets in (records, *parts.values()):
        sheets.end()


class Sheets:
    """One, and as many more as its rows need."""

    def __init__(self, book, name, columns):
        self.new = (Sheet(book, f"{name} {number}" if number > 1 else name, columns) for number in count(1))
        self.sheet = next(self.new)

    def add(self, values):
        """The values of each column, for some rows."""
        self.sheet.fit(values)
        for row in zip(*values, strict=True):
            if self.sheet.next_row == MOST_ROWS:
                self.sheet.end()
                self.sheet = next(self.new)
                self.sheet.fit(values)
            self.sheet.add(row)

    def end(self):
        self.sheet.end()


class Sheet:
    """One that shows its header line wherever one scrolls, and can be filtered by it."""

    def __init__(self, book, name, columns):
        self.columns, self.next_row = columns, 0
        self.sheet = book.add_worksheet(name)
        self.heading, self.day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        self.sheet.freeze_panes(1, 1)
        if get_language_bidi():
            self.sheet.right_to_left()
        self.writers = [self._writer(column) for column in columns]

    def fit(self, chunk):
        """As wide as the first records need, within reason; and the header line."""
        if self.next_row:
            return
        for place, (column, values) in enumerate(zip(self.columns, chunk, strict=True)):
            widest = max((len(_text(value)) for value in values), default=0)
            self.sheet.set_column(place, place, min(max(NARROWEST, len(column.name), widest) + 2, WIDEST))
        self._begin()

    def _begin(self):
        for place, column in enumerate(self.columns):
            self.sheet.write_string(0, place, column.name, self.heading)
        self.next_row = 1

    def add(self, row):
        for place, (write, value) in enumerate(zip(self.writers, row, strict=True)):
            if value is not None and value not in ("", []):
                write(self.next_row, place, value)
        self.next_row += 1

    def end(self):
        if not self.next_row:
            self._begin()
        self.sheet.autofilter(0, 0, self.next_row - 1, len(self.columns) - 1)

    def _writer(self, column):
        sheet = self.sheet
        if not column.is_list:
            if column.datatype == Datatype.DAY:
                return lambda row, place, value: sheet.write_datetime(row, place, value, self.day)
            if column.datatype in (Datatype.WHOLE_NUMBER, Datatype.DECIMAL):
                return sheet.write_number
            if column.datatype == Datatype.YES_OR_NO:
                return sheet.write_boolean
        return lambda row, place, value: sheet.write_string(row, place, _text(value)[:MOST_LETTERS])


def _text(value):
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(map(str, value))
    return "" if value is None else str(value)


def _write_provenance(book, opening):
    sheet = book.add_worksheet(PROVENANCE)
    sheet.set_column(0, 0, max(map(len, opening)) + 2)
    sheet.set_column(1, 1, WIDEST)
    for row, (name, value) in enumerate(opening.items()):
        sheet.write_string(row, 0, name)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, str(value)[:MOST_LETTERS])
