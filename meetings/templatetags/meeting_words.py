"""Words for what happened at a meeting with an agreement, where it is an annotation of the meeting and not a field; and
for the report of a meeting."""

from django import template

from meetings.models import MeetingAgreement
from meetings.session_report.summary import report_title

register = template.Library()
register.filter(report_title)


@register.filter
def role_words(code):
    return MeetingAgreement.Role(code).label
