"""A work as a file, in one of the formats for programs that keep references."""

from functools import partial

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import path
from django.views.decorators.http import require_safe

from ..edition import Edition
from ..formats import csv_error
from ..listing import Listing
from ..past.days import as_of_a_day, day_of
from ..record import Moved, find
from .formats import CITATION_FORMATS
from .pages import cited_list, cited_record


@require_safe
def record_citation(request, register, key, format):
    """Of what is withdrawn or hidden there is none: its address answers as its page does."""
    today = day_of(request)
    try:
        record = find(register.records(today), **{register.key: key})
    except Moved as moved:
        return HttpResponsePermanentRedirect(f"{str(moved).removesuffix('/')}.{format.extension}")
    edition = Edition(request, today, request.path)
    return cited_as(format, cited_record(record, edition))


@require_safe
@as_of_a_day
def list_citation(request, register, format):
    today = day_of(request)
    edition = Edition(request, today, request.get_full_path())
    listing = Listing(register, request.GET, today, edition.version, may_be_past=True)
    if errors := listing.errors | listing.unknown:
        return csv_error(errors)
    return cited_as(format, cited_list(listing, edition))


def cited_as(format, work):
    response = HttpResponse(format.write(work), content_type=format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{work.key}.{format.extension}"'
    response["Link"] = f'<{work.address}>; rel="canonical"'
    return response


def citation_urls(register):
    """The addresses of the citations of a register: of its records, and of its list as it is filtered. They come before
    those of the register, as one ends as the JSON of a record does."""
    yield from files_at(
        f"{register.name}/<str:key>", f"{register.noun}-detail", partial(record_citation, register=register)
    )
    yield from files_at(register.name, f"{register.noun}-list", partial(list_citation, register=register))


def files_at(address, name, view):
    """The same page in each format; ``view`` takes it as ``format``."""
    for format in CITATION_FORMATS:
        yield path(f"{address}.{format.extension}", partial(view, format=format), name=f"{name}-{format.extension}")
