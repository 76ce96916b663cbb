"""Sentences about two records, one of which is a link: the translation says where the link is."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from tracker.records.languages import marked, written

register = template.Library()


@register.simple_tag
def with_link(sentence, address, name):
    """``{% with_link "amends %(other)s" address name %}``"""
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, marked(written(name)))
    return mark_safe(conditional_escape(sentence) % {"other": link})
