"""What changed last in public."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tracker.registers.edition import Edition

from ..changes import Changes


@require_safe
def changes(request):
    today = localdate()
    edition = Edition(request, today, request.get_full_path())
    context = {"edition": edition, "changes": Changes(request.GET, today, edition.version)}
    return render(request, "site/changes.html", context)
