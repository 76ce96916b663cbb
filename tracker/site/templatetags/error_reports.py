"""What the index of the desk says of reports of errors."""

from django import template
from django.utils import timezone

from tracker.records.ages import age_in_words

from ..error_reports.models import ErrorReport

register = template.Library()


@register.simple_tag
def error_reports_waiting(user):
    """``(number, age of the oldest in words)`` of those that wait, as far as this account may see them; None without
    any."""
    waiting = ErrorReport.objects.waiting().about_what(user).oldest_first()
    oldest = waiting.values_list("received_at", flat=True).first()
    if oldest is None:
        return None
    return waiting.count(), age_in_words(timezone.localdate(oldest), timezone.localdate())
