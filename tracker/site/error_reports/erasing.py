"""The address of a reporter is erased some time after their report was answered or closed; what they wrote stays."""

from datetime import datetime

from django.db import transaction

from tracker.mail.erasing import forget_addresses
from tracker.mail.models import Delivery

from .answering import KIND, recipient
from .models import ErrorReport


def erase_addresses_of_reporters(now: datetime) -> int:
    """Return how many reports had theirs erased."""
    with transaction.atomic():
        reports = list(ErrorReport.objects.with_address_out_of_date(now).values_list("pk", flat=True))
        ErrorReport.objects.filter(pk__in=reports).update(email="")
        forget_addresses(Delivery.objects.filter(kind=KIND, recipient__in=map(recipient, reports)))
    return len(reports)
