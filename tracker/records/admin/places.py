"""Where two states of a form differ, in words: for the page that shows what was typed beside what is there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Revision

from .dates import ReadBackInput
from .join import Place
from .keys import taken_into
from .made import name_in
from .typed import Values, labels

PART = re.compile(r"_\d+$")
NOTHING = "–"
# Words and marks of one text times those of the other.
MOST_COMPARED = 4_000_000


@dataclass
class Described:
    """A place with its words. ``author`` is the revision with which somebody changed it, where one is known."""

    place: Place
    where: str
    row: str
    forms: "Forms"
    author: Revision | None = None

    @cached_property
    def before(self):
        return self._in_words(self.place.before)

    @cached_property
    def mine(self):
        return self._in_words(self.place.mine)

    @cached_property
    def theirs(self):
        return self._in_words(self.place.theirs)

    @property
    def mine_marked(self):
        return marked(self.before, self.mine) if self.is_field else self.mine

    @property
    def theirs_marked(self):
        return marked(self.before, self.theirs) if self.is_field else self.theirs

    @property
    def removed(self):
        """What stands for a row that is no more."""
        return NOTHING if self.is_field else _("removed")

    @property
    def is_field(self):
        return self.place.kind in (Place.Kind.FIELD, Place.Kind.LOCKED)

    @property
    def is_removed_here(self):
        return self.place.kind is Place.Kind.REMOVED_HERE

    @property
    def is_removed_by_them(self):
        return self.place.kind is Place.Kind.REMOVED_BY_THEM

    @property
    def text_typed(self):
        """What was typed where it is a text, for writing it anew; None for a choice."""
        field = self.forms.field(self.place)
        is_text = isinstance(field, forms.CharField) and not isinstance(field, forms.ChoiceField)
        return "\n".join(self.place.mine.get(self.place.name, [])) if self.is_field and is_text else None

    def _in_words(self, values):
        if self.is_field:
            return self.forms.words(self.forms.field(self.place), values.get(self.place.name, []))
        return self.forms.row_in_words(self.place, values)


class Forms:
    """The form and the formsets of a record as they would be shown now: they know labels and choices."""

    def __init__(self, form: forms.BaseForm, formsets: Iterable[Any]):
        self.form = form
        self.formsets = {formset.prefix: formset for formset in formsets}
        self._fields_of_rows: dict[str, Any] = {}

    def describe(self, place: Place, author: Revision | None = None) -> Described:
        formset = self.formsets.get(place.prefix)
        field = self.field(place) if place.name and place.kind in (Place.Kind.FIELD, Place.Kind.LOCKED) else None
        label = capfirst(str(field.label or place.name)) if field is not None else ""
        if formset is None:
            return Described(place, label, "", self, author)
        kind = capfirst(str(formset.model._meta.verbose_name))
        if place.index >= 0:
            kind = gettext("%(kind)s %(number)s") % {"kind": kind, "number": place.index + 1}
        row = str(self._rows.get((place.prefix, place.key), ""))
        where = pgettext("row, then its field", "%(row)s, %(field)s") % {"row": kind, "field": label} if label else kind
        return Described(place, where, row, self, author)

    def field(self, place: Place) -> forms.Field | None:
        """The field of an input; of some, the input is one part of several."""
        return self._fields(place.prefix).get(place.name) or self._fields(place.prefix).get(PART.sub("", place.name))

    def words(self, field, texts):
        """What the inputs of a field say, as a reader would see it."""
        texts = [text for text in texts if text]
        if not texts:
            return NOTHING
        if isinstance(field, forms.ModelChoiceField):
            keys = {text for text in texts if text.isdecimal()}
            found = list(field.queryset.filter(pk__in=keys))
            if len(found) < len(keys):
                present = taken_into(field.queryset.model, keys - {str(each.pk) for each in found})
                found += field.queryset.filter(pk__in=present.values())
            named = [*map(str, found), *filter(None, map(name_in, texts))]
            return pgettext("between the names of a list", ", ").join(named)
        if isinstance(field, forms.ChoiceField):
            known = labels(field)
            return pgettext("between the names of a list", ", ").join(str(known.get(text, text)) for text in texts)
        if isinstance(field, forms.NullBooleanField):
            return str(dict(field.widget.choices).get(texts[0], texts[0]))
        if isinstance(field, forms.BooleanField):
            return str(_("yes")) if texts != ["False"] else str(_("no"))
        if field is not None and isinstance(field.widget, ReadBackInput):
            return field.widget.reading(texts[0]) or texts[0]
        return "\n".join(texts)

    def row_in_words(self, place: Place, values: Values) -> str:
        fields = self._fields(place.prefix)
        lines = []
        for name, texts in values.items():
            field = fields.get(name)
            if field is not None and any(texts) and not field.widget.is_hidden and name != DELETION_FIELD_NAME:
                lines.append((capfirst(str(field.label or name)), self.words(field, texts)))
        return format_html_join("", "{}: {}<br>", lines) if lines else ""

    def _fields(self, prefix):
        """Of a row they are made but once: each time that a formset is asked for an empty row it makes one."""
        if prefix not in self._fields_of_rows:
            self._fields_of_rows[prefix] = self.formsets[prefix].empty_form.fields if prefix else self.form.fields
        return self._fields_of_rows[prefix]

    @cached_property
    def _rows(self):
        """The stored rows by prefix and key."""
        return {
            (prefix, str(row.instance.pk)): row.instance
            for prefix, formset in self.formsets.items()
            for row in formset.initial_forms
        }


def marked(before: str, after: str, element: str = "ins") -> str:
    """A text with the words marked, by an element, that are not in the former one; as it is where it is so long that to
    compare it would take more than a moment."""
    old, new = (re.findall(r"\w+|\W", text) for text in (before, after))
    if len(old) * len(new) > MOST_COMPARED:
        return after
    parts = []
    for tag, _start, _end, first, last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        text = "".join(new[first:last])
        is_same = tag == "equal" or text.isspace()
        if text:
            parts.append((text if is_same else format_html("<{0}>{1}</{0}>", element, text),))
    return format_html_join("", "{}", parts)
