"""Addresses of filtered lists, for the templates."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag
def list_url(noun, *countries, **filters):
    """The address of a register's list: ``{% list_url "commitment" "CHN" "PAK" progress="complete" %}``. What is empty
    asks for nothing."""
    query = [(name, value) for name, value in [*(("country", code) for code in countries), *filters.items()] if value]
    return reverse(f"{noun}-list") + ("?" + urlencode(query) if query else "")
