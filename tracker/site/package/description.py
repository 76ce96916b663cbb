"""What the package says of itself: ``datapackage.json`` with a Table Schema of each file, and the codebook.

Frictionless Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

import csv
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from tracker.registers.codebook import meaning
from tracker.registers.export import LICENCE, LICENCE_ADDRESS
from tracker.registers.register import SEPARATOR, Column, Datatype

from .contents import Resource, resources

NAME = "digital-cooperation-tracker"
DESCRIPTION = "datapackage.json"
CODEBOOK = "codebook.csv"
ABOUT = "What governments promise each other on digital cooperation, on what evidence, and what came of it."
CODEBOOK_COLUMNS = ("resource", "field", "type", "is_list", "title", "description", "code", "meaning")
TYPES: dict[Datatype, dict[str, Any]] = {
    Datatype.TEXT: {"type": "string"},
    Datatype.DAY: {"type": "date"},
    Datatype.WHOLE_NUMBER: {"type": "integer"},
    Datatype.DECIMAL: {"type": "number"},
    Datatype.YES_OR_NO: {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]},
    Datatype.ADDRESS: {"type": "string"},
}


def describe(folder: Path, lines: dict[str, int], *, number: int, made_at: datetime, version: int) -> None:
    """Write the description and the codebook beside the files, which are all there. In English."""
    _write_codebook(folder)
    found = {
        "profile": "data-package",
        "name": NAME,
        "title": "Digital Cooperation Tracker",
        "description": ABOUT,
        "homepage": settings.SITE_URL + reverse("data"),
        # The second number counts how often the same release was issued.
        "version": f"{number}.1",
        "created": made_at.isoformat(timespec="seconds"),
        "dataVersion": version,
        "licenses": [{"name": LICENCE.replace(" ", "-"), "title": LICENCE, "path": LICENCE_ADDRESS}],
        "resources": [*(_resource(folder, each, lines[each.name]) for each in resources()), _codebook(folder)],
    }
    write_description(folder, found)


def write_description(folder: Path, found: dict[str, Any]) -> None:
    (folder / DESCRIPTION).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _resource(folder, resource, number):
    shape = resource.shape
    schema: dict[str, Any] = {
        "fields": [_field(resource.model, column) for column in shape.columns],
        "primaryKey": list(shape.key),
        "missingValues": [""],
    }
    if resource.table:
        around = Resource(resource.register).name
        reference = {"resource": around, "fields": [resource.register.key]}
        schema["foreignKeys"] = [{"fields": [shape.key[0]], "reference": reference}]
    return _file(folder, resource.name, resource.path, resource.title) | {"rows": number, "schema": schema}


def _file(folder, name, path, title):
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (folder / path).stat().st_size,
        "hash": f"sha256:{digest(folder / path)}",
    }


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _field(model, column: Column):
    said = meaning(model, column)
    field = {"name": column.name, "title": said.title, **TYPES[Datatype.TEXT if column.is_list else column.datatype]}
    parts = [said.description, f"A list, its items parted by “{SEPARATOR.strip()}”." if column.is_list else ""]
    if description := " ".join(filter(None, parts)):
        field["description"] = description
    if said.codes and not column.is_list:
        field["constraints"] = {"enum": [code for code, _label in said.codes if code]}
    return field


def _write_codebook(folder):
    with (folder / CODEBOOK).open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(CODEBOOK_COLUMNS)
        for resource in resources():
            for column in resource.shape.columns:
                said = meaning(resource.model, column)
                own = (resource.name, column.name, column.datatype.value, column.is_list, said.title, said.description)
                lines.writerows((*own, code, label) for code, label in said.codes or [("", "")])


def _codebook(folder):
    fields = [{"name": name, "type": "boolean" if name == "is_list" else "string"} for name in CODEBOOK_COLUMNS]
    fields[CODEBOOK_COLUMNS.index("is_list")] |= {"trueValues": ["True"], "falseValues": ["False"]}
    schema = {"fields": fields, "missingValues": [""]}
    return _file(folder, "codebook", CODEBOOK, "Every field, and every code with its meaning") | {"schema": schema}
