"""Two pairs, countries or forums side by side."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tracker.registers.edition import Edition

from ..comparison import Comparison


@require_safe
def compare(request):
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    context = {"edition": edition, "comparison": Comparison(request.GET, today, edition.version)}
    return render(request, "site/compare.html", context)
