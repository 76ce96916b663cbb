"""Who may be named, for the templates; see ``tracker.records.public``."""

from django import template

from tracker.records import public as rule

register = template.Library()
register.filter("public", rule.public)
register.filter("public_name", rule.public_name)
