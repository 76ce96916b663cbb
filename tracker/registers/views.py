"""The pages and exports of every register."""

from functools import partial

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from .edition import Edition
from .formats import FORMATS, Stream
from .listing import MOST_COUNTED, PAGE_SIZE, Listing


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
def register_page(request, register):
    """The list with its filters; a parameter that cannot be read is answered with a message in place of the list."""
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    listing = Listing(register, request.GET, today, edition.version)
    context = {"edition": edition, "register": register, "listing": listing, "page": None}
    if not listing.errors:
        context["page"] = page_of(listing, CountedPaginator(listing), request)
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
def register_export(request, register, format):
    """The same list in another format; a parameter that cannot be read is answered 400 with the same message."""
    listing = Listing(register, request.GET, localdate())
    if errors := listing.errors | listing.unknown:
        return format.refuse(errors)
    return to_take_away(Stream(format, listing, request.build_absolute_uri()), format, register.name)


def to_take_away(pieces, format, name):
    """The answer that is a file of this format, piece by piece."""
    response = StreamingHttpResponse(pieces, content_type=format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{format.extension}"'
    return response


def register_urls(register):
    """The addresses of a register: its list, and one for each format."""
    yield path(f"{register.name}/", partial(register_page, register=register), name=f"{register.noun}-list")
    for format in FORMATS:
        view = partial(register_export, register=register, format=format)
        yield path(f"{register.name}.{format.extension}", view, name=f"{register.noun}-{format.extension}")
