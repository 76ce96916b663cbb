"""What points at one record is moved to another: rows that cannot stand beside those of the other are joined."""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from ..models.content import plain_values, stored_fields, with_values
from ..values_in_words import ValueChange, ValuesInWords
from .ledger import Ledger, keys_of, links_of
from .ways import is_own_record, twin_of, ways_to

EMPTY = (None, "", [])


@dataclass
class JoinedRow:
    """A row that stood for the same as another; ``left`` is what it said otherwise, and that is not kept."""

    kind: str
    row: str
    record: str
    left: list[ValueChange] = field(default_factory=list)


@dataclass
class Joining:
    """Moves what points at one record to another, rows of rows included; notes each act in the ledger.

    ``moved`` counts the rows by their kind and that of the record they belong to.
    ``left_out`` are kinds of rows that come to their end with the record they belong to. ``refusals`` say what stands
    against it, in words: then nothing may be kept of it.
    """

    ledger: Ledger
    left_out: frozenset[type[models.Model]] = frozenset()
    moved: Counter[tuple[type[models.Model], type[models.Model]]] = field(default_factory=Counter)
    joined: list[JoinedRow] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def move_all(self, gone: models.Model, kept: models.Model) -> None:
        for way in ways_to(type(gone)):
            for row in list(way.model._base_manager.filter(**{way.name: gone}).order_by("pk")):
                if not way.editable:
                    self._let_follow(row, way, kept)
                elif way.many_to_many:
                    self._count(row)
                    self.ledger.link(row, way.name, gone.pk, kept.pk)
                elif way.model in self.left_out:
                    self.ledger.remove(row)
                else:
                    self._move(row, way, kept)
        for relation in links_of(type(gone)):
            for key in keys_of(gone, relation.name):
                if key not in (gone.pk, kept.pk) or relation.related_model is not type(gone):
                    self.ledger.link(kept, relation.name, None, key)

    def _count(self, row):
        record = getattr(row, "main_record", row)
        self.moved[type(row), type(record)] += 1

    def _let_follow(self, row, way, kept):
        """What is derived is derived anew; a column has to point somewhere until then."""
        if not way.many_to_many:
            type(row)._base_manager.filter(pk=row.pk).update(**{way.name: kept})
        self.ledger.change.note_owner(row)

    def _move(self, row, way, kept):
        if row == kept:  # it names itself no more
            self.ledger.change_columns(row, {way.name: None})
            return
        moved = copy(row)
        setattr(moved, way.attname, kept.pk)
        twin = twin_of(moved)
        if twin is not None and (is_own_record(row) or is_own_record(twin)):
            text = _("“%(one)s” and “%(other)s” cannot both belong to what is kept: mend one of them first.")
            self.refusals.append(text % {"one": row, "other": twin})
        elif twin is not None:
            self._join(row, twin, way)
        elif not (objection := self._objection(row, moved, way, kept)):
            names = {name for name, value in plain_values(moved).items() if value != plain_values(row)[name]}
            self._count(row)
            self.ledger.change_columns(row, plain_values(moved, names))
        else:
            self.refusals.append(f"{row}: {objection}")

    def _objection(self, row, moved, way, kept) -> str:
        """What stands against it that the row names the other one, in words. Where it names it twice by that, and need
        not, it names it once."""
        ways = [each for each in ways_to(type(kept)) if each.model is way.model and not each.many_to_many]
        others = [each for each in ways if each != way]
        objection = _broken(moved) if others else ""
        for other in [each for each in others if each.null and getattr(moved, each.attname) == kept.pk]:
            if objection:
                setattr(moved, other.attname, None)
                self.emptied.append(f"{row}: {other.verbose_name}")
                objection = _broken(moved)
        if not objection and is_own_record(row) and not _rule(row):
            objection = _rule(moved)
        return objection

    def _join(self, row, twin, way):
        """The row that stays takes over what it does not say itself."""
        record = str(row.main_record) if hasattr(row, "main_record") else ""
        of_both = {way.name, getattr(row, "owner_name", "")}
        names = [each.name for each in stored_fields(type(row), editable=True) if not each.many_to_many]
        mine, others = (plain_values(each, [name for name in names if name not in of_both]) for each in (twin, row))
        differing = [name for name in mine if others[name] not in EMPTY and others[name] != mine[name]]
        taken = _that_fit(twin, {name: others[name] for name in differing if mine[name] in EMPTY})
        words = ValuesInWords(type(row), [(type(row), mine), (type(row), others)])
        left = [
            ValueChange(
                words.label(type(row), name), *(words.value(type(row), name, of[name]) for of in (mine, others))
            )
            for name in differing
            if name not in taken
        ]
        self.joined.append(JoinedRow(str(row._meta.verbose_name), str(row), record, left))
        self.ledger.change_columns(twin, taken)
        self.move_all(row, twin)
        self.ledger.remove(type(row)._base_manager.get(pk=row.pk))


def _that_fit(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The values, or none of them where the row could not have them."""
    filled = with_values(copy(row), values)
    return {} if values and (_broken(filled) or twin_of(filled)) else values


def _broken(row: Any) -> str:
    """The rule of the database that a row breaks, in words; empty where it breaks none."""
    rules: list[Any] = [each for each in row._meta.constraints if isinstance(each, CheckConstraint)]
    for rule in rules:
        try:
            rule.validate(type(row), row)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def _rule(record: Any) -> str:
    """What the record itself says is wrong with it."""
    try:
        record.clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
