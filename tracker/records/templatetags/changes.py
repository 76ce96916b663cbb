"""How a change is written: from what to what, in the direction in which the language is read."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def from_to(old, new):
    """``{% from_to old new %}``: both values with an arrow between them. Neither turns the direction of the other."""
    values = {"old": format_html("<bdi>{}</bdi>", old), "new": format_html("<bdi>{}</bdi>", new)}
    return mark_safe(conditional_escape(_("%(old)s → %(new)s")) % values)
