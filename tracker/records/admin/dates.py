"""The inputs for dates and periods: what was written is read back in words under it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext

from tracker.records import durations, edtf


class ReadBackInput(forms.TextInput):
    """A short text input with an example in it, and how it is read under it once that is known."""

    example = ""

    def __init__(self, attrs=None):
        super().__init__(
            {"placeholder": self.example, "size": 16, "class": "edtf", "spellcheck": "false"} | (attrs or {})
        )

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        reading = self.reading(value or "")
        if not reading:
            return field
        echo = gettext("read as %(date)s") % {"date": reading}
        return format_html('<span class="edtf-field">{}<span class="edtf-reading">{}</span></span>', field, echo)

    def reading(self, text):
        """Return what was written in words; empty for nothing and for what cannot be read (the error then says so)."""
        try:
            return self.in_words(text)
        except ValidationError:
            return ""

    def in_words(self, text):
        raise NotImplementedError


class EDTFInput(ReadBackInput):
    example = "2026-01-28"

    def in_words(self, text):
        return edtf.in_words(edtf.read(text))


class DurationInput(ReadBackInput):
    example = "P3Y"

    def in_words(self, text):
        return durations.in_words(durations.read(text))
