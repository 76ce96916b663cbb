"""Citations of a pair and of the document that a source is, as files."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Country
from tracker.registers.citing.views import cited_as, files_at
from tracker.registers.edition import Edition
from tracker.registers.record import Moved, find

from ..citations import cited_document, cited_pair
from ..registers import published_sources


@require_safe
def pair_citation(request, one, other, format):
    countries = Country.objects.named_in_public().in_bulk([one, other], field_name="code")
    if len(countries) != 2 or one > other:
        raise Http404
    edition = Edition(request, localdate(), request.path)
    return cited_as(format, cited_pair(countries[one], countries[other], edition))


@require_safe
def document_citation(request, slug, format):
    today = localdate()
    try:
        source = find(published_sources(today), slug=slug)
    except Moved as moved:
        return HttpResponsePermanentRedirect(f"{moved}document.{format.extension}")
    Edition(request, today, request.path)  # so that it may be kept, and has a mark
    return cited_as(format, cited_document(source, today))


def citation_urls():
    yield from files_at("pairs/<str:one>-<str:other>", "pair-detail", pair_citation)
    yield from files_at("sources/<slug:slug>/document", "source-document", document_citation)
