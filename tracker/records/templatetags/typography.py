"""The marks between values, for templates."""

from django import template

from tracker.records import typography

register = template.Library()
register.simple_tag(typography.between_names)
register.simple_tag(typography.between_clauses)
register.simple_tag(typography.colon)
register.simple_tag(typography.before_line)
