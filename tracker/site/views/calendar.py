"""A month of what the records name of days."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tracker.registers.edition import Edition

from ..calendar_page import CalendarMonth


@require_safe
def calendar(request):
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    context = {"edition": edition, "month": CalendarMonth(request.GET, today, edition.version)}
    return render(request, "site/calendar.html", context)
