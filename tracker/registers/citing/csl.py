"""A work as CSL-JSON: the input of citation processors (Citation Style Language 1.0.2), which Zotero reads too."""

import json
from typing import Any

from .dates import in_english, parts_of
from .work import Work


def as_csl(work: Work) -> str:
    return json.dumps([item_of(work)], ensure_ascii=False, indent=1) + "\n"


def item_of(work: Work) -> dict[str, Any]:
    item = {
        "id": work.key,
        "type": work.kind.csl,
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else [],
        "container-title": work.container,
        "publisher": work.publisher,
        "number": work.number,
        "version": work.version,
        "issued": _date(work.issued),
        "accessed": _date(work.accessed_on),
        "archive_location": work.archived,
        "language": work.language,
        "URL": work.address,
    }
    return {name: value for name, value in item.items() if value}


def _date(notation):
    parts = parts_of(notation)
    if parts:
        return {"date-parts": [list(each) for each in parts]}
    return {"literal": in_english(notation)} if notation else None
