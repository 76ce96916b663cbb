"""Words for codes that the agreement itself does not word: of its status, an annotation, and of its next target."""

from django import template

from agreements.models import Agreement, AgreementEvent

register = template.Library()


@register.filter
def status_words(code):
    return Agreement.Status(code).label


@register.filter
def event_words(code):
    return AgreementEvent.Kind(code).label
