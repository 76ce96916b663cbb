"""Each act of a merger, written down with what was there before, so that it can be taken back."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from ..models import Publication, Revision, Versioned
from ..models.content import plain_values, stored_fields, with_values

MOMENT = ["publish_at"]
Acts = list[dict[str, Any]]
Key = tuple[type[models.Model], int]


class Ledger:
    """Changes rows and records, and notes each act. ``touched`` are the records that it changes."""

    def __init__(self, change: Any) -> None:
        self.change = change
        self.acts: Acts = []
        self.touched: dict[Key, models.Model] = {}

    def change_columns(self, row: models.Model, values: dict[str, Any]) -> None:
        """Set columns to plain values, as far as they differ."""
        before = plain_values(row, values)
        after = {name: value for name, value in values.items() if before[name] != value}
        if after:
            self.touch(row)
            self._note("changed", row, before={name: before[name] for name in after}, after=after)
            with_values(row, after).save()
            self.touch(row)

    def add(self, row: models.Model) -> None:
        row.save()
        self._note("added", row, after=plain_values(row))
        self.touch(row)

    def remove(self, row: models.Model) -> None:
        links = {field.name: keys_of(row, field.name) for field in links_of(type(row))}
        self._note("removed", row, before=plain_values(row) | links)
        self.touch(row)
        row.delete()

    def link(self, record: Any, name: str, taken: int | None, given: int | None) -> None:
        """In a relation to many, ``given`` takes the place of ``taken``; either may be none."""
        there = keys_of(record, name)
        before = [taken] if taken is not None and taken in there else []
        is_itself = record._meta.get_field(name).related_model is type(record) and given == record.pk
        after = [given] if given is not None and given not in there and not is_itself else []
        if before or after:
            self._note("linked", record, name=name, before=before, after=after)
            relink(self.change, record, name, before, after)
            self.touch(record)

    def point(self, kind: str, slug: str, before: int | None, after: int | None) -> None:
        """A former address leads to another record."""
        self.acts.append({"what": "address", "kind": kind, "slug": slug, "before": before, "after": after})

    def touch(self, row: Any) -> None:
        record = row if isinstance(row, Publication) else getattr(row, "main_record", None)
        if record is not None:
            self.touched[type(record), record.pk] = record

    def moments(self) -> Acts:
        """The moments of publication that stand for records as they were, and end with this change."""
        found: Acts = []
        for (model, key), record in self.touched.items():
            if not issubclass(model, Publication) or not self.change.has_changed(record):
                continue
            row = model._base_manager.filter(pk=key, publish_at__isnull=False).first()
            if row is not None:
                named = {"what": "moment", "kind": model._meta.label_lower, "key": key}
                found.append(named | plain_values(row, MOMENT))
        return found

    def has_changed_since(self, version: int) -> bool:
        """Whether somebody changed one of the records after a data version."""
        return have_changed_since(self.touched, version)

    def _note(self, what, row, **said):
        self.acts.append({"what": what, "kind": row._meta.label_lower, "key": row.pk, **said})


def have_changed_since(keys: Iterable[Key], version: int) -> bool:
    kinds: dict[str, list[int]] = {}
    for model, key in keys:
        kinds.setdefault(model._meta.label_lower, []).append(key)
    later = Revision.objects.filter(data_version__gt=version).editorial()
    return any(later.filter(kind=kind, record__in=records).exists() for kind, records in kinds.items())


def relink(change: Any, record: models.Model, name: str, taken: list[int], given: list[int]) -> None:
    links: Any = getattr(record, name)
    links.remove(*taken)
    links.add(*given)
    if isinstance(record, Versioned):
        record.note_in(change)


def keys_of(record: models.Model, name: str) -> list[int]:
    return sorted(getattr(record, name).values_list("pk", flat=True))


def links_of(model: type[models.Model]) -> list[Any]:
    """The relations to many that an editor sets."""
    return [field for field in stored_fields(model, editable=True) if field.many_to_many]
