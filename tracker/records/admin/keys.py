"""Keys as text: whether a column can hold one, and the inputs that look up records by theirs."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import connection, models


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


class _KeysAlone:
    """Draws a form again that came with something else than a key: the field says so, and Django's would break off."""

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if key in ("", None) or is_readable(self.field, str(key))]
        return super().optgroups(name, keys, attr)


class OneAutocomplete(_KeysAlone, AutocompleteSelect):
    """One record, looked up by typing."""


class SeveralAutocomplete(_KeysAlone, AutocompleteSelectMultiple):
    """Several records, looked up by typing; each is taken away by itself."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """The button that takes all away would stand in a list without being an item of it."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
