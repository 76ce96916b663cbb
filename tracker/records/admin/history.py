"""The history of a record in words: who changed what from what to what, and what the record said at one time."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Revision, Shared
from tracker.records.models.content import Content, Difference, differences, row_models_of
from tracker.records.values_in_words import ValueChange, ValuesInWords, field_of, places_of

ADDED, CHANGED, REMOVED = _("added"), _("changed"), _("removed")
MOST_OF_NAMED = 20


@dataclass
class RowChange:
    """What became of one row. It can be brought back from the revision ``number``; ``is_present``: so it is today."""

    kind: str
    what: str
    label: str
    key: str
    number: int
    is_present: bool
    changes: list[ValueChange] = field(default_factory=list)


@dataclass
class Entry:
    """One line of the history page: a revision, what changed in the record with it, and in its rows.

    ``is_present``: the record says so today.
    """

    revision: Revision
    kind: str
    changes: list[ValueChange]
    rows: list[RowChange]
    is_present: bool


def entries(
    model: type[models.Model], revisions: list[Revision], today: Revision | None, hidden: Collection[str], size: int
) -> list[Entry]:
    """Return what the first ``size`` revisions changed, as ``Entry`` objects.

    ``revisions`` are those of one record, newest first, one more than ``size`` where there are older ones; ``today`` is
    the last one, and ``hidden`` names fields that are not to be seen.
    """
    before = [*revisions[1:], None] if revisions else []
    pairs = list(zip(revisions, before, strict=True))[:size]
    found = {revision.pk: _differences(before, revision, hidden) for revision, before in pairs}
    words = ValuesInWords(model, _said(model, [each for changes in found.values() for each in changes]))
    return [_entry(words, revision, before, found[revision.pk], today) for revision, before in pairs]


def changes_of_named(model: type[models.Model], content: Content) -> list[Revision]:
    """The last changes of the countries, themes, people and sources that a record names as it is now, newest first.

    They change what the record says to the public, though they are records of their own.
    """
    named: dict[type[models.Model], set[int]] = defaultdict(set)
    parts = [(model, content["fields"])]
    for row, _look_up in row_models_of(model):
        parts += [(row, fields) for fields in content["rows"].get(row._meta.label_lower, {}).values()]
    for of, fields in parts:
        for name, value in fields.items():
            field = field_of(of, name)
            if value and field is not None and field.is_relation and issubclass(field.related_model, Shared):
                named[field.related_model].update(value if isinstance(value, list) else [value])
    chosen = Q(pk__in=[])
    for kind, keys in named.items():
        chosen |= Q(kind=kind._meta.label_lower, record__in=keys)
    changed = Revision.objects.filter(chosen, number__gt=1).editorial().changing_content()
    return list(changed.select_related("account").order_by("-data_version", "pk")[:MOST_OF_NAMED])


def _differences(before, revision, hidden):
    """None where the record itself came or went: then its rows did too."""
    if kind_of(revision, before) is not CHANGED:
        return []
    found = [each for each in differences(before.content, revision.content) if each.label or each.name not in hidden]
    return sorted(found, key=lambda each: _place(apps.get_model(revision.kind), each))


def _place(model, each):
    """The order of the columns and of the kinds of rows; a database may keep them in another."""
    kinds = [row._meta.label_lower for row, _look_up in row_models_of(model)]
    if not each.label:
        return -1, 0, places_of(model).get(each.name, 0)
    return kinds.index(each.label), int(each.key), places_of(apps.get_model(each.label)).get(each.name, 0)


def kind_of(revision: Revision, before: Revision | None) -> Any:
    if revision.status == Revision.Status.REMOVED:
        return REMOVED
    return CHANGED if before is not None and before.status == Revision.Status.APPLIED else ADDED


def _said(model, found: list[Difference]) -> Iterator[tuple[type[models.Model], dict]]:
    """The values that are to be put in words, by the model whose columns they are."""
    for each in found:
        of = apps.get_model(each.label) if each.label else model
        if each.name:
            yield of, {each.name: each.old}
            yield of, {each.name: each.new}
        else:
            yield of, each.old or each.new


def _entry(words, revision, before, found, today):
    rows = {}
    for each in found:
        if each.label and (each.label, each.key) not in rows:
            rows[each.label, each.key] = _row_change(words, revision, before, each, today)
    for each in found:
        if each.label and each.name:
            rows[each.label, each.key].changes.append(words.change(apps.get_model(each.label), each))
    changes = [words.change(words.model, each) for each in found if not each.label]
    return Entry(revision, kind_of(revision, before), changes, list(rows.values()), is_present=revision == today)


def _row_change(words, revision, before, each, today):
    is_removed = not each.name and each.new is None
    source = before if is_removed else revision
    fields = source.content["rows"][each.label][each.key]
    row = apps.get_model(each.label)
    return RowChange(
        kind=REMOVED if is_removed else CHANGED if each.name else ADDED,
        what=f"{row._meta.verbose_name}: {words.row(row, each.key, fields)}",
        label=each.label,
        key=each.key,
        number=source.number,
        is_present=not is_removed and today.content.get("rows", {}).get(each.label, {}).get(each.key) == fields,
    )


def whole(
    model: type[models.Model], content: Content, hidden: Collection[str]
) -> tuple[list[tuple[str, object]], list[tuple[Any, list]]]:
    """Return ``([(field, value)], [(kind of rows, [(row, [(field, value)])])])`` of one content, in words."""
    kinds = [(row, look_up, content["rows"].get(row._meta.label_lower, {})) for row, look_up in row_models_of(model)]
    rows = [(row, look_up, dict(sorted(found.items(), key=_number))) for row, look_up, found in kinds if found]
    said = [(row, fields) for row, _look_up, found in rows for fields in found.values()]
    words = ValuesInWords(model, [(model, content["fields"]), *said])
    of_rows = [
        # That the row belongs to the record need not be said.
        (row, [(words.row(row, key, fields), words.values(row, fields, {look_up})) for key, fields in found.items()])
        for row, look_up, found in rows
    ]
    named = [(capfirst(row._meta.verbose_name_plural), found) for row, found in of_rows]
    return words.values(model, content["fields"], hidden), named


def _number(item):
    return int(item[0])
