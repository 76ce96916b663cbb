"""A country, all pairs, and one pair."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.linked_data import country_as_thing
from agreements.models import Country, Forum, Organisation, WorkingGroup, pair_code
from agreements.registers import AGREEMENTS, COUNTRIES
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.registers import export
from tracker.registers.beginning import Beginning
from tracker.registers.edition import Edition
from tracker.registers.past.days import day_of
from tracker.registers.record import fact, find, redirects_moved, render_record
from tracker.registers.templatetags.registers import list_url
from tracker.registers.views import page_of

from ..citations import cited_pair
from ..headline import headline_of
from ..linked_data import page_of_pair
from ..pair import PairPage
from ..pair_list import PAGE_SIZE, SHAPE, PairList
from ..pair_matrix import PairMatrix
from ..pairs import all_pairs
from ..subset import Subset


@require_safe
@redirects_moved
def country_detail(request, code):
    today = day_of(request)
    country = find(Country.objects.named_in_public(), code=code)
    groups = WorkingGroup.objects.published().involving(country)
    organisations = Organisation.objects.published().filter(country=country)
    edition = Edition(request, today, country.get_absolute_url())
    pairs = [pair for pair in all_pairs(today, edition.version) if country in (pair.one, pair.other)]
    agreements, meetings, commitments = (
        Subset(register, {"country": [country]}, today, edition.version)
        for register in (AGREEMENTS, MEETINGS, COMMITMENTS)
    )
    facts = [fact(_("Code"), country.code), fact(_("Kind"), _("union of states") if country.is_union else _("country"))]
    return render_record(
        request,
        "site/country_detail.html",
        country,
        register=COUNTRIES,
        thing=country_as_thing(country),
        today=today,
        edition=edition,
        facts=facts,
        counts={"agreement": agreements.total, "meeting": meetings.total},
        headline=headline_of(commitments),
        forums=Beginning(Forum.objects.published().involving(country), list_url("forum", code)),
        groups=Beginning(groups.with_bodies(), list_url("working-group", code)),
        organisations=Beginning(organisations, list_url("organisation", code)),
        pairs=Beginning(pairs, list_url("pair", code)),
    )


@require_safe
def pair_list(request):
    """The pairs as a table, a page at a time, and as a matrix of the countries with most records."""
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    listing = PairList(request.GET, today, edition.version)
    context = {"edition": edition, "listing": listing, "page": None}
    if not listing.errors:
        page = page_of(listing, Paginator(listing.pairs, PAGE_SIZE), request)
        context |= {"page": page, "matrix": PairMatrix(listing.pairs)}
    return render(request, "site/pair_list.html", context)


@require_safe
def pair_export(request, format):
    """The same list in another format."""
    listing = PairList(request.GET, localdate())
    return export.taken_away(request, format, listing, SHAPE, PairList.chunks)


@require_safe
def pair_csv_metadata(request):
    """What the CSV file of the same list is."""
    return export.described(request, PairList(request.GET, localdate()), _("Pairs of countries"), SHAPE)


@require_safe
def pair_detail(request, one, other):
    """One pair; any other order or case of the codes redirects to the canonical address."""
    canonical = sorted([one.upper(), other.upper()])
    if [one, other] != canonical:
        return HttpResponsePermanentRedirect(reverse("pair-detail", args=canonical))
    countries = Country.objects.named_in_public().in_bulk([one, other], field_name="code")
    if len(countries) != 2:
        raise Http404
    today = localdate()
    edition = Edition(request, today, request.path)
    page = PairPage(countries[one], countries[other], today, edition.version)
    context = {"edition": edition, "page": page, "code": pair_code(one, other), "sources": page.numbered_sources}
    context["cited"] = cited_pair(countries[one], countries[other], edition)
    context["linked_data"] = page_of_pair(countries[one], countries[other], edition)
    return render(request, "site/pair_detail.html", context)
