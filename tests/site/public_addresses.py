"""The addresses of public lists, with each page and file of theirs, and of pages that tell of all records."""

from django.urls import reverse
from django.utils.timezone import localdate

from meetings.models import Meeting
from meetings.session_report import pages
from tests.site.crawl import CITED_AS
from tracker.registers.formats import FORMATS
from tracker.registers.listing import PAGE_SIZE
from tracker.registers.plan import model_of
from tracker.site.breakdown import WAYS
from tracker.site.registers import REGISTERS

TAKEN_AWAY = (*(each.extension for each in FORMATS), "csv-metadata")
FOLLOWED = {register.noun: ("atom", *(["ics"] if register.calendar else [])) for register in REGISTERS}
# What belongs to records, as addresses name it: ``{noun of the register: [name of an address]}``.
TABLES = {
    register.noun: [
        f"{register.noun}-{table.address}-{kind}" for table in register.all_tables for kind in ("csv", "csv-metadata")
    ]
    for register in REGISTERS
}


def lists():
    for register in REGISTERS:
        last = -(-register.records(localdate()).count() // PAGE_SIZE)
        address = reverse(f"{register.noun}-list")
        yield from (f"{address}?page={number}" for number in range(1, last + 1))
        yield from files(register.noun)


def files(noun):
    addresses = [reverse(f"{noun}-{kind}") for kind in (*TAKEN_AWAY, *FOLLOWED.get(noun, ()))]
    cited = [reverse(f"{noun}-list-{kind}") for kind in CITED_AS if noun in FOLLOWED]
    return addresses + cited + list(map(reverse, TABLES.get(noun, ())))


def pairs():
    return [reverse("pair-detail", args=pair) for pair in (("CHN", "PAK"), ("PAK", "ZQX"))]


REPORTS = ("meeting-report", *(f"meeting-report-{each.extension}" for each in pages.FORMATS))


def reports(records):
    """The report of each meeting among some records, as a page and as files."""
    meetings = [record for record in records if isinstance(record, Meeting)]
    return [reverse(name, args=[meeting.reference]) for meeting in meetings for name in REPORTS]


ERROR_REPORTS = ("error-report", "error-report-received")


def error_reports(records):
    """The forms by which readers report an error in these records."""
    registers = {model_of(register): register for register in REGISTERS}
    for record in records:
        if register := registers.get(type(record)):
            yield from (reverse(name, args=[register.name, getattr(record, register.key)]) for name in ERROR_REPORTS)


def told_of_all():
    """Pages that count, compare and follow all records."""
    yield from (f"/statistics/?by={way}" for way in WAYS)
    yield from (f"{file}?by={way}" for file in files("statistics") for way in WAYS)
    yield from (
        "/compare/?country=CHN&country=PAK",
        "/compare/?pair=CHN-PAK",
        "/compare/?forum=",
        "/changes/",
        "/calendar/",
    )
