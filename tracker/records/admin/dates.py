"""The input for EDTF dates: it shows what may be written, and how what was written is read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from tracker.records import edtf


class EDTFInput(forms.TextInput):
    """A short text input with an example in it, and the reading in words under it once there is one."""

    def __init__(self, attrs=None):
        super().__init__(
            {"placeholder": "2026-01-28", "size": 16, "class": "edtf", "spellcheck": "false"} | (attrs or {})
        )

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        reading = reading_of(value)
        if not reading:
            return field
        return format_html('<span class="edtf-field">{}<span class="edtf-reading">{}</span></span>', field, reading)


def reading_of(value):
    """Return the notation in words; empty for nothing and for what cannot be read (the error then says so)."""
    try:
        edtf.validate(value or "")
    except ValidationError:
        return ""
    return edtf.in_words(value or "")
