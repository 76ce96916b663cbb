"""What the fields of a record and the parameters of a list are, as JSON Schema and OpenAPI 3.1 say it."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.registers.codebook import meaning
from tracker.registers.filters import MOST_VALUES, ChoicesField, CodesField, DayField, InvolvesAll
from tracker.registers.plan import model_of
from tracker.registers.register import Column, Datatype, Register, Table

from .fields import ROWS, fields_of

Schema = dict[str, Any]
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
    properties = {column.name: _field(model, column) for column in fields_of(register)}
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
    properties = {column.name: _field(row_model, column) for column in table.columns}
    properties |= {inner.name: _table(row_model, inner) for inner in table.tables}
    title = capfirst(str(table.titles[-1]))
    return {"type": "array", "items": object_of(properties), "description": title}


def _field(model, column: Column) -> Schema:
    said = meaning(model, column)
    schema = dict(TYPES[column.datatype])
    if column.is_list:
        schema = {"type": "array", "items": schema}
    else:
        field = _handed_on(model, column)
        codes = _codes(field, said.codes)
        if _may_be_none(field, column):
            schema["type"] = [schema["type"], "null"]
            codes = codes and [*codes, None]
        if codes:
            schema["enum"] = codes
    return schema | {"description": ". ".join(filter(None, [capfirst(said.title), said.description]))}


def _handed_on(model, column) -> Any:
    """The field of the model whose value the column hands on as it is; None where it is of another kind."""
    (read, *more) = column.reads or [""]
    is_plain = column.value is None and isinstance(read, str) and not more
    try:
        return model._meta.get_field(read) if is_plain else None
    except FieldDoesNotExist:
        return None


def _may_be_none(field, column):
    if column.value is not None:
        return column.datatype != Datatype.ADDRESS
    return field is None or field.null


def _codes(field, known):
    codes = [code for code, _words in known]
    is_blank = field is None or field.blank
    return [*codes, ""] if codes and is_blank and "" not in codes else codes


def filter_parameters(register: Register) -> list[Schema]:
    """``{name, schema, description, example}`` of each filter, as ``OpenApiParameter`` takes them."""
    filters = register.filterset.base_filters
    form = register.filterset({}, model_of(register)._base_manager.none()).form
    return [_parameter(name, field, filters[name]) for name, field in form.fields.items()]


def _parameter(name, field: Any, filter_) -> Schema:
    label = str(filter_.label)
    if isinstance(field, DayField):
        schema: Schema = {"type": "string", "pattern": DAY}
        notation = _("A year, a month or a day: 2026, 2026-01 or 2026-01-29.")
        return _said(name, schema, f"{label}. {notation}", "2026-01")
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
