"""What each column of an export is, in words: from the fields of the models, or from the column itself."""

from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from tracker.records.fields import EarliestDay, LatestDay

from .reading import RowsIn, Sparse
from .register import Codes, Column

IN_WORDS = "_in_words"


class Meaning(NamedTuple):
    """``title`` is short, ``description`` may be empty; ``codes`` are all values that there can be, with their words,
    or none where there may be any."""

    title: str
    description: str
    codes: Codes


def meaning(model: type[Model], column: Column) -> Meaning:
    """Of a column that is read from records of ``model``."""
    field = field_of(model, column)
    description = str(getattr(field, "help_text", ""))
    if column.name.endswith(IN_WORDS):
        return Meaning(_("%(name)s, in words") % {"name": column.name.removesuffix(IN_WORDS)}, "", ())
    if column.means:
        return Meaning(str(column.means), "", column.codes)
    if isinstance(field, EarliestDay):
        return Meaning(_("first day that “%(name)s” allows") % {"name": field.of}, "", ())
    if isinstance(field, LatestDay):
        return Meaning(_("last day that “%(name)s” allows") % {"name": field.of}, "", ())
    if field is None:
        return Meaning(column.name.replace("_", " "), "", column.codes)
    return Meaning(str(getattr(field, "verbose_name", column.name)), description, column.codes)


def field_of(model: Any, column: Column) -> Field | Any:
    """The field that the column shows, or by which it finds what it shows."""
    if len(column.reads) != 1:
        return None
    (read,) = column.reads
    path = read.relation if isinstance(read, RowsIn) else read.path if isinstance(read, Sparse) else read
    try:
        return model._meta.get_field(path.split("__")[0])
    except FieldDoesNotExist:  # what a register adds to its records
        return None
