"""The cells of a strip of sessions. There may be hundreds on a page: as a template they would take twice as long."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from agreements.models import numbered
from tracker.records import typography
from tracker.records.languages import capfirst

register = template.Library()


@register.simple_tag
def session_cells(strip, word):
    """Of ``[(number, session or None, state)]``; ``word`` is what its body calls a session."""
    return mark_safe("".join(_cell(number, session, state, word) for number, session, state in strip))


def _cell(number, session, state, word):
    if session is None:
        label = _("%(session)s: no source seen") % {"session": capfirst(numbered(word, number))}
        shown = f'<span title="{conditional_escape(label)}">{number}</span>'
    else:
        day = session.day_in_words or _("date not known")
        label = capfirst(session.session_in_words) + typography.between_clauses() + day
        address = conditional_escape(session.get_absolute_url())
        shown = f'<a href="{address}" aria-label="{conditional_escape(label)}">{number}</a>'
    return f'\n<li class="is-{state}">{shown}</li>'
