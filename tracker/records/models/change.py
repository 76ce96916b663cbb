"""A change of the data: records and their rows are saved, what is derived from them follows, the data version moves.

Three kinds of column hold what other columns say, and each has its place:

- what follows from a date in the same row, its bounds: the field itself (``fields.Bound``);
- what follows for a record from its own rows, or from records that it points at: its ``derive()``;
- what follows for other records: a function marked ``@follows(Model)`` in the ``derivation`` module of the room above.

Nothing of this reads a clock: what depends on the day is computed for the day, never stored.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.apps import apps
from django.db import models, transaction
from simple_history.models import HistoricalRecords

from ..fields import Bound
from .version import DataVersion, one_writer

Key = tuple[type[models.Model], int]
Follower = Callable[[models.Model, set[str]], Iterable[models.Model]]
_followers: dict[type[models.Model], list[Follower]] = defaultdict(list)
_under_way: ContextVar["Change | None"] = ContextVar("the change under way", default=None)


def follows(model: type[models.Model]) -> Callable[[Follower], Follower]:
    """The hook for rooms above: mark a function that says which records rest on one of ``model``.

    It is called with the record and the names of what changed in it: once the record has been derived, and (without
    names) before it is deleted. The records that it returns, as the database has them, are then derived themselves.
    """

    def mark(function: Follower) -> Follower:
        _followers[model].append(function)
        return function

    return mark


class Change:
    """What one change has touched so far. At its end everything derived is brought up to date."""

    def __init__(self) -> None:
        self._at_hand: dict[Key, list[models.Model]] = defaultdict(list)
        self._changed: set[Key] = set()
        self._loaded: dict[Key, models.Model] = {}
        self._names: dict[Key, set[str]] = defaultdict(set)

    def note(self, record: "Versioned", *names: str) -> None:
        """The record, or a row of it, was saved; ``names`` are columns whose change matters to others."""
        self.note_owner(record)
        self._changed.add((type(record), record.pk))
        self._names[type(record), record.pk].update(names)

    def note_owner(self, record: "Versioned") -> None:
        """Something has changed from which columns of the record are derived, though it is no part of the record."""
        self._at_hand[type(record), record.pk].append(record)

    def note_followers(self, record: "Versioned", names: set[str]) -> None:
        """What rests on a record that has changed, or is about to be deleted, is to be derived."""
        for function in _followers[type(record)]:
            for follower in function(record, names):
                self._loaded[type(follower), follower.pk] = follower

    def conclude(self) -> None:
        """Derive what was noted and what follows from it: older kinds of record first, since younger ones read them."""
        while waiting := self._at_hand.keys() | self._loaded.keys():
            self._conclude(min(waiting, key=_place))
        DataVersion.bump()

    def _conclude(self, key):
        at_hand, record = self._at_hand.pop(key, []), self._loaded.pop(key, None)
        # What those at hand hold may be long out of date.
        record = record or key[0]._base_manager.filter(pk=key[1]).first()
        if record is None:  # saved, then deleted
            return
        derived = record.derive()
        for other in at_hand:
            other.take_over(record, derived)
        names = derived | self._names.pop(key, set())
        if key in self._changed:
            self._changed.remove(key)
            record.after_change(names)
        self.note_followers(record, names)


def _place(key):
    """Older kinds of record come first: whatever a class points at was declared before it."""
    return _places()[key[0]], key[1]


@cache
def _places():
    return {model: place for place, model in enumerate(apps.get_models())}


@contextmanager
def one_change() -> Iterator[Change]:
    """Many saves as one change, all or nothing: what is derived from them follows once, and the version moves once.

    From here to its end no other change is made. Within another change it is part of that one.
    """
    outer = _under_way.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        one_writer()
        change = Change()
        token = _under_way.set(change)
        try:
            yield change
            change.conclude()
        finally:
            _under_way.reset(token)


class Versioned(models.Model):
    """A row whose every change is kept in the history and moves the data version."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is not None:
            names = set(kwargs["update_fields"])
            kwargs["update_fields"] = names | {field.name for field in self._bounds() if field.of in names}
        with one_change() as change:
            super().save(*args, **kwargs)
            self.note_in(change)

    def delete(self, *args, **kwargs):
        with one_change() as change:
            change.note_followers(self, set())
            return super().delete(*args, **kwargs)

    def validate_constraints(self, exclude=None):
        """Also checks the constraints on the bounds of dates, which otherwise are computed on saving only."""
        exclude = set(exclude or ())
        for field in self._bounds():
            if field.of not in exclude:
                field.pre_save(self, add=False)
                exclude.discard(field.name)
        super().validate_constraints(exclude=exclude)

    def _bounds(self):
        return [field for field in self._meta.concrete_fields if isinstance(field, Bound)]

    @property
    def main_record(self):
        """The record that this row is, or belongs to."""
        return self

    def derive(self) -> set[str]:
        """Bring the columns up to date that follow from the record's own rows, or from records that it points at.

        Return the names of those that changed. Most records have none.
        """
        return set()

    def note_in(self, change: Change) -> None:
        """Say which record has changed with this row: by default it is one itself."""
        change.note(self)

    def after_change(self, names: set[str]) -> None:
        """Called once at the end of a change in which the record, or a row of it, was saved."""

    def store_derived(self, **values) -> set[str]:
        """Write derived columns where they differ, in the row and on the record; return the names of those that did.

        A list of primary keys stands for a relation to many. Derived columns are no change of the record: they have no
        history of their own.
        """
        columns = {name: value for name, value in values.items() if not self._meta.get_field(name).many_to_many}
        changed = {name for name in values.keys() - columns.keys() if self._store_links(name, set(values[name]))}
        stored = type(self)._base_manager.filter(pk=self.pk)
        before = stored.values(*columns).first() if columns else {}
        for name, value in columns.items():
            setattr(self, name, value)
        changed |= {name for name, value in columns.items() if before[name] != value}
        bounds = [field for field in self._bounds() if field.of in changed]
        changed |= {field.name for field in bounds}
        for field in bounds:
            field.pre_save(self, add=False)
        if differing := {name: getattr(self, name) for name in changed if not self._meta.get_field(name).many_to_many}:
            stored.update(**differing)
        return changed

    def _store_links(self, name, keys):
        links = getattr(self, name)
        if set(links.values_list("pk", flat=True)) == keys:
            return False
        links.set(keys)
        return True

    def take_over(self, record: "Versioned", names: set[str]) -> None:
        """Show what was derived for the same record as it was read from the database."""
        for name in names:
            if not self._meta.get_field(name).many_to_many:
                setattr(self, name, getattr(record, name))


class Row(Versioned):
    """A row that belongs to one record, its owner: what is derived from the owner's rows follows when it changes."""

    owner_name = ""
    # Whether a change of the row is a change of what the record says.
    is_content = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """A row that moves to another record is no longer the former one's, which must follow too."""
        with one_change() as change:
            moved = type(self)._base_manager.filter(pk=self.pk).exclude(**{self.owner_name: self.owner})
            former = [row.main_record for row in moved] if self.pk is not None else []
            super().save(*args, **kwargs)
            for record in former:
                change.note(record)

    def delete(self, *args, **kwargs):
        with one_change() as change:
            self.note_in(change)
            return super().delete(*args, **kwargs)

    def note_in(self, change):
        if self.is_content:
            change.note(self.main_record)
        else:
            change.note_owner(self.main_record)

    @property
    def owner(self):
        return getattr(self, self.owner_name)

    @property
    def main_record(self):
        return self.owner.main_record
