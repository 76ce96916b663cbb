"""What the API is, as OpenAPI 3.1 says it: drf-spectacular asks each view, and each view its register."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from tracker.registers.export import LICENCE, LICENCE_ADDRESS
from tracker.registers.register import Register

from . import parameters, problems
from .fields import names_of
from .schema_of_fields import KEYS, Schema, filter_parameters, object_of, record_schema

PROBLEMS = (400, 406, 429, 500, 503)
ADDRESS = {"type": "string", "format": "uri"}


@cache
def schema_in(language: str) -> dict[str, Any]:
    """The whole description, with its sentences in a language. It holds nothing of any record."""
    with translation.override(language):
        schema = SchemaGenerator().get_schema(public=True)
        schema["info"] |= {
            "title": _("Digital Cooperation Tracker"),
            "description": _("All that the public registers hold, read-only, for programs."),
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
        }
        schema["servers"] = [{"url": settings.SITE_URL}]
        schema["externalDocs"] = {"url": problems.address_of_documentation()}
    return schema


def name_of_record(register: Register) -> str:
    """The name of the component that describes a record."""
    return register.noun.title().replace("-", "")


class ApiSchema(AutoSchema):
    """Describes a view of the API: its root, or what it has of its ``register``."""

    @property
    def register(self) -> Register | None:
        return getattr(self.view, "register", None)

    @property
    def is_of_record(self):
        return "{key}" in self.path

    def get_operation_id(self):
        if self.register is None:
            return "root"
        name = self.register.noun if self.is_of_record else self.register.name
        return f"{'get' if self.is_of_record else 'list'}_{name.replace('-', '_')}"

    def get_summary(self):
        if self.register is None:
            return _("All registers")
        return _("%(list)s: one record") % {"list": self.register.title} if self.is_of_record else self.register.title

    def get_description(self):
        return str(self.register.lede) if self.register else _("Where everything is.")

    def get_tags(self):
        return [self.register.name if self.register else "root"]

    def get_auth(self):
        return []

    # Parameters

    def get_override_parameters(self):
        return [*self._parameters(), *self._headers()]

    def _parameters(self):
        yield _query("lang", {"type": "string", "enum": list(dict(settings.LANGUAGES)), "default": "en"}, _language())
        if self.register is None:
            return
        names = {"type": "array", "items": {"type": "string", "enum": names_of(self.register)}}
        description = _("Only what the record is called, and these fields, with commas between.")
        yield _query(parameters.FIELDS, names, description, [self.register.key, "address"], explode=False)
        if self.is_of_record:
            pattern, _example = KEYS[self.register.key]
            yield OpenApiParameter("key", {"type": "string", "pattern": pattern}, OpenApiParameter.PATH)
            return
        for each in filter_parameters(self.register):
            yield _query(each["name"], each["schema"], each["description"], each["example"])
        sorts = {"type": "string", "enum": self.register.sort_choices, "default": self.register.default_sort}
        yield _query("sort", sorts, _("The order; a hyphen before it turns it round."))
        size = {"type": "integer", "minimum": 1, "maximum": parameters.LARGEST_SIZE, "default": parameters.USUAL_SIZE}
        yield _query(parameters.PAGE_SIZE, size, _("How many records a page has."))
        yield _query(parameters.CURSOR, {"type": "string"}, _("Which page: as “next” and “previous” name it."))

    def _headers(self):
        """Those of the answers."""
        codes = [200, 304, *self._problems()] + ([308] if self.is_of_record and self.register else [])
        yield _header("RateLimit-Policy", _("How many requests (q) in how many seconds (w)"), codes)
        yield _header("RateLimit", _("How many are left (r), and for how many seconds (t)"), codes)
        yield _header("ETag", _("For “If-None-Match”: where it is still the same, the answer is 304"), [200, 304])
        yield _header("Data-Version", _("The number of the state of the data"), [200, 304])
        yield _header("Link", _("The licence, and the neighbouring pages"), [200])
        yield _header("Retry-After", _("Seconds to wait"), [429, 503])
        if 308 in codes:
            yield _header("Location", _("Where the record is now"), [308])

    # Answers

    def _problems(self):
        return sorted([*PROBLEMS, *([404, 410] if self.is_of_record else [])])

    def get_response_serializers(self):
        answers = {
            (200, "application/json"): OpenApiResponse(self._content(), _("What was asked for")),
            304: OpenApiResponse(None, _("Still the same")),
        }
        if self.is_of_record:
            answers[308] = OpenApiResponse(None, _("The record has another name now: ask there from now on"))
        titles = problems.titles()
        reference = self._component("Problem", _problem())
        for code in self._problems():
            example = OpenApiExample(str(code), _example_of(code))
            answers[code, problems.CONTENT_TYPE] = OpenApiResponse(reference, titles[code], [example])
        return answers

    def _content(self):
        if self.register is None:
            return self._component("Root", _root())
        record = self._component(name_of_record(self.register), record_schema(self.register))
        head = {"register": {"type": "string", "const": self.register.name}} | _provenance()
        if self.is_of_record:
            return object_of(head | {"record": record})
        neighbours = {name: {"type": ["string", "null"], "format": "uri"} for name in ("next", "previous")}
        number = {"type": "integer", "minimum": 0, "description": _("Of all pages together")}
        return object_of(head | {"count": number} | neighbours | {"records": {"type": "array", "items": record}})

    def _component(self, name, schema):
        component = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, name)
        self.registry.register_on_missing(component)
        return component.ref


def _language():
    return _("The language of words and of addresses. Codes are the same in each.")


def _query(name, schema, description, example=None, explode=None):
    if explode is None and schema["type"] == "array":
        explode = True
    examples = [OpenApiExample("example", example)] if example and None not in [*example] else []
    style = "form" if schema["type"] == "array" else None
    return OpenApiParameter(name, schema, description=description, explode=explode, style=style, examples=examples)


def _header(name, description, codes):
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description, response=codes)


def _provenance() -> Schema:
    return {
        "language": {"type": "string", "enum": list(dict(settings.LANGUAGES))},
        "data_version": {"type": "integer", "minimum": 0},
        "licence": {"type": "string", "const": LICENCE},
    }


def _root() -> Schema:
    text = {"type": "string"}
    register = {"name": text, "title": text, "description": text, "api_address": ADDRESS, "address": ADDRESS}
    addresses = dict.fromkeys(("licence_address", "documentation", "schema"), ADDRESS)
    return object_of(_provenance() | addresses | {"registers": {"type": "array", "items": object_of(register)}})


def _problem() -> Schema:
    text = {"type": "string"}
    error = object_of({"parameter": text, "detail": text})
    known = {"type": ADDRESS, "title": text, "status": {"type": "integer"}, "detail": text, "instance": text}
    schema = object_of(known)
    day = {"type": "string", "format": "date"}
    schema["properties"] = (
        known | {"name": text, "day": day, "reason": text} | {"errors": {"type": "array", "items": error}}
    )
    return schema


def _example_of(code):
    content = {
        "type": problems.type_of(code),
        "title": problems.titles()[code],
        "status": code,
        "detail": problems.details()[code],
        "instance": "/api/v1/",
    }
    if code == 400:
        detail = _("A page has 1 to %(most)d records.") % {"most": parameters.LARGEST_SIZE}
        content |= {"errors": [{"parameter": parameters.PAGE_SIZE, "detail": detail}]}
    return content
