"""The public history of a record: what was published, corrected, withdrawn, as the public saw it; by no account."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from tracker.records import edtf, typography
from tracker.records.durations import in_words
from tracker.records.fields import Bound, DurationField, EDTFField
from tracker.records.languages import written
from tracker.records.models import Publication, Revision, first_published, is_published
from tracker.records.models.content import Content, Difference, differences, row_models_of
from tracker.records.models.former import newest_revisions
from tracker.records.models.latest import parts_with_a_state
from tracker.records.models.visible import hidden_among, seen
from tracker.records.public import public, public_name
from tracker.records.values_in_words import ValueChange, ValuesInWords, field_of

from ..naming import title_of
from ..register import Register

# Of the revisions of a record, the newest; few have more.
MOST = 5_000
NAMED_BY = 2
Mark = tuple[int, str, str]


class What(TextChoices):
    PUBLISHED = "published", _("First published")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("No longer public")
    AGAIN = "again", _("Public again")
    PART = "part", _("Report published")
    PART_GONE = "part_gone", _("Report no longer public")


@dataclass
class RowChanged:
    """``what`` is the kind of row and what tells it from others. One that was added or removed, as ``act`` says, has
    ``values``, each with its name; one that was changed has ``changes``."""

    what: str
    act: str | Promise
    values: list[tuple[str, object]] = field(default_factory=list)
    changes: list[ValueChange] = field(default_factory=list)


@dataclass
class PublicEntry:
    """One change that the public saw; ``reason`` is why, where an editor said so."""

    what: What
    made_at: datetime
    reason: str = ""
    changes: list[ValueChange] = field(default_factory=list)
    rows: list[RowChanged] = field(default_factory=list)

    @property
    def day(self) -> date:
        """In the time zone of the site."""
        return localdate(self.made_at)

    @property
    def day_in_words(self) -> str:
        return edtf.in_words(self.day.isoformat())


def public_history(register: Register, record: Any) -> list[PublicEntry]:
    """The entries of a public record and of the reports on it, the newest first."""
    shown = {column.name for column in register.columns}
    entries = list(_entries(type(record), record.pk, shown))
    kind: Any = type(record)
    for part in parts_with_a_state(kind):
        published = part._base_manager.filter(is_published(), **{part.owner_name: record})
        for key in published.values_list("pk", flat=True):
            entries += map(_of_part, _entries(part, key, set()))
    return sorted(_by_act(entries), key=lambda entry: entry.made_at, reverse=True)


def _by_act(entries):
    """What one act changed of the record and of reports on it is one entry."""
    acts: dict[datetime, PublicEntry] = {}
    for entry in entries:
        act = acts.setdefault(entry.made_at, entry)
        if act is not entry:
            act.what = entry.what if act.what == What.CHANGED else act.what
            act.reason = act.reason or entry.reason
            act.changes, act.rows = act.changes + entry.changes, act.rows + entry.rows
    return acts.values()


def _of_part(entry):
    if entry.what in (What.PUBLISHED, What.AGAIN):
        entry.what = What.PART
    elif entry.what == What.WITHDRAWN:
        entry.what = What.PART_GONE
    return entry


def _entries(model, key, shown) -> Iterator[PublicEntry]:
    """``shown`` are the derived columns whose changes are told."""
    revisions = newest_revisions(model, key, MOST)
    first = first_published(model, [key]).get(key)
    hidden = hidden_among(model, (revision.content for revision in revisions if _is_seen(revision)))
    before: Content | None = None
    was_seen = False
    for revision in revisions:
        is_seen = _is_seen(revision)
        content = seen(model, revision.content, hidden) if is_seen else None
        if is_seen and before is None:
            if what := _how_it_came(revision, revisions[0], first):
                yield PublicEntry(what, revision.made_at, rows=_as_first(model, content))
        elif is_seen:
            found = list(_differing(model, before, content, shown))
            if found or not was_seen:
                yield _changed(model, What.CHANGED if was_seen else What.AGAIN, revision, found)
        elif was_seen:
            yield PublicEntry(What.WITHDRAWN, revision.made_at, _why_withdrawn(revision))
        before, was_seen = content or before, is_seen


def _how_it_came(revision, oldest, first):
    """None of what was public already where the entries begin: nobody did that then."""
    if revision.made_at == first:
        return What.PUBLISHED
    return None if revision is oldest else What.AGAIN


def _is_seen(revision):
    is_there = revision.status == Revision.Status.APPLIED
    return is_there and revision.content["fields"].get("state") == Publication.State.PUBLISHED


def _why_withdrawn(revision):
    return revision.content.get("fields", {}).get("withdrawal_reason", "")


def _as_first(model, content):
    """Of a report, what it said first; of a record that stands on its page."""
    if not hasattr(model, "owner_name"):
        return []
    words = PublicValues(model, [(model, content["fields"])])
    values = words.values(model, content["fields"], {model.owner_name})
    return [RowChanged(capfirst(model._meta.verbose_name), _("added"), values)]


def _differing(model, before, after, shown) -> Iterator[Difference]:
    yield from differences(before, after)
    for name in sorted(shown & before["derived"].keys() & after["derived"].keys()):
        old, new = before["derived"][name], after["derived"][name]
        if old != new and not isinstance(field_of(model, name), Bound):
            yield Difference("", "", name, old, new)


def _changed(model, what, revision, found):
    models_of_rows = {row._meta.label_lower: row for row, _path in row_models_of(model)}
    said = [(models_of_rows.get(each.label, model), values) for each in found for values in _values(revision, each)]
    words, rows = PublicValues(model, said), {}
    for each in filter(lambda each: each.label, found):
        row = models_of_rows[each.label]
        if (each.label, each.key) not in rows:
            rows[each.label, each.key] = _row(words, row, revision, each)
        if each.name:
            rows[each.label, each.key].changes.append(words.change(row, each))
    changes = [words.change(model, each) for each in found if not each.label]
    return PublicEntry(what, revision.made_at, revision.correction, changes, list(rows.values()))


def _values(revision, each):
    """What is put in words: a changed row is named after what it says."""
    if not each.name:
        return [each.old or each.new]
    row = [revision.content["rows"][each.label][each.key]] if each.label else []
    return [{each.name: each.old}, {each.name: each.new}, *row]


def _row(words, row, revision, each):
    if each.name:
        values = revision.content["rows"][each.label][each.key]
        return RowChanged(words.row(row, each.key, values), _("changed"))
    is_added = each.old is None
    values = words.values(row, each.new if is_added else each.old, {row.owner_name})
    return RowChanged(capfirst(row._meta.verbose_name), _("added") if is_added else _("removed"), values)


class PublicValues(ValuesInWords):
    """With the names by which the public knows what they point at."""

    def _name(self, model: type[models.Model], key: int) -> str:
        there = self._there[model].get(key)
        if there is None:
            return str(_("a record that is no more"))
        return title_of(there) if public(there) else public_name(there)

    def value(self, model: type[models.Model], name: str, value: Any) -> object:
        column = field_of(model, name)
        if value and isinstance(column, EDTFField):
            return edtf.in_words(value)
        if value and isinstance(column, DurationField):
            return in_words(value)
        said = super().value(model, name, value)
        return written(value) if said == value and isinstance(value, str) else said

    def row(self, model: Any, key: str, fields: dict) -> str:
        """Its kind, and the first things that it says."""
        found = self.values(model, fields, {model.owner_name})
        told = [str(value) for _name, value in found[:NAMED_BY]]
        return typography.labelled(capfirst(model._meta.verbose_name), typography.clauses(told))
