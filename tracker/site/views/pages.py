"""Home, and what the site says of itself."""

from django.conf import settings
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from agreements.models import Agreement, WorkingGroup
from meetings.models import Commitment, Implementation, Progress, Schedule
from tracker.records.models import Source
from tracker.registers.edition import Edition

from ..coverage import Coverage
from ..error_reports.models import ADDRESS_IS_KEPT_FOR
from ..home import HomePage


@require_safe
def home(request):
    today = localdate()
    edition = Edition(request, today, request.path)
    context = {"edition": edition, "page": HomePage(today, edition.version)}
    return render(request, "site/home.html", context)


@require_safe
def about(request):
    today = localdate()
    edition = Edition(request, today, request.path)
    context = {
        "edition": edition,
        "coverage": Coverage(today, edition.version),
        "publisher": settings.PUBLISHER,
        "contact": settings.CONTACT,
        "contact_name": settings.CONTACT.removeprefix("mailto:"),
        "address_is_kept_for": ADDRESS_IS_KEPT_FOR.days,
        "progress": Progress,
        "schedule": Schedule,
        "implementation": Implementation,
        "agreement_status": Agreement.Status,
        "strength": Commitment.Strength,
        "stage": WorkingGroup.Stage,
        "evidence": Source.Evidence,
    }
    return render(request, "site/about.html", context)
