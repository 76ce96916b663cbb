"""What a record page shows of its evidence: numbered sources, and what they state, compared with what is shown."""

import unicodedata
from collections import defaultdict
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils import translation

from . import edtf
from .fields import EDTFField
from .languages import OF_EDITORS, written
from .locators import together


class Verdict(StrEnum):
    """How a value that a source states compares with the one that the record shows."""

    SAME = "same"  # the values are equal
    AGREES = "agrees"  # other dates that overlap with the one shown
    OTHER = "other"
    STATED = "stated"  # the record shows no value of this field to compare it with


class Evidence:
    """The sources behind a record, each once and numbered, and the claims on it and on its parts.

    ``citations`` are the record's own; ``parts`` are rows with a ``source`` or with claims (events, outcomes,
    delegates …). These get ``marks``, the numbers of their sources, and ``stated``, the claims on them, for the page to
    print.
    """

    def __init__(self, record, citations, parts=()):
        self._numbers = {}
        self.entries = []
        citations = list(citations)
        for citation in citations:
            self._enter(citation.source, citation.locator)
        self.add(parts)
        self.claims = self._contested(record, [citation for citation in citations if citation.field])

    def add(self, parts):
        """Number the sources of parts, and give them ``marks`` and ``stated``."""
        for part in parts:
            source = getattr(part, "source", None)
            part.marks = [self._enter(source, getattr(part, "locator", ""))] if source else []
            claims = list(part.claims.all()) if hasattr(part, "claims") else []
            for claim in claims:
                self._enter(claim.source, claim.locator)
            part.stated = self._contested(part, claims)

    def enter(self, record, citations):
        """Number what another record on the page cites as well, and give it ``marks`` and ``stated``, as a part has."""
        citations = list(citations)
        record.marks = sorted({self._enter(citation.source, citation.locator) for citation in citations})
        record.stated = self._contested(record, [citation for citation in citations if citation.field])

    def _enter(self, source, locator):
        """Return the number of a source, giving it the next one where it is new."""
        if source.pk not in self._numbers:
            self._numbers[source.pk] = len(self.entries) + 1
            self.entries.append({"number": self._numbers[source.pk], "source": source, "locators": []})
        entry = self.entries[self._numbers[source.pk] - 1]
        if locator:
            entry["locators"] = together([*entry["locators"], locator])
        return entry["number"]

    def _contested(self, shown, claims):
        """Return ``[{field_label, chosen, others}]`` of the fields in which a source says anything but what is shown,
        or of which there is something to note."""
        fields = defaultdict(list)
        for claim in claims:
            fields[claim.field].append(claim)
        found = [self._compare(shown, field, rows) for field, rows in fields.items()]
        return [each for each in found if each["others"] or (each["chosen"] and each["chosen"]["notes"])]

    def _compare(self, shown, field, claims):
        """The value that is shown comes first, then those that agree with it, then all others."""
        values = defaultdict(list)
        for claim in claims:
            values[claim.value].append(claim)
        stated = [self._stated(shown, field, value, rows) for value, rows in values.items()]
        stated.sort(key=lambda each: list(Verdict).index(each["verdict"]))
        chosen = next((each for each in stated if each["verdict"] == Verdict.SAME), None)
        others = [each for each in stated if each["verdict"] != Verdict.SAME]
        if chosen is None and (value := shown_value(shown, field)):
            chosen = {"value": in_words(shown, field, value), "marks": [], "notes": [], "verdict": Verdict.SAME}
        return {"field_label": claims[0].get_field_display(), "chosen": chosen, "others": others}

    def _stated(self, shown, field, value, claims):
        return {
            "value": in_words(shown, field, value),
            "marks": sorted({self._numbers[claim.source_id] for claim in claims}),
            "notes": [written(note) for note in dict.fromkeys(claim.note for claim in claims if claim.note)],
            "verdict": verdict(shown, field, value),
        }


def verdict(shown, field: str, value: str) -> Verdict:
    """Compare what a source states of a field with what the record, or the part, shows of it."""
    with translation.override(OF_EDITORS):  # claims are in the words of the editors, whatever the page speaks
        present, written_as = shown_value(shown, field), _written(shown, field)
    if not present:
        return Verdict.STATED
    if plain(value) in {plain(each) for each in written_as}:
        return Verdict.SAME
    agrees = _is_date(shown, field) and edtf.agree(value, present) is True
    return Verdict.AGREES if agrees else Verdict.OTHER


def shown_value(shown, field: str) -> str:
    """What is shown of a field, as it is stored; empty where nothing is shown of it."""
    name = type(shown).CLAIMED.get(field)
    value = getattr(shown, name) if name else None
    return "" if value is None else str(value)


def _written(shown, field):
    """The ways in which the value that is shown may be written: the code of a choice, or its word."""
    return [shown_value(shown, field), *filter(None, [_display(shown, field)])]


def _display(shown, field):
    name = type(shown).CLAIMED.get(field, "")
    display = getattr(shown, f"get_{name}_display", None)
    return str(display()) if display else ""


def _is_date(shown, field):
    name = type(shown).CLAIMED.get(field, "")
    return any(each.name == name and isinstance(each, EDTFField) for each in shown._meta.concrete_fields)


def plain(text: str) -> str:
    """A value as it is compared: without regard to case, spaces, kinds of quotation marks and dashes."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(ALIKE)
    return " ".join(text.split())


ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


def in_words(shown, field: str, value: str) -> str:
    """A value as the reader sees it: dates and choices in words, all else as it was entered."""
    if value == shown_value(shown, field) and (display := _display(shown, field)):
        return display
    if value == shown_value(shown, field) and (name := type(shown).CLAIMED.get(field, "")).endswith("_in_words"):
        return getattr(shown, name)
    if _is_date(shown, field) or field in ("date", "due"):
        try:
            return edtf.in_words(value)
        except ValidationError:
            return written(value)
    return written(value)
