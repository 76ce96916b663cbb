"""Words for what happened at a meeting with an agreement, where it is an annotation of the meeting and not a field."""

from django import template

from meetings.models import MeetingAgreement

register = template.Library()


@register.filter
def role_words(code):
    return MeetingAgreement.Role(code).label
