"""What a record page shows of its evidence: numbered sources, and the claims in which they differ."""

from collections import defaultdict

from django.core.exceptions import ValidationError

from . import edtf
from .languages import written
from .models import Citation

DATE_FIELDS = {Citation.Field.DATE, Citation.Field.DUE}


class Evidence:
    """The sources behind a record, each once and numbered, and its contested claims.

    ``citations`` are the record's own; ``parts`` are rows with a ``source`` (events, outcomes …), which get ``marks``,
    the numbers of their sources, for the page to print. ``shown`` are pairs (field, value) that the record shows.
    """

    def __init__(self, citations, parts=(), shown=()):
        self._shown = dict(shown)
        self._numbers = {}
        self.entries = []
        citations = list(citations)
        for citation in citations:
            self._enter(citation.source, citation.locator)
        for part in parts:
            part.marks = [self._enter(part.source, getattr(part, "locator", ""))] if part.source else []
        self.claims = self._contested(citation for citation in citations if citation.field)

    def _enter(self, source, locator):
        """Return the number of a source, giving it the next one where it is new."""
        if source.pk not in self._numbers:
            self._numbers[source.pk] = len(self.entries) + 1
            self.entries.append({"number": self._numbers[source.pk], "source": source, "locators": []})
        entry = self.entries[self._numbers[source.pk] - 1]
        if locator and locator not in entry["locators"]:
            entry["locators"].append(locator)
        return entry["number"]

    def _contested(self, claims):
        """Return ``[{field_label, chosen, others, why}]`` of the fields for which sources give several values."""
        fields = defaultdict(list)
        for claim in claims:
            fields[claim.field].append(claim)
        return [self._compare(field, rows) for field, rows in fields.items() if len({row.value for row in rows}) > 1]

    def _compare(self, field, claims):
        """The value that the record shows comes first, then those that agree with it, then those it does not follow."""
        values = defaultdict(list)
        for claim in sorted(claims, key=lambda claim: (claim.value != self._shown.get(field), not claim.is_accepted)):
            values[claim.value].append(claim)
        stated = [
            {
                "value": _in_words(field, value),
                "marks": sorted({self._numbers[row.source_id] for row in rows}),
                "is_accepted": any(row.is_accepted for row in rows),
            }
            for value, rows in values.items()
        ]
        chosen = stated[0] if stated[0]["is_accepted"] else None
        return {
            "field_label": Citation.Field(field).label,
            "chosen": chosen,
            "others": stated[1:] if chosen else stated,
            "why": written(" ".join(dict.fromkeys(claim.note for claim in claims if claim.note))),
        }


def _in_words(field, value):
    if field not in DATE_FIELDS:
        return written(value)
    try:
        edtf.validate(value)
    except ValidationError:
        return written(value)
    return edtf.in_words(value)
