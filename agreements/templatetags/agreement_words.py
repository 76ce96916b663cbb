"""Words for the derived status of an agreement, which is an annotation and no field; and for a session of a number."""

from django import template

from agreements.models import Agreement, numbered

register = template.Library()


@register.filter
def numbered_words(word, number):
    """“session 13”, by the word that a body has for its sessions."""
    return numbered(word, number)


@register.filter
def status_words(code):
    return Agreement.Status(code).label
