"""What templates ask of commitments: words for the computed schedule, and which of them were promised."""

from django import template

from meetings.models import Schedule
from tracker.records import typography

register = template.Library()


@register.filter
def schedule_words(code):
    return Schedule(code).label


@register.filter
def undertaken_by(commitment):
    """The names of those who promised, in a row; of a commitment with its parties."""
    return typography.names(party.name for party in commitment.parties.all() if party.side == "by" and party.name)


@register.filter
def firm(commitments):
    return [commitment for commitment in commitments if commitment.is_firm]


@register.filter
def soft(commitments):
    return [commitment for commitment in commitments if not commitment.is_firm]
