"""The inputs for dates, periods and places: how what was written is read stands under it, also while it is typed."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records import durations, edtf
from tracker.records.locators import written_out

# Longer texts are neither.
MOST_READ = 200


class ReadBackInput(forms.TextInput):
    """A short text input with an example in it, and how it is read under it: by the server, where a script asks for
    it as it is typed (``static/admin_tracker/readings.js``)."""

    example = ""
    kind = ""

    class Media:
        js = ["admin_tracker/readings.js"]

    def __init__(self, attrs=None):
        super().__init__(
            {"placeholder": self.example, "size": 16, "class": "edtf", "spellcheck": "false", "dir": "auto"}
            | (attrs or {})
        )

    def render(self, name, value, attrs=None, renderer=None):
        address = f"{reverse('admin:records_source_reading')}?kind={self.kind}"
        field = super().render(name, value, {**(attrs or {}), "data-reading": address}, renderer)
        reading = self.reading(value or "")
        mark = " is-read" if reading else ""
        return format_html(
            '<span class="edtf-field">{}<span class="reading{}" role="status">{}</span></span>', field, mark, reading
        )

    def reading(self, text):
        """How what was written is read; empty for nothing and for what cannot be read (the error then says so)."""
        try:
            return self.told(text) if text.strip() else ""
        except ValidationError:
            return ""

    def told(self, text):
        raise NotImplementedError


class EDTFInput(ReadBackInput):
    example = "2026-01-28"
    kind = "date"

    def told(self, text):
        notation = edtf.read(text)
        words = edtf.in_words(notation)
        earliest, latest = edtf.bounds(notation)
        if earliest and earliest == latest and edtf.exactness(notation) == "exact":
            words = _("%(weekday)s %(date)s, exact to the day") % {"weekday": format_date(earliest, "l"), "date": words}
        return _stored(words, notation)


class DurationInput(ReadBackInput):
    example = "P3Y"
    kind = "duration"

    def told(self, text):
        notation = durations.read(text)
        return _stored(durations.in_words(notation), notation)


class PlaceInput(ReadBackInput):
    """A place in a source. Where its text was pasted into the form, its paragraphs are offered by their first words
    (``static/admin_tracker/article.js``)."""

    example = "4"
    kind = "place"

    class Media:
        js = ["admin_tracker/article.js"]

    def __init__(self, attrs=None):
        super().__init__({"class": "place", "data-place": "1"} | (attrs or {}))

    def told(self, text):
        place = written_out(text)
        return _("read as %(place)s") % {"place": place} if place != text.strip() else ""


def _stored(words, notation):
    return format_html(_("{reading}. Stored as {notation}"), reading=words, notation=_code(notation))


def _code(notation):
    return format_html('<code dir="ltr">{}</code>', notation)


class ReadsTyped:
    """The admin that answers how a date or a period is read while it is typed."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.reading_view))
        return [path("reading/", view, name="records_source_reading"), *super().get_urls()]

    def reading_view(self, request):
        """``?kind=``, ``?text=``: a line of HTML. Changes nothing, and reads no record."""
        if not request.user.is_staff:
            raise PermissionDenied
        text = request.GET.get("text", "")[:MOST_READ]
        kinds = {widget.kind: widget for widget in (EDTFInput, DurationInput, PlaceInput)}
        return HttpResponse(_line(kinds.get(request.GET.get("kind", ""), EDTFInput)(), text))


def _line(widget, text):
    try:
        return widget.told(text) if text.strip() else ""
    except ValidationError as error:
        is_half_typed = getattr(error, "code", "") == edtf.UNREADABLE or widget.kind != EDTFInput.kind
        said = _("Not read yet. Write it as you would say it.") if is_half_typed else error.messages[0]
        return format_html('<span class="is-unread">{}</span>', said)
