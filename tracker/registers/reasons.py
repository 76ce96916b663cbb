"""Why a record was found: the name, the text or the related record in which the words of a search stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from tracker.records.models import texts_of
from tracker.records.words import Term

from .marking import Passage, excerpt, is_said, pieces_of
from .plan import parts_of
from .register import Register

MOST = 2


@dataclass(frozen=True)
class Reason:
    """One line: the text in pieces, with what it is the name of, where it is that of another record."""

    pieces: list[Passage]
    kind: str = ""


def reasons(register: Register, records: QuerySet, keys: list[int], terms: list[Term]) -> dict[int, list[Reason]]:
    """Return ``{key: reasons}`` of those of the records with these keys: texts that meet a term which no line before
    meets, ``MOST`` of them, those of the record itself first. Its present name stands above them."""
    texts = texts_of(records.model, keys)
    found = {key: _of_record(each, terms) for key, each in texts.items()}
    missing = {key: unmet for key, (_reasons, unmet) in found.items() if unmet}
    if missing:
        for key, reason in _of_related(register, records, missing):
            found[key][0].append(reason)
    return {key: each[:MOST] for key, (each, _unmet) in found.items()}


def _of_record(texts, terms) -> tuple[list[Reason], list[Term]]:
    """The reasons that the record itself gives, and the terms that it does not meet."""
    lines = [(pieces_of, name) for name in texts.names] + [(excerpt, text) for text in texts.texts]
    unmet, found = list(terms), []
    # The words of the choices, such as its type, stand on the page of the record.
    unmet = [term for term in unmet if not is_said(" ".join(texts.words), term)]
    shown = " ".join(texts.names[:2])
    for cut, line in lines:
        met = [term for term in unmet if is_said(line, term)]
        if met:
            unmet = [term for term in unmet if term not in met]
            if line not in shown:
                found.append(Reason(cut(line, terms)))
    return found, unmet


def _of_related(register, records, missing: dict[int, list[Term]]) -> Iterable[tuple[int, Reason]]:
    """Yield ``(key, reason)``: a related record, by the name that meets what is missing."""
    for related in register.related:
        if not missing:
            return
        links = parts_of(register)["links", related.path].build(records.filter(pk__in=list(missing)))
        model: Any = related.model(records.model)
        names = {key: each.names for key, each in texts_of(model, set(links.others.tolist())).items()}
        for key, other in zip(links.keys.tolist(), links.others.tolist(), strict=True):
            for name in names.get(other, []):
                met = [term for term in missing.get(key, []) if is_said(name, term)]
                if met:
                    missing[key] = [term for term in missing[key] if term not in met]
                    yield key, Reason(pieces_of(name, met), capfirst(model._meta.verbose_name))
        missing = {key: unmet for key, unmet in missing.items() if unmet}
