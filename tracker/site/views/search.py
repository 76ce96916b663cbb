"""The search of all registers."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tracker.registers.edition import Edition
from tracker.registers.listing import PAGE_SIZE
from tracker.registers.views import page_of

from ..search_page import SearchPage
from ..straight import straight_to


@require_safe
def search(request):
    """What all registers have to some words; a reference or a code leads straight to what it names."""
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    page = SearchPage(request.GET, today, edition.version)
    if not page.errors and (address := straight_to(page.text, today)):
        return HttpResponseRedirect(address)
    context = {"edition": edition, "search": page, "page": None}
    if page.is_asked:
        context["page"] = page_of(page, Paginator(page, PAGE_SIZE), request)
    return render(request, "site/search.html", context)
