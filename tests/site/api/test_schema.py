"""The description of the API is valid, complete, and true of a real server."""

import json
import os
import subprocess
import sys

import jsonschema
import pytest
import yaml
from django.test import Client
from django.utils.timezone import localdate
from openapi_spec_validator import validate

from tests.parts import thinned
from tests.registers import world as of_the_tests
from tests.services.smtp import free_port
from tests.services.web import web_server
from tracker.site.registers import REGISTERS

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
)
OF_EVERY_LIST = {"lang", "fields", "sort", "page_size", "cursor"}


@pytest.fixture(scope="module")
def schema(world):
    response = Client().get("/api/schema/", headers={"accept": "application/json"})
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def operation(schema, register, rest=""):
    return schema["paths"][f"/api/v1/{register.name}/{rest}"]["get"]


def content_of(schema, operation):
    """The schema of an answer, with all that it refers to."""
    content = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return jsonschema.Draft202012Validator(content | {"components": schema["components"]})


def test_schema_is_valid_and_the_same_as_yaml_and_in_each_language(world, schema):
    validate(schema)
    assert schema["openapi"] == "3.1.0"
    answer = Client().get("/api/schema/")
    assert (answer["Content-Type"], answer["Vary"]) == ("application/vnd.oai.openapi; charset=utf-8", "Accept")
    assert yaml.safe_load(answer.content) == schema
    for language in ("ur", "zh-hans"):
        answer = Client().get(f"/api/schema/?lang={language}", headers={"accept": "application/json"})
        assert (answer["Content-Language"], without_words(answer.json())) == (language, without_words(schema))


def without_words(schema):
    if isinstance(schema, list):
        return [without_words(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    words = {"description", "summary", "title", "examples", "x-enum-descriptions", "info", "externalDocs"}
    return {
        name: without_words(value)
        for name, value in schema.items()
        if name not in words or (not isinstance(value, str) and name in ("description", "title"))
    }


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_schema_names_every_filter_order_and_field(schema, register):
    asked = {each["name"]: each for each in operation(schema, register)["parameters"]}
    assert asked.keys() == OF_EVERY_LIST | register.filterset.base_filters.keys()
    assert asked["sort"]["schema"]["enum"] == register.sort_choices
    form = register.filterset({}, register.records(localdate())).form
    for name, field in form.fields.items():
        if hasattr(field, "choices") and not hasattr(field, "queryset"):
            codes = [code for code, _words in field.choices if code]
            assert asked[name]["schema"]["items"]["enum"] == codes and asked[name]["explode"] is True
    component = schema["components"]["schemas"][register.noun.title().replace("-", "")]
    names = [column.name for column in register.columns] + ["api_address"] + (["rows"] if register.tables else [])
    assert list(component["properties"]) == names == asked["fields"]["schema"]["items"]["enum"]
    if register.tables:
        assert list(component["properties"]["rows"]["properties"]) == [table.name for table in register.tables]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_lists_and_records_are_as_the_schema_says(world, schema, register):
    content = Client().get(f"/api/v1/{register.name}/").json()
    content_of(schema, operation(schema, register)).validate(content)
    assert content["count"] == len(content["records"]) > 1
    for record in content["records"]:
        one = Client().get(record["api_address"].removeprefix("http://testserver")).json()
        content_of(schema, operation(schema, register, "{key}/")).validate(one)


def test_every_path_says_what_can_go_wrong(schema):
    for path, operations in schema["paths"].items():
        codes = {"200", "304", "400", "406", "429", "500", "503"} | (
            {"308", "404", "410"} if "{key}" in path else set()
        )
        answers = operations["get"]["responses"]
        assert answers.keys() == codes, path
        for code in codes - {"200", "304", "308"}:
            (content,) = answers[code]["content"].items()
            assert content[0] == "application/problem+json" and content[1]["schema"]["$ref"].endswith("/Problem")
            jsonschema.validate(
                *[next(iter(content[1]["examples"].values()))["value"]], schema["components"]["schemas"]["Problem"]
            )
        assert {"RateLimit", "RateLimit-Policy", "ETag", "Data-Version"} <= answers["200"]["headers"].keys()
    assert len(schema["paths"]) == 1 + 2 * len(REGISTERS)


@pytest.mark.parametrize(("paths",), thinned([("forums|sources|v1/$",), ("",)], lambda paths: paths))
def test_server_keeps_to_the_schema_whatever_it_is_asked(process_environment, tmp_path, paths):
    """Schemathesis asks a real server what the schema allows, and what it does not."""
    of_the_tests.build()
    port = free_port()
    environment = process_environment | {"API_REQUESTS_PER_MINUTE": "1000000"}
    with web_server(environment, port, "--processes", "1") as server:
        address = f"http://localhost:{port}"
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/schema/", "--url", address]
        options = ["--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "7", "--workers", "2"]
        options += ["--checks", ",".join(CHECKS), "--include-path-regex", paths or "."]
        options += ["--generation-database", "none", "--no-color", "--warnings", "off"]
        found = subprocess.run(
            [*command, *options], cwd=tmp_path, env=os.environ, capture_output=True, text=True, timeout=300
        )
        assert found.returncode == 0, found.stdout[-8000:] + server.log[-3000:]
        assert "serving /api" not in server.log and "Server Error: /api" not in server.log
