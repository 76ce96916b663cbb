"""The facts of one article, as the starter data have them, and the records that stood here before it was read."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from tracker.records.models import one_change
from tracker.site.management.commands import load_starter_data

ARTICLE, MEETING = ["pakistaneconomicnet-com"], ["MTG-0004"]
COMMITMENTS = ["COM-0027", "COM-0028", "COM-0029", "COM-0030", "COM-0033", "COM-0034"]
AGREEMENTS = ["AGR-0002", "AGR-0003"]
ANNOUNCED = AGREEMENTS[1]
FIGURES = ["direct investment that the corridor brought to Pakistan", "jobs for local people"]
# Sessions of the committee before the tenth, and their rows.
EARLIER = ["MTG-0007", "MTG-0008", "MTG-0009", "MTG-0010", "MTG-0011", "MTG-0012"]
WHOLE = {
    *("agreements.country", "agreements.theme", "agreements.organisation", "agreements.organisationname"),
    *("agreements.person", "agreements.forum", "agreements.forumname", "agreements.membership", "records.source"),
}
NEW = ["asad-umar", "pakistaneconomicnet-com"]


@cache
def rows() -> list[dict[str, Any]]:
    files = sorted((Path(settings.BASE_DIR) / "fixtures").glob("*.yaml"))
    return [row for file in files for row in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)]


def facts(model: str, **wanted: Any) -> list[dict[str, Any]]:
    """The fields of the rows of a model that have these values."""
    found = [row["fields"] for row in rows() if row["model"] == model]
    return [each for each in found if all(each.get(name) == value for name, value in wanted.items())]


def load_what_stood_before(folder: Path) -> None:
    """The registers of the day before: all countries, people, bodies and sources but those that the article brought,
    and the earlier sessions of the committee."""
    kept = [row | {"fields": dict(row["fields"])} for row in rows() if _stood_before(row)]
    for row in kept:
        if row["fields"].get("source") == ARTICLE:
            del row["fields"]["source"]
    path = folder / "before.yaml"
    path.write_text(yaml.safe_dump(kept), encoding="utf-8")
    with one_change():
        load_starter_data.Command().load(path)


def _stood_before(row):
    fields = row["fields"]
    if fields.get("slug") in NEW:
        return False
    if row["model"] in WHOLE:
        return True
    earlier = row["model"] == "meetings.meeting" and fields["reference"] in EARLIER
    of_earlier = row["model"] == "meetings.delegation" and fields["meeting"][0] in EARLIER
    who_came = row["model"] == "meetings.delegate" and fields["delegation"][0] in EARLIER
    return earlier or of_earlier or who_came
