"""Values of a content in words, as forms and histories show them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from . import typography
from .models import Revision
from .models.content import Difference, stored_fields, with_values

NOTHING = "–"


@dataclass
class ValueChange:
    field: str
    old: object
    new: object


class ValuesInWords:
    """Values as the form shows them: the words of a choice, yes and no, a dash for nothing, the names of records; dates
    and numbers as the reader's language writes them, moments in the time zone in force."""

    def __init__(self, model: type[models.Model], said: Iterable[tuple[type[models.Model], dict]]) -> None:
        """``said`` are all values that are to be put in words: what they point at is read once."""
        self.model = model
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for of, values in said:
            for name, value in values.items():
                if value is not None and (column := field_of(of, name)) is not None and column.is_relation:
                    wanted[column.related_model].update(value if isinstance(value, list) else [value])
        self._there = {of: of._base_manager.in_bulk(keys) for of, keys in wanted.items()}
        self._gone = self._names_of_removed({of: keys - self._there[of].keys() for of, keys in wanted.items()})

    def _names_of_removed(self, missing):
        keys = [(of, key) for of, gone in missing.items() for key in gone]
        found = Revision.objects.last_of(keys).values_list("kind", "record", "title") if keys else ()
        return {(kind, key): title for kind, key, title in found}

    def change(self, model: type[models.Model], each: Difference) -> ValueChange:
        return ValueChange(
            self.label(model, each.name), self.value(model, each.name, each.old), self.value(model, each.name, each.new)
        )

    def values(self, model: type[models.Model], fields: dict, hidden: Collection[str]) -> list[tuple[str, object]]:
        """``[(field, value)]`` of those that say anything."""
        names = sorted(fields.keys() - set(hidden), key=lambda name: (places_of(model).get(name, len(fields)), name))
        found = [(name, self.value(model, name, fields[name])) for name in names]
        return [(self.label(model, name), value) for name, value in found if value != NOTHING]

    def label(self, model, name):
        column = field_of(model, name)
        return capfirst(column.verbose_name if column is not None else name)

    def value(self, model, name, value):
        column = field_of(model, name)
        if value in (None, "", []):
            return NOTHING
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if column is None:  # a column that is no more
            return value
        if column.is_relation:
            keys = value if isinstance(value, list) else [value]
            return typography.names(self._name(column.related_model, key) for key in keys)
        return dict(column.flatchoices).get(value) or self._localised(column.to_python(value))

    def _localised(self, value):
        return localize(timezone.localtime(value) if isinstance(value, datetime) else value)

    def _name(self, model, key):
        if key in self._there[model]:
            return str(self._there[model][key])
        return self._gone.get((model._meta.label_lower, key)) or f"{model._meta.verbose_name} {key}"

    def row(self, model: type[models.Model], key: str, fields: dict) -> str:
        """What the row is called; its number where what it is named after is no more."""
        row = with_values(model(pk=int(key)), fields)
        column: Any
        for column in model._meta.concrete_fields:
            there = self._there.get(column.related_model, {}) if column.is_relation else {}
            if fields.get(column.name) in there:
                column.set_cached_value(row, there[fields[column.name]])
        try:
            return str(row)
        except ObjectDoesNotExist:
            return key


@cache
def places_of(model):
    return {column.name: place for place, column in enumerate(stored_fields(model, editable=True))}


def field_of(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
