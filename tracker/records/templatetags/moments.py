"""Days and moments of the desk, as the reader's language writes them."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def in_day(moment: datetime | None) -> str:
    """The day of a moment, by the clock of the site."""
    return date_format(timezone.localdate(moment), pgettext("day, month and year", "j F Y")) if moment else "–"


@register.filter
def in_moment(moment: datetime | None) -> str:
    """The day and the hour."""
    pattern = pgettext("day and hour; the letters are those of Django's date format", "j F Y, H:i")
    return date_format(timezone.localtime(moment), pattern) if moment else "–"
