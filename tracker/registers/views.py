"""The pages and exports of every register."""

from functools import partial

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from . import calendar_file, csvw, export, feed
from .citing.pages import cited_list
from .edition import Edition
from .formats import FORMATS, csv_error
from .linked_data import page_of_list
from .listing import MOST_COUNTED, PAGE_SIZE, Listing
from .past.days import as_of_a_day, day_of
from .record import Gone, Moved, find, json_address
from .tables import Shape


class CountedPaginator(Paginator):
    """Pages of a listing whose total is known already; pages end where counting ends."""

    def __init__(self, listing):
        self.count = listing.total if listing.is_counted else MOST_COUNTED
        super().__init__(Rows(listing), PAGE_SIZE)

    count = 0


class Rows:
    """The records of a listing, as a paginator asks for them."""

    def __init__(self, listing):
        self.listing = listing

    def __getitem__(self, places):
        return self.listing.rows(places.start, places.stop)


@require_safe
@as_of_a_day
def register_page(request, register):
    """The list with its filters; a parameter that cannot be read is answered with a message in place of the list."""
    today = day_of(request)
    edition = Edition(request, today, request.get_full_path())
    listing = Listing(register, request.GET, today, edition.version, may_be_past=True)
    context = {"edition": edition, "register": register, "listing": listing, "page": None}
    if not listing.errors:
        context["page"] = page_of(listing, CountedPaginator(listing), request)
        context["cited"] = cited_list(listing, edition)
        context["linked_data"] = page_of_list(listing, edition, context["cited"])
    return render(request, "registers/list.html", context)


def page_of(listing, paginator, request):
    """The page asked for, with what ``components/pagination.html`` shows; raise ``Http404`` where there is none."""
    try:
        page = paginator.page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404("No such page.") from error
    page.links = {
        "number": page.number,
        "num_pages": page.paginator.num_pages,
        "previous_url": listing.address(page=page.number - 1) if page.has_previous() else "",
        "next_url": listing.address(page=page.number + 1) if page.has_next() else "",
    }
    return page


@require_safe
@as_of_a_day
def register_export(request, register, format):
    """The same list in another format."""
    listing = Listing(register, request.GET, day_of(request), may_be_past=True)
    tables = register.tables if format.has_tables else ()
    shape = Shape(noun=register.noun, columns=register.columns, tables=tables)
    return export.taken_away(request, format, listing, shape, partial(export.chunks, tables=tables))


@require_safe
@as_of_a_day
def csv_metadata(request, register):
    """What the CSV file of the same list is."""
    listing = Listing(register, request.GET, day_of(request), may_be_past=True)
    shape = Shape(noun=register.noun, columns=register.columns)
    return export.described(request, listing, register.title, shape)


@require_safe
@as_of_a_day
def table_export(request, register, table, format):
    """What belongs to the records of the same list: one of its tables."""
    listing = Listing(register, request.GET, day_of(request), may_be_past=True)
    shape = Shape(noun=register.noun, columns=register.columns).of(table)
    rows = partial(export.rows_of_chunks, table=table)
    return export.taken_away(request, format, listing, shape, rows, part=table.address)


@require_safe
@as_of_a_day
def table_csv_metadata(request, register, table):
    listing = Listing(register, request.GET, day_of(request), may_be_past=True)
    shape = Shape(noun=register.noun, columns=register.columns).of(table)
    return export.described(request, listing, table.label, shape)


@require_safe
def record_json(request, register, key):
    """One record, with all that belongs to it; where it has another permanent name now, the way there."""
    today = day_of(request)
    records = register.records(today)
    try:
        record = find(records, **{register.key: key})
    except Moved as moved:
        return HttpResponsePermanentRedirect(json_address(str(moved)))
    except Gone as gone:
        return JsonResponse(gone.withdrawal._asdict(), status=410, json_dumps_params={"ensure_ascii": False})
    edition = Edition(request, today, request.path)
    return export.record_answer(request, register, record, edition)


@require_safe
def register_feed(request, register):
    """The records of the same list that changed last."""
    today = day_of(request)
    edition = Edition(request, today, request.get_full_path())
    listing = Listing(register, request.GET, today, edition.version)
    if errors := listing.errors | listing.unknown:
        return csv_error(errors)
    return feed.answer(listing, edition)


@require_safe
def register_calendar(request, register):
    """The days that the records of the same list name."""
    listing = Listing(register, request.GET, day_of(request))
    return export.taken_away(request, calendar_file.format_of(listing), listing, (), calendar_file.chunks)


def register_urls(register):
    """The addresses of a register: its list, one for each format, what describes its CSV, those to follow it, and each
    record as JSON."""
    yield path(f"{register.name}/", partial(register_page, register=register), name=f"{register.noun}-list")
    yield from format_urls(
        register.name,
        register.noun,
        partial(register_export, register=register),
        partial(csv_metadata, register=register),
    )
    followed = {"atom": register_feed} | ({"ics": register_calendar} if register.calendar else {})
    for extension, view in followed.items():
        address, name = f"{register.name}.{extension}", f"{register.noun}-{extension}"
        yield path(address, partial(view, register=register), name=name)
    for table in register.all_tables:
        yield from format_urls(
            f"{register.name}/{table.address}",
            f"{register.noun}-{table.address}",
            partial(table_export, register=register, table=table),
            partial(table_csv_metadata, register=register, table=table),
            [format for format in FORMATS if format.is_described_beside],
        )
    one = partial(record_json, register=register)
    yield path(f"{register.name}/<str:key>.json", one, name=f"{register.noun}-detail-json")


def format_urls(name, noun, view, metadata_view, formats=FORMATS):
    """The addresses of a list in each format, and of what describes its CSV."""
    for format in formats:
        address = f"{name}.{format.extension}"
        yield path(address, partial(view, format=format), name=f"{noun}-{format.extension}")
        if format.is_described_beside:
            yield path(address + csvw.ENDING, metadata_view, name=f"{noun}-{format.extension}-metadata")
