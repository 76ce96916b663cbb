"""Words for codes that the agreement itself does not word: of its status, an annotation, and of its next target; and
for one of many sessions."""

from django import template

from agreements.models import Agreement, AgreementEvent, numbered
from agreements.models.target import what_is_missed_of

register = template.Library()
register.filter("missed_by", what_is_missed_of)


@register.filter
def numbered_words(word, number):
    """“session 13”, by the word that a body has for its sessions."""
    return numbered(word, number)


@register.filter
def status_words(code):
    return Agreement.Status(code).label


@register.filter
def event_words(code):
    return AgreementEvent.Kind(code).label
