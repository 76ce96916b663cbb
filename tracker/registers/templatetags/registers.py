"""Addresses of filtered lists, and the values by which a list is filtered, for the templates."""

from html import escape

from django import template
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from tracker.records.languages import marked

register = template.Library()


@register.simple_tag
def list_url(noun, *countries, **filters):
    """The address of a register's list: ``{% list_url "commitment" "CHN" "PAK" progress="complete" %}``. What is empty
    asks for nothing."""
    query = [(name, value) for name, value in [*(("country", code) for code in countries), *filters.items()] if value]
    return reverse(f"{noun}-list") + ("?" + urlencode(query) if query else "")


# Ids come from the values, so that the focus survives a live update.
OPTION = """
<li>
<label for="{id}">
<input type="checkbox" id="{id}" name="{name}" value="{value}"{checked}>
<span class="facet-label">{label}</span>{count}
</label>
</li>"""
COUNT = """
<span class="facet-count">{}</span>"""


@register.simple_tag
def facet_options(name, options):
    """The options of a facet to tick, each with its number. A list has hundreds of them: as a template they would take
    longer than all the rest of its page."""
    return mark_safe(f'<ul class="facet-options">{"".join(_option(name, option) for option in options)}\n</ul>')


def _option(name, option):
    value, number = escape(option["value"]), option["count"]
    return OPTION.format(
        id=f"{name}-{value}",
        name=name,
        value=value,
        checked=" checked" if option["selected"] else "",
        label=capfirst(_escaped(marked(option["label"]))),
        count="" if number is None else COUNT.format(number),
    )


def _escaped(text):
    """Django's, which takes as long again to see that no text is to be translated later."""
    return text if hasattr(text, "__html__") else escape(str(text))
