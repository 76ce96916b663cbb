"""Words for the computed schedule of a commitment, which is an annotation and not a field."""

from django import template

from meetings.models import Schedule

register = template.Library()


@register.filter
def schedule_words(code):
    return Schedule(code).label
