"""Cells of the tables of a report: hundreds of them, of which most say the same as another one. As templates of their
own they would take longer than all else on the page."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.records.languages import marked
from tracker.records.remembering import Remembered
from tracker.records.templatetags.sources import source_marks

register = template.Library()


@register.simple_tag
def state_of(item):
    """The state of a commitment, clause by clause, the first one in front."""
    return mark_safe("\n".join(_clause(part, place) for place, part in enumerate(item.state)))


def _clause(part, place):
    text = conditional_escape(marked(part.text))
    shown = _status(part.kind, part.code, text) if part.kind else capfirst(text)
    return f'<p class="state{"" if place else " is-first"}">{shown}</p>'


@Remembered
def _status(kind, code, label):
    return render_to_string("components/status.html", {"kind": kind, "value": code, "label": label})


@register.simple_tag
def words_on(item):
    """What each side said last of a commitment, and others."""
    words = "\n".join(map(_word, item.words))
    return mark_safe(f"<dl>{words}</dl>" if words else f'<span class="none">{_("no report seen")}</span>')


def _word(word):
    return format_html(
        "<div><dt>{}</dt> <dd{}>{}{}</dd></div>",
        marked(word.name),
        "" if word.said else mark_safe(' class="none"'),
        marked(word.said_or_not),
        source_marks(word.marks),
    )
