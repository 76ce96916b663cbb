"""Bringing back what a record, or one row of it, said before: checked like any entry, and published by nobody."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from .models import Publication, Revision, one_change
from .models.content import Content, contents, row_models_of, stored_fields, with_values

# Going back to what a record said does not take back that it was published, nor publish it.
STAY = frozenset({"state", "publish_at"})
BROUGHT_BACK = gettext_noop("brought back to what it said before")


def restore(model: type[models.Model], revision: Revision, names: set[str]) -> models.Model:
    """Bring the record back, with all its rows, to what it said in ``revision``; return it.

    ``names`` are the fields that whoever does it may set; the others stay as they are today, as do publication and rows
    that are not what the record says. What was removed comes back as a draft. Raise ``ValidationError`` where it cannot
    be, and then change nothing.
    """
    key, content = revision.record, revision.content
    with one_change(reason=BROUGHT_BACK):
        today = contents(model, [key]).get(key)
        fields = {name: value for name, value in content["fields"].items() if name in names - STAY}
        if today is None:
            fields = _last_known(model, key) | fields
        rows: list[Any] = [row for row, _look_up in row_models_of(model)]
        rows = [row for row in rows if row.is_content or today is None]
        for row in reversed(rows):
            _remove_others(row, today, content)
        record = _put(model, key, fields)
        for row in rows:
            found = content["rows"].get(row._meta.label_lower, {})
            _refuse_moved(row, map(int, found), record)
            _put_all(row, found, today)
        if isinstance(record, Publication) and record.is_public and (lacks := record.shortcomings()):
            raise ValidationError(lacks)
    return record


def restore_row(model: type[models.Model], revision: Revision, key: str) -> models.Model:
    """Bring one row back, of the kind ``model``, as it was in ``revision`` of its record; return it.

    Raise ``KeyError`` where it was not there, ``ValidationError`` where it cannot be brought back.
    """
    fields = revision.content["rows"][model._meta.label_lower][key]
    with one_change(reason=BROUGHT_BACK):
        _refuse_moved(model, [int(key)], apps.get_model(revision.kind)(pk=revision.record))
        return _put(model, int(key), fields)


def _refuse_moved(model, keys, record):
    """A row that belongs to another record by now is not taken from it, whoever may change that one."""
    for row in model._base_manager.filter(pk__in=list(keys)):
        if row.main_record != record:
            raise ValidationError(
                _("“%(row)s” belongs to %(record)s by now.") % {"row": row, "record": row.main_record}
            )


def _last_known(model, key):
    """What a removed record said last, the columns that no form offers included; without its publication, and without
    what such columns point at where that is gone: what follows from others is derived anew."""
    last = Revision.objects.of(model(pk=key)).applied().newest_first()[0].content
    derived = {name: value for name, value in last["derived"].items() if not _is_gone(model, name, value)}
    return {name: value for name, value in (derived | last["fields"]).items() if name not in STAY}


def _is_gone(model, name, key):
    """Whether a column that no form offers points at what is no more."""
    field = next((each for each in stored_fields(model, editable=False) if each.name == name), None)
    if field is None or not field.many_to_one or key is None:
        return False
    return not field.related_model._base_manager.filter(pk=key).exists()


def _remove_others(row: type[models.Model], today: Content | None, content: Content) -> None:
    """Rows come to their end one by one, so that what rests on them follows."""
    label = row._meta.label_lower
    there = today["rows"].get(label, {}).keys() if today else set()
    for other in row._base_manager.filter(pk__in=there - content["rows"].get(label, {}).keys()):
        try:
            other.delete()
        except (ProtectedError, RestrictedError) as error:
            raise ValidationError(_("“%(row)s” cannot be removed.") % {"row": other}) from error


def _put_all(row, rows, today):
    """One may only take the place that another leaves: whatever is refused is tried again after the others."""
    there = today["rows"].get(row._meta.label_lower, {}) if today else {}
    waiting = {key: fields for key, fields in rows.items() if there.get(key) != fields}
    while waiting:
        refused = {}
        for key, fields in waiting.items():
            try:
                _put(row, int(key), fields)
            except ValidationError as error:
                refused[key] = error
        if len(refused) == len(waiting):
            raise next(iter(refused.values()))
        waiting = {key: waiting[key] for key in refused}


def _put(model, key, fields):
    record = with_values(model._base_manager.filter(pk=key).first() or model(pk=key), fields)
    record.full_clean()
    record.save()
    for field in stored_fields(model, editable=True):
        if field.many_to_many and field.name in fields:
            _link(record, field, fields[field.name])
    return record


def _link(record, field, keys):
    there = set(field.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    if missing := [key for key in keys if key not in there]:
        text = models.ForeignKey.default_error_messages["invalid"]
        values = {"model": field.related_model._meta.verbose_name, "field": "id", "value": missing[0]}
        raise ValidationError(text % values)
    getattr(record, field.name).set(keys)
