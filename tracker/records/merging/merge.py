"""Two records made one: what is chosen for each field, what follows, and the act itself."""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..models import NOT_CONTENT, DataVersion, Merger, ProposedChange, Publishable, one_change, rehearsal
from ..models.content import plain_values, stored_fields, with_values
from ..values_in_words import ValuesInWords
from .addresses import has_been_public, is_public, redirect
from .joining import EMPTY, JoinedRow, Joining
from .ledger import Ledger
from .names import all_lines, keep_name, line_columns, name_columns, name_rows, names_in

State = Publishable.State
MADE_ONE = gettext_noop("two records of the same were made one")
NOTE = "editors_note"


@dataclass
class FieldChoice:
    """A column in which the two differ, in words; ``is_taken``: what the one that goes says is to stay; ``is_open``:
    both say something, so that one of the two is lost."""

    name: str
    label: str
    kept: object
    gone: object
    is_taken: bool
    is_open: bool


@dataclass
class MergingPair:
    """The record that stays, and the one that is taken into it. ``chosen`` says of columns, by their names, whether the
    second is to be believed; of the others it is where the first says nothing."""

    kept: Any
    gone: Any
    chosen: Mapping[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.was_public = has_been_public(self.gone)
        # What the public does not know does not become public by being taken into what it knows: not what was written
        # into a record since it went back to draft, either.
        self.is_secret = not is_public(self.gone) and has_been_public(self.kept)
        self._said = {"kept": self._values(self.kept), "gone": self._values(self.gone)}

    def choices(self, hidden: Collection[str] = ()) -> list[FieldChoice]:
        model = type(self.kept)
        kept, gone = self._said["kept"], self._said["gone"]
        words = ValuesInWords(model, [(model, kept), (model, gone)])
        names = [each for each in kept if each not in hidden and kept[each] != gone[each] and gone[each] not in EMPTY]
        return [
            FieldChoice(
                name,
                words.label(model, name),
                words.value(model, name, kept[name]),
                words.value(model, name, gone[name]),
                is_taken=self._is_taken(name),
                is_open=kept[name] not in EMPTY,
            )
            for name in names
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What is to be set in the one that stays."""
        found = {name: value for name, value in self._said["gone"].items() if self._is_taken(name)}
        for name in line_columns(type(self.kept)) if not self.is_secret else ():
            found[name] = all_lines(type(self.kept), getattr(self.kept, name), getattr(self.gone, name))
        notes = [getattr(each, NOTE, "") for each in (self.kept, self.gone)]
        return found | ({NOTE: "\n\n".join(dict.fromkeys(filter(None, notes)))} if notes[1] else {})

    def refusals(self) -> list[str]:
        """What stands against it, whoever does it."""
        if type(self.kept) is not type(self.gone) or self.kept.pk == self.gone.pk:
            return [_("Choose two different records of one kind.")]
        states = [getattr(each, "state", "") for each in (self.kept, self.gone)]
        if State.WITHDRAWN in states:
            return [_("A withdrawn record stays as it is: its address says when and why it was withdrawn.")]
        if ProposedChange.objects.of(self.gone).pending().exists():
            text = _("A change of “%(gone)s” is proposed: let somebody decide about it first.")
            return [text % {"gone": self.gone}]
        if self.was_public and not has_been_public(self.kept):
            text = _("“%(gone)s” is public and “%(kept)s” is not: keep the one that is public.")
            return [text % {"gone": self.gone, "kept": self.kept}]
        if any(self.gone.pk in list(_above(self.kept, each))[1:] for each in _to_itself(type(self.kept))):
            text = _("“%(gone)s” stands above what “%(kept)s” belongs to: keep the one above.")
            return [text % {"gone": self.gone, "kept": self.kept}]
        return []

    def _values(self, record):
        """What can be chosen; that one of the two names the other says nothing any more."""
        model = type(record)
        names = {each.name for each in stored_fields(model, editable=True) if not each.many_to_many}
        said = plain_values(record, names - {"slug"} - NOT_CONTENT - set(line_columns(model)))
        for each in _to_itself(model):
            keys = [said[each.name], *_above(record, each)]
            said[each.name] = None if {self.kept.pk, self.gone.pk} & set(keys) else said[each.name]
        return said

    def _is_taken(self, name):
        is_only_there = self._said["kept"][name] in EMPTY and self._said["gone"][name] not in EMPTY
        return self.chosen.get(name, is_only_there and not self.is_secret)


@dataclass
class Merged:
    """What was done: for those who look at it before it is."""

    pair: MergingPair
    merger: Merger
    joining: Joining
    names: list[str] = field(default_factory=list)

    @property
    def touched(self) -> list[Any]:
        return list(self.joining.ledger.touched.values())

    @property
    def joined(self) -> list[JoinedRow]:
        return self.joining.joined

    def has_changed_since(self, version: int) -> bool:
        return self.joining.ledger.has_changed_since(version)


def rehearse(pair: MergingPair, now: datetime) -> Merged:
    """What the merger would do: it is done, and taken back. Raise ``ValidationError`` where it cannot be."""
    with rehearsal():
        merged = merge(pair, now)
    return merged


def merge(pair: MergingPair, now: datetime) -> Merged:
    """Take one record into the other, with all that points at it, as one change. Raise ``ValidationError`` with what
    stands against it, and then change nothing."""
    with one_change(reason=MADE_ONE) as change:
        if refusals := pair.refusals():
            raise ValidationError(refusals)
        gone, kept, ledger = pair.gone, pair.kept, Ledger(change)
        joining = Joining(ledger, _left_out(pair))
        joining.move_all(gone, kept)
        if joining.refusals:
            raise ValidationError(joining.refusals)
        merger = _merger(pair, change, now)
        merger.names = redirect(ledger, gone, kept) if pair.was_public else []
        ledger.remove(type(gone)._base_manager.get(pk=gone.pk))
        merged = Merged(pair, merger, joining)
        merged.names = _settle(pair, ledger, type(kept)._base_manager.get(pk=kept.pk))
        # First, so that they are the last to be taken back: they stand for records as they were.
        merger.acts = [*ledger.moments(), *ledger.acts]
        merger.save()
    return merged


def _left_out(pair):
    rows = name_rows(type(pair.kept)) if pair.is_secret else None
    return frozenset([rows.related_model] if rows else [])


def _merger(pair, change, now):
    with translation.override(settings.LANGUAGE_CODE):
        titles = str(pair.gone)[:500], str(pair.kept)[:500]
    return Merger(
        kind=pair.kept._meta.label_lower,
        gone=pair.gone.pk,
        kept=pair.kept.pk,
        gone_title=titles[0],
        kept_title=titles[1],
        was_public=pair.was_public,
        data_version=DataVersion.current() + 1,
        made_at=now,
        account_id=change.account_id,
    )


def _settle(pair, ledger, kept):
    """Set what was chosen, and keep the name that is no more; return the names that were kept."""
    values = pair.values
    changed = {name: value for name, value in values.items() if plain_values(kept, [name])[name] != value}
    if changed:
        with_values(copy(kept), values).full_clean()
        ledger.change_columns(kept, values)
    ledger.touch(kept)
    column = name_columns(type(kept))[0]
    dropped = pair.kept if column in changed else None if pair.is_secret else pair.gone
    if dropped is None:
        return []
    return list(filter(None, [keep_name(ledger, kept, *names_in(dropped))]))


def _to_itself(model: type[models.Model]) -> list[Any]:
    return [each for each in model._meta.concrete_fields if each.is_relation and each.related_model is model]


def _above(record: Any, relation: Any) -> list[int]:
    """The keys of what stands above it, the next one first."""
    found: list[int] = []
    key = getattr(record, relation.attname)
    while key is not None and key not in found:
        found.append(key)
        key = type(record)._base_manager.filter(pk=key).values_list(relation.attname, flat=True).first()
    return found
