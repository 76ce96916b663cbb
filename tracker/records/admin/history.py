"""The history of a record and of the rows that belong to it: who changed what from what to what."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from simple_history.manager import SIMPLE_HISTORY_REVERSE_ATTR_NAME
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from tracker.records.models import Publication, Row

# Moving a record through publication, or asking back, is not a change of what it says.
NOT_CONTENT = frozenset({"state", "publish_at", "editors_note", "question"})
KINDS = {"+": _("added"), "~": _("changed"), "-": _("removed")}
NEWEST_FIRST = ("-history_date", "-history_id")


@dataclass
class Entry:
    """One line of the history page.

    ``part`` is the model name of a row of the record, empty for the record itself; ``is_present``: so it is today.
    """

    moment: datetime
    user: object
    kind: str
    what: str
    row: object
    changes: list = field(default_factory=list)
    part: str = ""
    is_present: bool = False


def is_going_back(record):
    """Whether what is at hand is a former version of the record, about to be saved again."""
    return hasattr(record, SIMPLE_HISTORY_REVERSE_ATTR_NAME)


@lru_cache
def row_models_of(model):
    """Return ``[(model of a row, look-up of the record from it)]``, rows of rows included.

    Parts with a state of their own (progress updates) are records in their own right and left out.
    """
    found = []
    for part in apps.get_models():
        if not (issubclass(part, Row) and part.owner_name) or issubclass(part, Publication):
            continue
        if part._meta.get_field(part.owner_name).related_model is model:
            found.append((part, part.owner_name))
            found += [(inner, f"{look_up}__{part.owner_name}") for inner, look_up in row_models_of(part)]
    return found


def rows_of(record):
    """Yield the historical rows of every kind of row of the record, newest first within a kind."""
    for part, look_up in row_models_of(type(record)):
        yield part, part.history.filter(**{look_up: record.pk}).order_by(*NEWEST_FIRST)


def last_editor_id(record):
    """Return the id of the user who last changed what the record says; None where no user did."""
    candidates = [_last_change_of_content(record), *(rows.first() for _model, rows in rows_of(record))]
    newest = max(filter(None, candidates), key=lambda row: row.history_date, default=None)
    return newest and newest.history_user_id


def _last_change_of_content(record):
    rows = list(record.history.order_by(*NEWEST_FIRST)[:200])
    unimportant = NOT_CONTENT | _derived(type(record))
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        if before is None or row.history_type != "~" or row.diff_against(before, excluded_fields=unimportant).changes:
            return row
    return None


def _derived(model):
    return {each.name for each in model._meta.fields if not each.editable}


def entries(record, limit=300):
    """Return the history of the record and its rows as ``Entry`` objects, newest first."""
    found = _entries_of(type(record), record.history.order_by(*NEWEST_FIRST)[:limit], is_record=True)
    for model, rows in rows_of(record):
        found += _entries_of(model, rows[:limit], is_record=False)
    return sorted(found, key=lambda entry: entry.moment, reverse=True)


def _entries_of(model, rows, *, is_record):
    rows = rows.select_related("history_user")._select_related_history_tracked_objs()
    found = []
    for _pk, versions in groupby(sorted(rows, key=lambda row: row.id), key=lambda row: row.id):
        versions = sorted(versions, key=lambda row: (row.history_date, row.history_id), reverse=True)
        for row, before in zip(versions, [*versions[1:], None], strict=True):
            changes = _changes(model, row, before) if before and row.history_type == "~" else []
            if changes or row.history_type != "~":
                is_present = row is versions[0] and row.history_type != "-"
                found.append(_entry(model, row, changes, is_record, is_present))
    return found


def _entry(model, row, changes, is_record, is_present):
    return Entry(
        moment=row.history_date,
        user=row.history_user,
        kind=KINDS[row.history_type],
        what="" if is_record else f"{model._meta.verbose_name}: {row.instance}",
        row=row,
        changes=changes,
        part="" if is_record else model._meta.model_name,
        is_present=is_present,
    )


def _changes(model, row, before):
    delta = row.diff_against(before, excluded_fields=_derived(model), foreign_keys_are_objs=True)
    return ReadableValues(model, row).context_for_delta_changes(delta)


class ReadableValues(HistoricalRecordContextHelper):
    """Values as the form shows them: the words of a choice, yes and no, a dash for nothing."""

    def prepare_delta_change_value(self, change, value):
        value = super().prepare_delta_change_value(change, value)
        choices = dict(self.model._meta.get_field(change.field).flatchoices)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if value in (None, "", []) or (isinstance(value, DeletedObject) and value.pk is None):
            return "–"
        return ", ".join(map(str, value)) if isinstance(value, list) else choices.get(value, value)
