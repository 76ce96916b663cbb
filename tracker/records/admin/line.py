"""The line that a row of a form folds to: what its inputs hold, in words.

A cell is named after one field or after several, whose words stand beside each other: ``("working_group", "locator")``.
What reads as one is joined by a plus: ``"amount+unit"``. An ``ARROW`` parts two sides: ``("by", ARROW, "to")``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.records import edtf, typography
from tracker.records.languages import compose, in_a_row, written

from .choosing import keys_of
from .dates import EDTFInput
from .made import name_in
from .typed import labels

ARROW = ">"
BESIDE = " · "
# Of a row that is folded, nobody reads more.
MOST_OF_A_TITLE = 160


@dataclass
class Cell:
    """``names`` are those of its inputs as a script needs them; ``is_wrong`` where one of them has an error."""

    names: str
    words: str
    is_title: bool
    is_wrong: bool


def cells(form: forms.ModelForm, line: Iterable[str | Sequence[str]], title: str) -> list[Cell]:
    """The cells of the line of one row, stored, typed or empty."""
    if not form.fields:  # it may only be read
        return [Cell(title, written(str(form.instance)), True, False)]
    found = []
    for each in line:
        names = [each] if isinstance(each, str) else list(each)
        own = [name for name in "+".join(names).split("+") if name in form.fields]
        wrong = [form[name] for name in own if name in form.errors]
        words = _of_sides(form, names)
        if wrong and not words:
            words = _("%(field)s: empty") % {"field": capfirst(str(wrong[0].label))}
        found.append(Cell(" ".join(names), words, title in own, bool(wrong)))
    return found


def _of_sides(form, names):
    sides: list[list[str]] = [[]]
    for name in names:
        if name == ARROW:
            sides.append([])
        else:
            own = [words_of(form[one]) for one in name.split("+") if one in form.fields]
            sides[-1].append(in_a_row(filter(None, own), " "))
    by, *to = [_beside(texts) for texts in sides]
    if not (to and to[0]):
        return by
    if by == to[0]:
        return compose(_("%(sides)s, to each other"), sides=by)
    return compose(_("%(old)s → %(new)s"), old=by, new=to[0])


def _beside(texts):
    return in_a_row(filter(None, texts), BESIDE)


def words_of(bound: BoundField) -> str:
    """What one input holds, as it reads in a line; empty where it holds nothing, or is not seen."""
    field, value = bound.field, bound.value()
    if bound.is_hidden:
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return _names(field, value)
    if isinstance(field, forms.BooleanField):
        return str(field.label) if field.widget.check_test(value) else ""
    if isinstance(field, forms.ChoiceField):
        return str(labels(field).get(str(value), "")) if value else ""
    if isinstance(value, Decimal):
        return typography.grouped(value)
    text = " ".join(str("" if value is None else value).split())
    if isinstance(field.widget, EDTFInput):
        return _date(text)
    return written(text if len(text) <= MOST_OF_A_TITLE else f"{text[:MOST_OF_A_TITLE]}…") if text else ""


def _date(text):
    try:
        return edtf.in_words(edtf.read(text)) if text else ""
    except ValidationError:
        return written(text)


def _names(field, value):
    chosen = keys_of(value)
    new = [written(name_in(key)) for key in sorted(chosen) if name_in(key)]
    keys = {key for key in chosen if not name_in(key)}
    if not chosen:
        return ""
    widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
    shared = getattr(widget, "chosen", None)
    found = shared.of(field.queryset, keys) if shared else field.queryset.filter(pk__in=keys)
    return typography.names([*(written(field.label_from_instance(each)) for each in found), *new])
