"""What the row of a person in the list says."""

from django import template

from tracker.records import typography

from ..people import records_of, sides_of

register = template.Library()


@register.simple_tag
def row_of_person(person):
    """Of one of ``PEOPLE`` as ``shown``."""
    return {
        "sides": typography.names(sides_of(person)),
        "meetings": records_of(person.attendances),
        "signatures": records_of(person.signatures),
    }
