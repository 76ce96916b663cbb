"""Links to sources, for the templates. A page has hundreds of them: as a template they would take longer than all
else on it."""

from itertools import groupby
from operator import attrgetter

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext

from tracker.records import typography

from .languages import content

register = template.Library()


@register.simple_tag
def links_to_sources(citations, bare=False):
    """Each source once, with the numbers that it has on paper; ``bare``: without the word before them."""
    found = [_link(next(group)) for _source, group in groupby(citations or (), key=attrgetter("source"))]
    label = pgettext("before the names of sources", "Source:")
    before = "" if bare else f"{conditional_escape(label)} "
    links = conditional_escape(typography.between_names()).join(found)
    return mark_safe(f'<span class="meta">{before}{links}</span>' if found else "")


def _link(citation):
    source = citation.source
    name = content(source.publisher) or content(source.site) or content(source.label)
    marks = "".join(map(_mark, getattr(citation, "marks", ())))
    link = f'<a href="{conditional_escape(source.get_absolute_url())}">{conditional_escape(name)}</a>'
    return f'{link}<span class="print-only">{marks}</span>'


@register.simple_tag
def source_marks(numbers):
    """The numbers of sources in the list below, as ``components/cite_marks.html`` has them."""
    return mark_safe("".join(map(_mark, numbers)))


def _mark(number):
    label = conditional_escape(gettext("Source %(mark)s") % {"mark": number})
    return f'<sup class="cite-mark"><a href="#source-{number}" aria-label="{label}">{number}</a></sup>'
