"""The way from a list, a search or a record to the form by which somebody is told of its changes."""

from django import template

from ..subscriptions.followed import RECORD, following

register = template.Library()


@register.inclusion_tag("components/be_told.html")
def be_told(name, query="", record=""):
    """``name`` as in ``followed.py``; ``query`` narrows the list, ``record`` is the permanent name of one."""
    return {"query": following(name, query, **({RECORD: record} if record else {}))}
