"""Home, and what the site says of itself."""

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Agreement, WorkingGroup
from meetings.models import Commitment, Progress, Schedule
from tracker.records.models import Source
from tracker.registers.edition import Edition

from ..home import HomePage

MOST_PAIRS = 24


@require_safe
def home(request):
    today = localdate()
    edition = Edition(request, today, request.path)
    page = HomePage(today, edition.version)
    context = {
        "edition": edition,
        "figures": page.figures,
        "headline": page.headline,
        "agreements": page.agreements,
        "meetings": page.meetings,
        "due": page.due,
        "pairs": page.pairs[:MOST_PAIRS],
    }
    return render(request, "site/home.html", context)


@require_safe
def about(request):
    context = {
        "edition": Edition(request, localdate(), request.path),
        "progress": Progress,
        "schedule": Schedule,
        "agreement_status": Agreement.Status,
        "strength": Commitment.Strength,
        "stage": WorkingGroup.Stage,
        "evidence": Source.Evidence,
    }
    return render(request, "site/about.html", context)
