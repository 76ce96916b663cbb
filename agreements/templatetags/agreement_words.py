"""Words for the derived status of an agreement, which is an annotation and not a field."""

from django import template

from agreements.models import Agreement

register = template.Library()


@register.filter
def status_words(code):
    return Agreement.Status(code).label
