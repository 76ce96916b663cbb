"""The page that says how to use the API: what its description says, for people."""

from functools import cache

from django.conf import settings
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.registers.edition import Edition

from ..registers import REGISTERS
from . import parameters, problems, throttling
from .fields import ROWS
from .schema import name_of_record, schema_in
from .schema_of_fields import WORDS_OF_CODES


@require_safe
def documentation(request):
    edition = Edition(request, localdate(), request.path)
    context = {
        "edition": edition,
        "site": settings.SITE_URL,
        "sections": sections(get_language()),
        "problems": [(code, title, problems.details()[code]) for code, title in problems.titles().items()],
        "most": settings.API_REQUESTS_PER_MINUTE,
        "window": throttling.WINDOW,
        "usual": parameters.USUAL_SIZE,
        "largest": parameters.LARGEST_SIZE,
    }
    return render(request, "site/api_docs.html", context)


@cache
def sections(language):
    """``[{register, parameters, fields}]``: what the tables of each register show, in a language."""
    schema = schema_in(language)
    return [
        {
            "register": register,
            "parameters": _parameters(schema["paths"][f"/api/v1/{register.name}/"]["get"]),
            "fields": _fields(schema["components"]["schemas"][name_of_record(register)]),
        }
        for register in REGISTERS
    ]


def _parameters(operation):
    found = []
    for parameter in operation["parameters"]:
        if parameter["name"] in parameters.OF_LIST:
            continue
        items = parameter["schema"].get("items", parameter["schema"])
        words = items.get(WORDS_OF_CODES, {})
        codes = [{"code": code, "words": words.get(code)} for code in items.get("enum", ())]
        found.append({"name": parameter["name"], "description": parameter["description"], "codes": codes})
    return found


def _fields(component):
    found = [_field(name, schema) for name, schema in component["properties"].items()]
    rows = component["properties"].get(ROWS, {"properties": {}})["properties"]
    return found + [_field(f"{ROWS}.{name}", schema) for name, schema in rows.items()]


def _field(name, schema):
    return {"name": name, "kind": _kind(schema), "description": schema.get("description", "")}


def _kind(schema):
    """What the values of a field are, in words."""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if schema.get("items", {}).get("type") == "object":
        return _("list of objects")
    formats = {"date": _("day"), "iri-reference": _("web address")}
    words = {
        "string": pgettext("kind of value", "text"),
        "integer": _("whole number"),
        "boolean": _("true or false"),
        "array": _("list of texts"),
        "object": pgettext("kind of value", "object"),
    }
    word = formats.get(schema.get("format")) or words[types[0]]
    return _("%(kind)s, or null") % {"kind": word} if "null" in types else word
