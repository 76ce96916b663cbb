"""Keys as text: whether a column can hold one, what it stands for by now, and the inputs that look up records by
theirs."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import connection, models

from tracker.records.models import Merger


def is_readable(field: Any, text: str) -> bool:
    """Whether a column of this kind can hold what the text says."""
    while field.is_relation:
        field = field.target_field
    try:
        value = field.to_python(text)
    except (ValidationError, ValueError, OverflowError):
        return False
    if not isinstance(field, models.IntegerField):
        return True
    least, most = connection.ops.integer_field_range(field.get_internal_type())
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def taken_into(model: type[models.Model], keys: Iterable[str]) -> dict[str, str]:
    """Of keys that no record has any more, those of the records that they were taken into: what was typed before that
    means these."""
    found: dict[str, str] = {}
    standing = Merger.objects.standing().filter(kind=model._meta.label_lower)
    for key in [each for each in keys if is_readable(model._meta.pk, each)]:
        kept: Any = key
        while (further := standing.filter(gone=kept).values_list("kept", flat=True).first()) is not None:
            found[key] = kept = str(further)
    return found


class _KeysAlone:
    """Draws a form again that came with something else than a key: the field says so, and Django's would break off. Of
    a record that was taken into another it offers the other."""

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if key in ("", None) or is_readable(self.field, str(key))]
        groups = super().optgroups(name, keys, attr)
        drawn = {str(option["value"]) for _label, options, _place in groups for option in options}
        missing = {str(key) for key in keys if key not in ("", None)} - drawn
        present = taken_into(self.field.remote_field.model, missing) if missing else {}
        return super().optgroups(name, [present.get(str(key), key) for key in keys], attr) if present else groups


class OneAutocomplete(_KeysAlone, AutocompleteSelect):
    """One record, looked up by typing."""


class SeveralAutocomplete(_KeysAlone, AutocompleteSelectMultiple):
    """Several records, looked up by typing; each is taken away by itself."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """The button that takes all away would stand in a list without being an item of it."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
