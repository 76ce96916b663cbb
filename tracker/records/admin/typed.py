"""The values of a form as a browser sends them: of what was typed, and of what a form shows.

All are texts, by the names of the inputs; a row's are by the names within the row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import BaseForm, CheckboxInput, ChoiceField, MultiWidget
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

Values = dict[str, list[str]]
# The input that names a stored row: the primary keys of all rows bear this name.
KEY = "id"
# The names of the inputs with which somebody chooses between two sides, and of a text that is written anew from both.
CHOICE, ANEW, THEIRS = "_choice:", "_anew:", "theirs"
ROW = re.compile(r"(?P<prefix>.+?)-(?P<place>[0-9]{1,9})-(?P<name>.+)")
# How a page names what is chosen about: the row's prefix and key, with a plus before the number of a removed one, and
# the name of the input.
PLACE = re.compile(r"(?P<prefix>[^/]*)/(?P<key>[^/+]*)(\+(?P<number>[0-9]{1,9}))?/(?P<name>[^/]*)")


@dataclass
class Typed:
    """The values of a form: its own, those of the rows that are stored, by prefix and key, those of new rows, and what
    a new row sends that nobody touched."""

    own: Values = field(default_factory=dict)
    rows: dict[str, dict[str, Values]] = field(default_factory=dict)
    added: dict[str, list[Values]] = field(default_factory=dict)
    blank: dict[str, Values] = field(default_factory=dict)


def shown(form: BaseForm, formsets: Iterable[Any]) -> Typed:
    """What an unbound form would send if nothing were touched; without rows that are not stored yet.

    Each input has its name here, with no text where it would send nothing.
    """
    found = Typed(own=_values_of(form, ""))
    for formset in formsets:
        found.rows[formset.prefix] = {
            str(row.instance.pk): _values_of(row, f"{row.prefix}-") for row in formset.initial_forms
        }
        found.blank[formset.prefix] = blank_row(formset)
    return found


def blank_row(formset: Any) -> Values:
    """What a new row sends that nobody touched."""
    empty = formset.empty_form
    return _values_of(empty, f"{empty.prefix}-")


def sent(post: QueryDict, formsets: Iterable[Any]) -> Typed:
    """What was sent, as far as it belongs to these formsets or to the form itself."""
    found = Typed()
    rows: dict[str, dict[int, Values]] = {formset.prefix: {} for formset in formsets}
    for name, texts in post.lists():
        match = ROW.fullmatch(name)
        if match and match["prefix"] in rows:
            rows[match["prefix"]].setdefault(int(match["place"]), {})[match["name"]] = texts
        elif "-__prefix__-" not in name and name.rpartition("-")[0] not in rows:
            found.own[name] = texts
    for prefix, placed in rows.items():
        found.rows[prefix], found.added[prefix] = {}, []
        stored, total = (number(post, f"{prefix}-{count}") for count in (INITIAL_FORM_COUNT, TOTAL_FORM_COUNT))
        for place, values in sorted(placed.items()):
            key = "".join(values.pop(KEY, []))
            if key and place < stored:
                found.rows[prefix][key] = values
            elif place < total:
                found.added[prefix].append(values)
    return found


def as_post(typed: Typed) -> QueryDict:
    """The same as a browser would send it: with the stored rows first, and the counts of rows."""
    post = QueryDict(mutable=True)
    for name, texts in typed.own.items():
        post.setlist(name, texts)
    for prefix in {**typed.rows, **typed.added}:
        stored = [{**values, KEY: [key]} for key, values in typed.rows.get(prefix, {}).items()]
        rows = [*stored, *typed.added.get(prefix, [])]
        for place, values in enumerate(rows):
            for name, texts in values.items():
                post.setlist(f"{prefix}-{place}-{name}", texts)
        post[f"{prefix}-{TOTAL_FORM_COUNT}"], post[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(rows)), str(len(stored))
    return post


def typed_from(before: Typed, after: Typed) -> Typed:
    """What somebody would have to type so that a form that says ``before`` says ``after``. A row that is no more comes
    back as a new one."""
    found = Typed(own=dict(after.own))
    for prefix, rows in before.rows.items():
        then = after.rows.get(prefix, {})
        found.rows[prefix] = {
            key: then.get(key, {**values, DELETION_FIELD_NAME: ["on"]}) for key, values in rows.items()
        }
        found.added[prefix] = [values for key, values in then.items() if key not in rows]
    return found


def with_choices(typed: Typed, there: Typed) -> Typed:
    """What was typed, with what was chosen on the page that showed both sides; ``there`` is the other one."""
    chosen = {name.removeprefix(CHOICE): texts[0] for name, texts in typed.own.items() if name.startswith(CHOICE)}
    anew = {name.removeprefix(ANEW): texts for name, texts in typed.own.items() if name.startswith(ANEW)}
    typed.own = {name: texts for name, texts in typed.own.items() if not name.startswith((CHOICE, ANEW))}
    left_out: set[tuple[str, int]] = set()
    for match in filter(None, map(PLACE.fullmatch, chosen)):
        place, prefix, choice = match[0], match["prefix"], chosen[match[0]]
        if match["number"]:
            left_out |= {(prefix, int(match["number"]))} if choice == THEIRS else set()
            continue
        values = typed.rows.get(prefix, {}).get(match["key"], {}) if prefix else typed.own
        theirs = there.rows.get(prefix, {}).get(match["key"], {}) if prefix else there.own
        by_choice = {THEIRS: theirs.get(match["name"], []), "anew": anew.get(place, [])}
        values[match["name"]] = by_choice.get(choice, values.get(match["name"], []))
    typed.added = {
        prefix: [values for number, values in enumerate(rows) if (prefix, number) not in left_out]
        for prefix, rows in typed.added.items()
    }
    return typed


def plain(values: Values) -> Values:
    """What is compared: without inputs that are left empty, and without what browsers add to a text."""
    found = {name: sorted(text.replace("\r\n", "\n").strip() for text in texts) for name, texts in values.items()}
    return {name: texts for name, texts in found.items() if any(texts)}


def is_deleted(values: Values) -> bool:
    return any(values.get(DELETION_FIELD_NAME, []))


def number(post: QueryDict, name: str) -> int:
    """A count that a form carries; what is none counts as 0: Django then says what is wrong with the form."""
    text = post.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def labels(field: ChoiceField) -> dict[str, Any]:
    """The words of a choice by the values that a browser sends."""
    return dict(_flat(field.choices))


def _flat(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), label


def _values_of(form, prefix):
    found: Values = {}
    for bound in form:
        if not bound.field.disabled and bound.name != KEY:
            found |= _values_of_widget(bound.field.widget, bound.html_name.removeprefix(prefix), bound.value())
    return found


def _values_of_widget(widget, name, value):
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        each = zip(widget.widgets, widget.widgets_names, parts, strict=True)
        return {key: text for part, end, one in each for key, text in _values_of_widget(part, name + end, one).items()}
    if isinstance(widget, CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    shown_as = widget.format_value(value)
    return {name: list(map(str, shown_as)) if isinstance(shown_as, list) else [str(shown_as or "")]}
