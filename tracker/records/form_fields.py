"""Form fields that read dates and periods as people write them, and clean to the notation that is stored."""

from django import forms

from . import durations, edtf, locators


class EDTFFormField(forms.CharField):
    """23.09.2021 or “23 September 2021” becomes ``2021-09-23``."""

    def to_python(self, value):
        return edtf.read(super().to_python(value))


class DurationFormField(forms.CharField):
    """“18 months” becomes ``P18M``."""

    def to_python(self, value):
        return durations.read(super().to_python(value))


class PlaceFormField(forms.CharField):
    """“4” becomes “paragraph 4”."""

    def to_python(self, value):
        return locators.written_out(super().to_python(value))
