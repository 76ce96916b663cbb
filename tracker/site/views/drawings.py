"""The drawings of pages as files."""

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Country
from tracker.registers.edition import Edition
from tracker.registers.formats import csv_error
from tracker.registers.listing import unread

from .. import drawings
from ..drawing_file import DrawingFile
from ..pair import PairPage
from ..pair_list import PairList
from ..statistics import Statistics


@require_safe
def statistics(request):
    """What became of firm commitments, by the year in which they were made: of all, whatever the page tells them by."""
    edition = Edition(request, localdate(), request.get_full_path())
    if errors := unread(request.GET, ()):
        return csv_error(errors)
    return _answer(drawings.of_statistics(Statistics(request.GET, edition.date, edition.version)), edition)


@require_safe
def pairs(request):
    edition = Edition(request, localdate(), request.get_full_path())
    listing = PairList(request.GET, edition.date, edition.version)
    if errors := listing.errors | listing.unknown:
        return csv_error(errors)
    return _answer(drawings.of_pairs(listing, edition.version), edition)


@require_safe
def timeline(request, one, other):
    edition = Edition(request, localdate(), request.path)
    return _answer(drawings.of_timeline(_page(one, other, edition)), edition)


@require_safe
def sessions(request, one, other, forum):
    """Those of one of the forums whose clock the page of the pair shows."""
    edition = Edition(request, localdate(), request.path)
    page = _page(one, other, edition)
    cards = [card for card in page.forums if card.forum.slug == forum]
    return _answer(drawings.of_sessions(page, cards[0]) if cards else None, edition)


def _page(one, other, edition):
    countries = Country.objects.named_in_public().in_bulk([one, other], field_name="code")
    if len(countries) != 2 or one > other:
        raise Http404
    return PairPage(countries[one], countries[other], edition.date, edition.version)


def _answer(drawing: DrawingFile | None, edition: Edition) -> HttpResponse:
    if drawing is None:
        raise Http404
    return drawing.answer(edition)


def drawing_urls():
    pair = "pairs/<str:one>-<str:other>"
    yield path("statistics.svg", statistics, name="statistics-svg")
    yield path("pairs.svg", pairs, name="pair-svg")
    yield path(f"{pair}/timeline.svg", timeline, name="pair-timeline-svg")
    yield path(f"{pair}/sessions/<slug:forum>.svg", sessions, name="pair-sessions-svg")
