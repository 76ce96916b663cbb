"""Text in the language it was written in, for the templates: see ``tracker.records.languages``."""

from django import template

from tracker.records import languages, typography

register = template.Library()


@register.filter
def content(text, language=languages.OF_EDITORS):
    """``{{ record.title|content }}``, ``{{ name.name|content:name.language }}``: what editors wrote, in English unless
    another language is named, or the text itself knows one."""
    return languages.marked(languages.written(text, language)) if text else ""


@register.filter
def marked(text):
    """``{{ fact.value|marked }}``: words of the page, what editors wrote, or both; the latter knows its language."""
    return languages.marked(text)


@register.filter
def in_a_row(records, name="name"):
    """``{{ record.themes.all|in_a_row }}``: their names, parted as the reader's language does."""
    return languages.marked(typography.names(languages.written(getattr(each, name)) for each in records))


@register.simple_tag
def written_in(language=languages.OF_EDITORS):
    """``<p{% written_in %}>``: the attributes of an element that holds nothing but what editors wrote."""
    return languages.attributes_of(language)
