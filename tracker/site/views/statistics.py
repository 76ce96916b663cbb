"""The statistics, as a page and as files."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.registers import export
from tracker.registers.edition import Edition

from ..statistics import SHAPE, Statistics


@require_safe
def statistics(request):
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    context = {"edition": edition, "statistics": Statistics(request.GET, today, edition.version)}
    return render(request, "site/statistics.html", context)


@require_safe
def statistics_export(request, format):
    """What became of the commitments, by a value of each, in another format."""
    return export.taken_away(request, format, Statistics(request.GET, localdate()), SHAPE, Statistics.chunks)


@require_safe
def statistics_csv_metadata(request):
    """What the CSV file of the same numbers is."""
    return export.described(request, Statistics(request.GET, localdate()), _("Statistics"), SHAPE)
