"""A country, all pairs, and one pair."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement, Country, Forum, Organisation, WorkingGroup, pair_code
from meetings.models import Commitment, Meeting
from tracker.registers.edition import Edition
from tracker.registers.record import fact, find, redirects_moved, render_record

from ..pair import PairPage
from ..pairs import all_pairs

MOST_IN_MATRIX = 24


@require_safe
@redirects_moved
def country_detail(request, code):
    today = localdate()
    country = find(Country.objects.named_in_public(), code=code)
    facts = [fact(_("Code"), country.code), fact(_("Kind"), _("union of states") if country.is_union else _("country"))]
    return render_record(
        request,
        "site/country_detail.html",
        country,
        today=today,
        facts=facts,
        counts={
            "agreement": Agreement.objects.published().involving(country).count(),
            "meeting": Meeting.objects.published().involving(country).count(),
        },
        headline=Commitment.objects.published().involving(country).headline(today),
        forums=Forum.objects.published().involving(country),
        groups=WorkingGroup.objects.published().involving(country).with_bodies(),
        organisations=Organisation.objects.published().filter(country=country),
        pairs=[pair for pair in all_pairs(today) if country in (pair.one, pair.other)],
    )


@require_safe
def pair_list(request):
    """The pairs as a table, and as a matrix of the countries with most records."""
    today = localdate()
    edition = Edition(request, today, request.path)
    pairs = all_pairs(today, edition.version)
    weights = {}
    for pair in pairs:
        for country in (pair.one, pair.other):
            weights[country] = weights.get(country, 0) + pair.total
    heaviest = sorted(weights, key=lambda country: (-weights[country], country.code))[:MOST_IN_MATRIX]
    axis = sorted(heaviest, key=lambda country: country.code)
    by_code = {pair.code: pair for pair in pairs}
    matrix = [(row, [None if row == column else _cell(by_code, row, column) for column in axis]) for row in axis]
    is_cut = len(weights) > MOST_IN_MATRIX
    context = {"edition": edition, "pairs": pairs, "axis": axis, "matrix": matrix, "is_cut": is_cut}
    return render(request, "site/pair_list.html", context)


def _cell(pairs, row, column):
    """The pair at a crossing with its weight from 1 to 4; an empty dict where the two share nothing."""
    pair = pairs.get(pair_code(row.code, column.code))
    return {"pair": pair, "level": min(4, 1 + pair.total // 8)} if pair else {}


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
    page = PairPage(countries[one], countries[other], today)
    context = {"edition": edition, "page": page, "code": pair_code(one, other), "sources": page.numbered_sources()}
    return render(request, "site/pair_detail.html", context)
