"""What the fields of a record and the parameters of a list are, as JSON Schema and OpenAPI 3.1 say it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.records.fields import DurationField, EarliestDay, EDTFField, LatestDay
from tracker.registers.filters import MOST_VALUES, ChoicesField, CodesField, DayField, InvolvesAll
from tracker.registers.plan import model_of
from tracker.registers.register import Column, Datatype, Register, Table

from .fields import ROWS, fields_of

Schema = dict[str, Any]
WORDS = "_in_words"
# An extension of JSON Schema: what the codes of an enumeration mean.
WORDS_OF_CODES = "x-enum-descriptions"
DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
TYPES: dict[Datatype, Schema] = {
    Datatype.TEXT: {"type": "string"},
    Datatype.DAY: {"type": "string", "format": "date"},
    Datatype.WHOLE_NUMBER: {"type": "integer"},
    # As text, so that no program makes it less exact.
    Datatype.DECIMAL: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Datatype.YES_OR_NO: {"type": "boolean"},
    # As editors write it: there may be none, or one with letters that are not ASCII.
    Datatype.ADDRESS: {"type": "string", "format": "iri-reference"},
}
# How records are named for good, by the name of the column.
KEYS = {"code": ("^[A-Z]{3}$", "CHN"), "slug": ("^[-a-zA-Z0-9_]+$", None), "reference": ("^[A-Z]{3}-[0-9]{4,}$", None)}


def record_schema(register: Register) -> Schema:
    """A record of the register. Only its name is sure to be there, as all else may be left out with ``fields``."""
    model = model_of(register)
    properties = {column.name: _field(FieldOf(model, column)) for column in fields_of(register)}
    if register.tables:
        rows = {table.name: _table(model, table) for table in register.tables}
        properties[ROWS] = object_of(rows) | {"description": _("What belongs to the record, by kind")}
    return object_of(properties, [register.key])


def object_of(properties, required=None) -> Schema:
    """Of nothing but these properties; all of them, where not said otherwise."""
    required = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _table(model, table: Table) -> Schema:
    """Rows of a kind, with what is nested in them."""
    row_model = model._meta.get_field(table.name).related_model
    properties = {column.name: _field(FieldOf(row_model, column)) for column in table.columns}
    properties |= {inner.name: _table(row_model, inner) for inner in table.tables}
    title = capfirst(str(table.titles[-1]))
    return {"type": "array", "items": object_of(properties), "description": title}


@dataclass(frozen=True)
class FieldOf:
    """A column, and the field of the model that it hands on as it is; None where it is of another kind."""

    model: type[Model]
    column: Column

    @cached_property
    def own(self) -> Any:
        (read, *more) = self.column.reads or [""]
        is_plain = self.column.value is None and isinstance(read, str) and not more
        return self.named(read) if is_plain else None

    def named(self, name) -> Any:
        """The field or relation of this name."""
        try:
            return self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None

    @property
    def may_be_none(self):
        if self.column.value is not None:
            return self.column.datatype != Datatype.ADDRESS
        return self.own is None or self.own.null

    @property
    def codes(self) -> list:
        codes = [code for code, _words in self.column.codes]
        is_blank = self.own is None or self.own.blank
        return [*codes, ""] if codes and is_blank and "" not in codes else codes


def _field(of: FieldOf) -> Schema:
    schema = dict(TYPES[of.column.datatype])
    if of.column.is_list:
        schema = {"type": "array", "items": schema}
    else:
        codes = of.codes
        if of.may_be_none:
            schema["type"] = [schema["type"], "null"]
            codes = codes and [*codes, None]
        if codes:
            schema["enum"] = codes
    description = _description(of)
    return schema | {"description": description} if description else schema


def _description(of: FieldOf) -> str:
    name = of.column.name
    if name.endswith(WORDS):
        return _("“%(name)s” in words, in the language of the answer") % {"name": name.removesuffix(WORDS)}
    if of.column.means:
        return capfirst(str(of.column.means))
    field = of.named(name)
    return _said_of(field) if field is not None else ""


def _said_of(field) -> str:
    if isinstance(field, EarliestDay | LatestDay):
        first, last = _("The first day that “%(name)s” allows"), _("The last day that “%(name)s” allows")
        return (first if isinstance(field, EarliestDay) else last) % {"name": field.of}
    label = capfirst(str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural))
    if isinstance(field, EDTFField):
        return f"{label}. {_('As exact as its source: EDTF, ISO 8601-2')}"
    if isinstance(field, DurationField):
        return f"{label}. {_('A duration of ISO 8601')}"
    return ". ".join(filter(None, [label, str(getattr(field, "help_text", ""))]))


def filter_parameters(register: Register) -> list[Schema]:
    """``{name, schema, description, example}`` of each filter, as ``OpenApiParameter`` takes them."""
    filters = register.filterset.base_filters
    form = register.filterset({}, model_of(register)._base_manager.none()).form
    return [_parameter(name, field, filters[name]) for name, field in form.fields.items()]


def _parameter(name, field: Any, filter_) -> Schema:
    label = str(filter_.label)
    if isinstance(field, DayField):
        schema: Schema = {"type": "string", "pattern": DAY}
        return _said(name, schema, f"{label}. {_('A year, a month or a day: 2026, 2026-01 or 2026-01-29.')}", "2026-01")
    if isinstance(field, ChoicesField):
        choices: Any = field.choices
        codes = {str(code): str(words) for code, words in choices if code}
        schema = {"type": "string", "enum": list(codes), WORDS_OF_CODES: codes}
        return _said(name, _several(schema), f"{label}. {_any()}", [next(iter(codes))])
    if isinstance(field, CodesField):
        pattern, example = KEYS[field.to_field_name]
        several = _all() if isinstance(filter_, InvolvesAll) else _any()
        return _said(name, _several({"type": "string", "pattern": pattern}), f"{label}. {several}", [example])
    schema = {"type": "string", "maxLength": field.max_length}
    return _said(name, schema, _("Words that all occur in the record. “Words in quotes” stand side by side."), None)


def _any():
    return _("May stand several times: any of the values.")


def _all():
    return _("May stand several times: all of the values.")


def _several(schema):
    return {"type": "array", "items": schema, "maxItems": MOST_VALUES}


def _said(name, schema, description, example):
    return {"name": name, "schema": schema, "description": description, "example": example}
