"""A merger taken back: act by act, the last one first. What was changed since stays, and is told."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..models import Merger, Publication, Revision, Versioned, one_change, rehearsal
from ..models.content import contents, differences, is_content, plain_values, with_values
from ..templatetags.moments import in_moment
from ..values_in_words import ValuesInWords
from .addresses import point_back
from .ledger import keys_of, links_of, relink
from .ways import twin_of

State = Publication.State
PARTED = gettext_noop("records that had been made one were parted again")


class Undoing:
    """``told`` says in words what could not be as it was, and what is to be published by itself again."""

    def __init__(self, merger: Merger, change: Any, now: datetime) -> None:
        self.merger, self.change, self.now, self.told = merger, change, now, list[str]()

    def take_back(self) -> None:
        for act in reversed(self.merger.acts):
            getattr(self, f"_{act['what']}")(act)
        for record in touched_by(self.merger):
            if self.change.has_changed(record) and not self.change.has_changed(record, "publish_at"):
                self._tell_of_cancelled(record)

    def _tell_of_cancelled(self, record):
        """A moment that was set since stood for what it says no more."""
        if getattr(record, "publish_at", None) is not None:
            text = _("%(record)s was to be published at a moment that was set: it is cancelled, as the record changes")
            self.told.append(text % {"record": record})

    def _changed(self, act):
        row = _stored(act)
        if row is None:
            self._tell_of_removed(act)
            return
        now = plain_values(row, act["after"])
        own = {name: value for name, value in act["before"].items() if now[name] == act["after"][name]}
        for name in act["before"].keys() - own.keys():
            self._tell(row, name, now[name])
        if own and not (objection := _objection(with_values(row, own))):
            row.save()
        elif own:
            self.told.append(f"{row}: {objection}")

    def _added(self, act):
        row = _stored(act)
        if row is None:
            return
        if plain_values(row, act["after"]) == act["after"]:
            try:
                row.delete()
                return
            except (ProtectedError, RestrictedError):
                pass
        self.told.append(_("“%(row)s” was changed meanwhile, and stays.") % {"row": row})

    def _removed(self, act):
        """Under its key, as it was."""
        model: Any = apps.get_model(act["kind"])
        is_record = (act["kind"], act["key"]) == (self.merger.kind, self.merger.gone)
        row = with_values(model(pk=act["key"]), act["before"])
        objection = _("It is there again already.") if _stored(act) else _objection(row)
        if objection and is_record:
            raise ValidationError(f"{self.merger.gone_title}: {objection}")
        if objection:
            self.told.append(f"{_name_of(row)}: {objection}")
            return
        if getattr(row, "publish_at", None) is not None:
            row.publish_at = self._moment_to_come(row, row.publish_at)
        row.save(force_insert=True)
        # Moments that a row notes by itself.
        stamped = [each for each in model._meta.concrete_fields if getattr(each, "auto_now_add", False)]
        if stamped:
            values = {each.name: each.to_python(act["before"][each.name]) for each in stamped}
            model._base_manager.filter(pk=row.pk).update(**values)
        for relation in links_of(model):
            there = relation.related_model._base_manager.filter(pk__in=act["before"].get(relation.name, []))
            getattr(row, relation.name).set(there)

    def _linked(self, act):
        record = _stored(act)
        if record is None:
            self._tell_of_removed(act)
            return
        there, other = keys_of(record, act["name"]), record._meta.get_field(act["name"]).related_model
        if set(act["after"]) - set(there):
            self._tell(record, act["name"], there)
            return
        back = other._base_manager.filter(pk__in=act["before"]).values_list("pk", flat=True)
        relink(self.change, record, act["name"], act["after"], list(back))

    def _address(self, act):
        point_back(act)

    def _moment(self, act):
        """It was set for what the record said before, and stands for nothing else."""
        record = _stored(act)
        if record is None or record.state != State.IN_REVIEW or record.publish_at is not None:
            return
        moment = record._meta.get_field("publish_at").to_python(act["publish_at"])
        if not _says_the_same(record, self.merger.data_version):
            words = _(
                "“%(row)s” was to be published on %(moment)s. It says something else by now: set the moment anew."
            )
            self.told.append(words % {"row": record, "moment": in_moment(moment)})
        elif self._moment_to_come(record, moment) is not None:
            record.publish_at = moment
            record.save()

    def _moment_to_come(self, record, moment):
        if moment <= self.now:
            text = _("“%(row)s” was to be published on %(moment)s, which has passed: it waits for a new one.")
        else:
            text = _("“%(row)s” is to be published on %(moment)s again, as it was before.")
        self.told.append(text % {"row": record, "moment": in_moment(moment)})
        return moment if moment > self.now else None

    def _tell(self, row, name, now):
        words = ValuesInWords(type(row), [(type(row), {name: now})])
        said = {"row": row, "field": words.label(type(row), name), "value": words.value(type(row), name, now)}
        self.told.append(_("%(row)s, %(field)s: changed meanwhile, and stays: %(value)s") % said)

    def _tell_of_removed(self, act):
        kind = apps.get_model(act["kind"])._meta.verbose_name
        self.told.append(_("%(kind)s %(number)s is no more.") % {"kind": kind, "number": act["key"]})


def undo(merger: Merger, now: datetime, account: Any) -> list[str]:
    """Part the two again, as one change; return what could not be as it was. Raise ``ValidationError`` where they
    cannot be parted, and then change nothing."""
    with one_change(reason=PARTED) as change:
        merger = Merger.objects.standing().filter(pk=merger.pk).first() or _refuse(_("It was undone already."))
        model = apps.get_model(merger.kind)
        if (kept := model._base_manager.filter(pk=merger.kept).first()) is None:
            _refuse(_("“%(kept)s” is no more: bring it back first.") % {"kept": merger.kept_title})
        undoing = Undoing(merger, change, now)
        undoing.take_back()
        change.note_owner(kept)
        merger.undone_at, merger.undone_by = now, account
        merger.save()
    return undoing.told


def rehearse_undoing(merger: Merger, now: datetime, account: Any) -> list[str]:
    """What it would tell to undo the merger: it is done, and taken back."""
    with rehearsal():
        told = undo(merger, now, account)
    return told


def touched_by(merger: Merger) -> list[Any]:
    """The records that are there now and that it changed, or that it would bring back."""
    found: dict[Any, Any] = {}
    for act in merger.acts:
        row = _stored(act) if act["what"] != "address" else None
        record = getattr(row, "main_record", None) if row is not None else None
        if record is not None:
            found[type(record), record.pk] = record
    return list(found.values())


def _refuse(text):
    raise ValidationError(text)


def _says_the_same(record: Any, version: int) -> bool:
    """Whether it says what it said before a data version."""
    before = Revision.objects.of(record).filter(data_version__lt=version).newest_first().first()
    found = differences(before.content, contents(type(record), [record.pk])[record.pk]) if before else ()
    return before is not None and not any(map(is_content, found))


def _stored(act) -> Any:
    return apps.get_model(act["kind"])._base_manager.filter(pk=act["key"]).first()


def _name_of(row: models.Model) -> str:
    """What names a row may be gone."""
    return f"{row._meta.verbose_name} {row.pk}"


def _objection(row: Any) -> str:
    """What stands against storing it as it is, in words."""
    others = {each.name for each in row._meta.concrete_fields if not each.is_relation}
    try:
        row.clean_fields(exclude=others)
        if isinstance(row, Versioned):
            row.validate_constraints()
    except ValidationError as error:
        return " ".join(error.messages)
    twin = twin_of(row)
    return _("“%(row)s” has its place by now.") % {"row": twin} if twin is not None else ""
