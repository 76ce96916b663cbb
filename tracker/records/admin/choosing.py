"""Relations that are chosen by typing: what all rows of a form have chosen is read once, not once for each row."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms import BaseForm

from .keys import OneAutocomplete, SeveralAutocomplete, is_readable


class ChosenRecords:
    """The records that one field has in all rows, read when the first of them is drawn."""

    def __init__(self):
        self._expected: set[str] = set()
        self._found: dict[str, models.Model] | None = None

    def expect(self, value: Any) -> None:
        self._expected |= keys_of(value)

    def of(self, queryset: models.QuerySet, keys: set[str]) -> list[models.Model]:
        if self._found is None:
            wanted = {key for key in self._expected if is_readable(queryset.model._meta.pk, key)}
            self._found = {str(record.pk): record for record in queryset.filter(pk__in=wanted)} if wanted else {}
        return [self._found[key] for key in sorted(keys) if key in self._found]


class _ChosenOnce:
    """``chosen`` is set where the form has many rows; a form of its own reads for itself."""

    chosen: ChosenRecords | None = None

    def optgroups(self, name, value, attr=None):
        """As Django's: the options of what is chosen, since the others are looked up by typing."""
        if self.chosen is None:
            return super().optgroups(name, value, attr)
        keys = {str(each) for each in value if str(each) not in self.choices.field.empty_values}
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for record in self.chosen.of(self.choices.queryset, keys):
            label = self.choices.field.label_from_instance(record)
            options.append(self.create_option(name, record.pk, label, True, len(options)))
        return [(None, options, 0)]


class ChosenAutocomplete(_ChosenOnce, OneAutocomplete):
    pass


class ChosenAutocompleteMultiple(_ChosenOnce, SeveralAutocomplete):
    pass


def share_chosen(forms: Iterable[BaseForm]) -> None:
    """Let the rows of a form read together what they have chosen."""
    shared: dict[str, ChosenRecords] = {}
    for form in forms:
        for name, field in form.fields.items():
            widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
            if isinstance(widget, _ChosenOnce):
                widget.chosen = shared.setdefault(name, ChosenRecords())
                widget.chosen.expect(form[name].value())


def keys_of(value: Any) -> set[str]:
    """The keys of what a field has chosen, as texts."""
    each = value if isinstance(value, (list, tuple, models.QuerySet)) else [value]
    return {str(one.pk if isinstance(one, models.Model) else one) for one in each if one not in (None, "")}
