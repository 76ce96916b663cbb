"""What a record was called is kept: as a row with its time where the kind has such rows, else as a line."""

from copy import copy
from typing import Any

from django.db import models

from ..models import found_by, free_slug
from ..models.content import plain_values, with_values
from .ledger import Ledger


def name_columns(model: type[models.Model]) -> list[str]:
    """What it is called itself, the name first."""
    declared: Any = found_by(model)
    return [name for name in declared.names if "__" not in name and name not in line_columns(model)]


def line_columns(model: type[models.Model]) -> list[str]:
    """Those with a name a line."""
    declared: Any = found_by(model)
    own = [name for name in declared.names if "__" not in name]
    return [name for name in own if isinstance(model._meta.get_field(name), models.TextField)]


def name_rows(model: type[models.Model]) -> Any:
    """The relation to rows with further names; None where the kind has none."""
    declared: Any = found_by(model)
    accessor = next((name.partition("__")[0] for name in declared.names if name.endswith("__name")), None)
    return accessor and model._meta.get_field(accessor)


def keeps_names(model: type[models.Model]) -> bool:
    return name_rows(model) is not None or bool(line_columns(model))


def all_lines(model: type[models.Model], *texts: str) -> str:
    """The lines of several texts, each once."""
    return "\n".join(dict.fromkeys(line.strip() for text in texts for line in text.splitlines() if line.strip()))


def keep_name(ledger: Ledger, record: Any, name: str, abbreviation: str = "", until: str = "", note: str = "") -> str:
    """Keep a name that the record does not bear any more; return it, or nothing where it is kept already or the kind
    has no place for it. ``until`` is an EDTF date."""
    (column, *_further), rows = name_columns(type(record)), name_rows(type(record))
    if not name or name.casefold() == getattr(record, column).casefold():
        return ""
    if rows is not None:
        return _keep_row(ledger, record, rows, name, abbreviation, until, note)
    for lines in line_columns(type(record)):
        there = getattr(record, lines)
        if name.casefold() in there.casefold().splitlines():
            return ""
        ledger.change_columns(record, {lines: all_lines(type(record), there, name)})
        return name
    return ""


def _keep_row(ledger, record, rows, name, abbreviation, until, note):
    there = getattr(record, rows.get_accessor_name())
    if not until and there.filter(name__iexact=name).exists():
        return ""
    values = {"name": name, "abbreviation": abbreviation, "used_until": until, "note": note}
    row = rows.related_model(**{rows.field.name: record}, **values)
    row.full_clean()
    ledger.add(row)
    return name


def names_in(record: Any) -> tuple[str, str]:
    """Its name and its abbreviation."""
    said = plain_values(record, name_columns(type(record)))
    return said[name_columns(type(record))[0]], said.get("abbreviation", "")


def rename(change: Any, record: Any, columns: dict[str, str], on: str = "", *, has_new_slug: bool = False) -> None:
    """Set the columns that name a record, and keep what it was called until ``on``, an EDTF date. Raise
    ``ValidationError`` where it cannot be called so."""
    ledger, former = Ledger(change), names_in(record)
    if has_new_slug:
        # One that nothing has or had; that of today where the name has no letters for it.
        columns = columns | {"slug": free_slug(type(record), [next(iter(columns.values())), record.slug], record.pk)}
    with_values(copy(record), columns).full_clean()
    ledger.change_columns(record, columns)
    keep_name(ledger, record, *former, until=on)
