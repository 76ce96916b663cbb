"""What the desk says of the policies that all mail hangs on."""

from django import template

from meetings.models import FollowUpPolicy

register = template.Library()


@register.simple_tag
def has_default_policy():
    return FollowUpPolicy.objects.has_default()
