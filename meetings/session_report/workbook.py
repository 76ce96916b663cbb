"""The report as a workbook: a sheet for its head, one for each part, one for its sources; days are days."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings

from tracker.records.public import public
from tracker.registers import xlsx
from tracker.registers.register import Column, Datatype

from .contents import SessionReport

Cells = list[Column]


def column(name: str, value: Callable[[Any], object], datatype: Datatype = Datatype.TEXT) -> Column:
    """One that takes an item of the report."""
    return Column(name=name, reads=(), value=value, datatype=datatype)


day, number = partial(column, datatype=Datatype.DAY), partial(column, datatype=Datatype.WHOLE_NUMBER)
address = partial(column, datatype=Datatype.ADDRESS)
NUMBER = column("number", lambda item: item.number)


def _sources(item):
    return ", ".join(map(str, item.marks))


def _of_promise(name, datatype=Datatype.TEXT):
    return column(name, lambda item: getattr(item.commitment, name), datatype)


def _words(item):
    return "; ".join(f"{word.name}: {word.said_or_not}" for word in item.words)


def _made_at(item):
    origin = public(item.commitment.meeting) or public(item.commitment.agreement)
    return origin.reference if origin else ""


PROMISED: Cells = [
    NUMBER,
    _of_promise("reference"),
    _of_promise("title"),
    _of_promise("strength"),
    column("strength_in_words", lambda item: item.commitment.get_strength_display()),
    column("made_at", _made_at),
    column("by", lambda item: item.by_in_words),
    _of_promise("due"),
    _of_promise("due_earliest", Datatype.DAY),
    _of_promise("due_latest", Datatype.DAY),
    column("due_in_words", lambda item: item.due_in_words),
    _of_promise("progress"),
    column("progress_in_words", lambda item: item.commitment.get_progress_display()),
    _of_promise("schedule"),
    column("state", lambda item: item.state_in_words),
    column("each_side_reports", _words),
    _of_promise("closure"),
    _of_promise("completed_on"),
    _of_promise("days_late_least", Datatype.WHOLE_NUMBER),
    _of_promise("days_late_most", Datatype.WHOLE_NUMBER),
    _of_promise("last_looked_on", Datatype.DAY),
    column("relations", lambda item: "; ".join(each.in_words for each in item.lineage)),
    column("sources", _sources),
    address("address", lambda item: settings.SITE_URL + item.commitment.get_absolute_url()),
]
OUTCOMES: Cells = [
    NUMBER,
    column("kind", lambda item: item.outcome.kind),
    column("kind_in_words", lambda item: item.outcome.get_kind_display()),
    column("text", lambda item: item.outcome.text),
    column("realisation", lambda item: item.outcome.realisation),
    column("realisation_in_words", lambda item: item.outcome.get_realisation_display()),
    column("working_group", lambda item: item.group.headline if item.group else ""),
    column("agreement", lambda item: item.agreement.reference if item.agreement else ""),
    column("agreement_in_words", lambda item: item.agreement.headline if item.agreement else ""),
    column("sources", _sources),
]
INSTRUMENTS: Cells = [
    NUMBER,
    column("reference", lambda item: item.agreement.reference),
    column("title", lambda item: item.agreement.headline),
    column("type", lambda item: item.agreement.type),
    column("type_in_words", lambda item: item.agreement.get_type_display()),
    column("role", lambda item: item.agreement.role),
    column("role_in_words", lambda item: item.role_in_words),
    column("status", lambda item: item.agreement.status),
    column("status_in_words", lambda item: item.status_in_words),
    address("address", lambda item: settings.SITE_URL + item.agreement.get_absolute_url()),
]


def _stated(stated):
    return f"{stated['value']} [{', '.join(map(str, stated['marks']))}]" if stated["marks"] else str(stated["value"])


DIFFERENCES: Cells = [
    NUMBER,
    column("of", lambda item: item.of),
    column("field", lambda item: item.field),
    column("shown_here", lambda item: _stated(item.chosen) if item.chosen else ""),
    column("also_stated", lambda item: "; ".join(map(_stated, item.others))),
]
SOURCES: Cells = [
    number("number", lambda entry: entry["number"]),
    column("title", lambda entry: entry["source"].title),
    column("publisher", lambda entry: entry["source"].publisher),
    column("published_on", lambda entry: entry["source"].published_on),
    column("evidence", lambda entry: entry["source"].evidence),
    column("evidence_in_words", lambda entry: entry["source"].get_evidence_display()),
    column("places", lambda entry: "; ".join(entry["locators"])),
    address("url", lambda entry: entry["source"].url),
    address("archive_url", lambda entry: entry["source"].archive_url),
    address("address", lambda entry: settings.SITE_URL + entry["source"].get_absolute_url()),
]
# Sheets by the part that each holds.
SHEETS = {
    "firm": ("firm commitments", PROMISED),
    "soft": ("proposals and statements", PROMISED),
    "outcomes": ("outcomes", OUTCOMES),
    "instruments": ("agreements", INSTRUMENTS),
    "carried": ("carried over", PROMISED),
    "differences": ("where sources differ", DIFFERENCES),
}
HEAD: Cells = [column("what", lambda line: line[0]), column("said", lambda line: line[1])]


def as_xlsx(report: SessionReport, opening: dict) -> Iterator[bytes]:
    """The file in pieces."""
    return xlsx.packed(opening, partial(_write, report=report))


def _write(book, report):
    _sheet(book, "report", HEAD, report.head_lines)
    for name, part in report.parts.items():
        _sheet(book, *SHEETS[name], part.items)
    _sheet(book, "sources", SOURCES, report.evidence.entries)


def _sheet(book, name, columns, items):
    sheets = xlsx.Sheets(book, name, columns)
    sheets.add([[each.value(item) for item in items] for each in columns])
    sheets.end()
