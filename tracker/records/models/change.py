"""A change of the data: records and their rows are saved, what is derived from them follows, the data version moves.

Three kinds of column hold what other columns say, and each has its place:

- what follows from a date in the same row, its bounds: the field itself (``fields.Bound``);
- what follows for a record from its own rows, or from records that it points at: its ``derive()``;
- what follows for other records: a function marked ``@follows(Model)`` in the ``derivation`` module of the room above.

Nothing of this reads a clock: what depends on the day is computed for the day, never stored.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from itertools import chain

from django.apps import apps
from django.db import models, router, transaction
from django.db.models.deletion import Collector
from django.utils.encoding import force_str

from ..fields import Bound
from ..middleware import account_id_of_request
from ..remembering import Remembered
from .content import row_models_of
from .revision import Key, Revision, Touched, upcoming_revision, write_revisions
from .search_entry import write_search_entries
from .version import DataVersion, one_writer

Follower = Callable[[models.Model, set[str]], Iterable[models.Model]]
_follower_functions: dict[type[models.Model], list[Follower]] = defaultdict(list)
_under_way: ContextVar["Change | None"] = ContextVar("the change under way", default=None)


def follows(model: type[models.Model]) -> Callable[[Follower], Follower]:
    """The hook for rooms above: mark a function that says which records rest on one of ``model``.

    It is called with the record and the names of what changed in it: once the record has been derived, and (without
    names) before it is deleted. The records that it returns, as the database has them, are then derived themselves.
    """

    def mark(function: Follower) -> Follower:
        _follower_functions[model].append(function)
        return function

    return mark


class Change:
    """What one change has touched so far. At its end everything derived is brought up to date, and history written.

    ``account`` is who makes it, if not whoever made the request; ``reason`` is why that changes which is noted now.
    """

    def __init__(self, account: models.Model | None = None, reason: str = "") -> None:
        self.account, self.reason = account, reason
        # Why what was public is corrected: shown to the public.
        self.correction = ""
        self._touched: dict[Key, Touched] = {}
        self._at_hand: dict[Key, list[models.Model]] = defaultdict(list)
        self._changed: set[Key] = set()
        # None: to be read once the change is at its end.
        self._followers: dict[Key, models.Model | None] = {}
        self._names: dict[Key, set[str]] = defaultdict(set)

    def note(self, record: "Versioned", *names: str) -> None:
        """The record, or a row of it, was saved; ``names`` are columns whose change matters to others."""
        key = type(record), record.pk
        self.note_kept(record)
        self._changed.add(key)
        self._names[key].update(names)

    def note_kept(self, record: "Versioned") -> None:
        """A row was saved that is kept in the history of the record, though the record does not say it."""
        self.note_owner(record)
        touched = self._touched.setdefault((type(record), record.pk), Touched(None))
        touched.reason, touched.is_noted = self.reason or touched.reason, True

    def note_owner(self, record: "Versioned") -> None:
        """Something has changed from which columns of the record are derived, though it is no part of the record."""
        key = type(record), record.pk
        self._at_hand[key].append(record)
        self._followers.pop(key, None)

    def note_removed(self, record: "Versioned") -> None:
        """The record is about to be deleted."""
        self._touched[type(record), record.pk] = Touched(None, title=str(record), reason=self.reason)

    def note_followers_of_removed(self, record: "Versioned") -> None:
        """What rests on a record that is about to be deleted is to be derived, as it will be by then."""
        for follower in _followers_of(record, set()):
            self._followers[type(follower), follower.pk] = None

    def conclude(self) -> None:
        """Derive what was noted and what follows from it: older kinds of record first, since younger ones read them.

        Where nothing was saved, as by a form that was refused, there was no change.
        """
        if not self._at_hand and not self._touched:
            return
        while waiting := self._at_hand.keys() | self._followers.keys():
            self._conclude(min(waiting, key=_place))
        DataVersion.bump()
        write_revisions(self._touched, self.account_id, DataVersion.current(), self.correction)
        write_search_entries(self._touched)

    @property
    def account_id(self) -> int | None:
        return self.account.pk if self.account else account_id_of_request()

    def has_changed(self, record: models.Model, *names: str) -> bool:
        """Whether the record, or a row of it, was saved in this change; with names, whether one of these was noted."""
        key = type(record), record.pk
        return key in self._changed and (not names or not self._names[key].isdisjoint(names))

    def has_noted(self, record: models.Model) -> bool:
        """Whether the record, or a row of it, was saved in this change."""
        touched = self._touched.get((type(record), record.pk))
        return touched is not None and touched.is_noted

    def _conclude(self, key):
        at_hand, record = self._at_hand.pop(key, []), self._followers.pop(key, None)
        # What those at hand hold may be long out of date.
        record = record or key[0]._base_manager.filter(pk=key[1]).first()
        if record is None:  # saved, then deleted
            return
        derived = record.derive()
        for other in at_hand:
            other.take_over(record, derived)
        names = derived | self._names.pop(key, set())
        if derived or key in self._touched:
            self._touched.setdefault(key, Touched(record, is_noted=False)).record = record
        if key in self._changed:
            self._changed.remove(key)
            record.after_change(names)
        for follower in _followers_of(record, names):
            self._followers[type(follower), follower.pk] = follower


def _followers_of(record, names):
    return chain.from_iterable(function(record, names) for function in _follower_functions[type(record)])


def _place(key):
    """Older kinds of record come first: whatever a class points at was declared before it."""
    return _places()[key[0]], key[1]


@cache
def _places():
    return {model: place for place, model in enumerate(apps.get_models())}


@contextmanager
def one_change(account: models.Model | None = None, reason: str = "") -> Iterator[Change]:
    """Many saves as one change, all or nothing: what is derived from them follows once, and the version moves once.

    From here to its end no other change is made. Within another change it is part of that one. The history names the
    ``account``, by default that of the request, and gives the ``reason`` for each record that is saved in this block.
    """
    outer = _under_way.get()
    if outer is not None:
        former, outer.reason = outer.reason, reason or outer.reason
        try:
            yield outer
        finally:
            outer.reason = former
        return
    with transaction.atomic():
        one_writer()
        change = Change(account, reason)
        token = _under_way.set(change)
        try:
            yield change
            change.conclude()
        finally:
            _under_way.reset(token)


class _TakenBack(Exception):
    """The end of a rehearsal."""


@contextmanager
def rehearsal() -> Iterator[Change]:
    """A change that is looked at, and taken back whole at the end of the block. Never part of another change, which it
    would take back too."""
    if _under_way.get() is not None:
        raise RuntimeError("A change cannot be rehearsed within another.")
    with suppress(_TakenBack), one_change() as change:
        yield change
        raise _TakenBack


def last_editor_id(record: models.Model) -> int | None:
    """Return the key of the account that last changed what the record says, its rows included; None where none did."""
    change = _under_way.get()
    if change is not None and change.has_noted(record):
        upcoming = upcoming_revision(record)
        if upcoming is not None and upcoming.is_content:
            return change.account_id
    if "writer" in vars(record):  # asked with it
        return vars(record)["writer"]
    last = Revision.objects.of(record).changing_content().newest_first()
    return last.values_list("account", flat=True).first()


@cache
def _choices(field):
    """``{code: its words, not yet in any language}``"""
    return dict(field.flatchoices)


@Remembered
def _words_of_choice(field, code):
    return force_str(_choices(field).get(code, code), strings_only=True)


class Versioned(models.Model):
    """A row whose every change is kept in the history and moves the data version."""

    # Whether it is kept in the revisions of the record that it belongs to, and has none itself.
    is_row = False

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
        own_rows = {model for model, _look_up in row_models_of(type(self))}
        with one_change() as change:
            change.note_followers_of_removed(self)
            collector = Collector(using=router.db_for_write(type(self), instance=self), origin=self)
            collector.collect([self])
            for field, other in _what_changes(collector):
                if field.editable:
                    other.note_in(change)
                else:
                    change.note_owner(other)
            for other in _what_falls(collector):
                if not other.is_row:
                    change.note_removed(other)
                elif type(other) not in own_rows and other != self:
                    other.note_in(change)
            return super().delete(*args, **kwargs)

    def _get_FIELD_display(self, field):
        """What Django's returns, which puts every choice of the field into words to find one."""
        return _words_of_choice(field, getattr(self, field.attname))

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

    @classmethod
    def write_beside(cls, keys: Collection[int]) -> None:
        """Write anew what is stored of these records beside the columns that revisions hold. Most have nothing."""

    def note_in(self, change: Change) -> None:
        """Say which record has changed with this row: by default it is one itself."""
        change.note(self)

    def after_change(self, names: set[str]) -> None:
        """Called once at the end of a change in which the record, or a row of it, was saved."""

    def store_derived(self, **values) -> set[str]:
        """Write derived columns where they differ, in the row and on the record; return the names of those that did.

        A list of primary keys stands for a relation to many. Derived columns are no change of the record by anybody.
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


def _what_falls(collector):
    """Yield what the database removes, as far as it has a history."""
    for row in chain(*collector.data.values(), *collector.fast_deletes):
        if isinstance(row, Versioned):
            yield row


def _what_changes(collector):
    """Yield the field and the record of each relation that the database takes from what stays, to one or to many."""
    for (field, _value), found in collector.field_updates.items():
        for other in chain(*found) if field.is_relation else ():
            if isinstance(other, Versioned):
                yield field, other
    links = defaultdict(set)
    for link in chain(*collector.data.values(), *collector.fast_deletes):
        model = type(link)._meta.auto_created
        for field in model._meta.many_to_many if model and issubclass(model, Versioned) else ():
            if field.remote_field.through is type(link):
                links[field].add(getattr(link, f"{field.m2m_field_name()}_id"))
    for field, keys in links.items():
        for other in field.model._base_manager.filter(pk__in=keys):
            yield field, other


class Row(Versioned):
    """A row that belongs to one record, its owner: what is derived from the owner's rows follows when it changes."""

    owner_name = ""
    is_row = True
    # Whether a change of the row is a change of what the record says.
    is_content = True
    # Whether the public may read of it, where it is content: not of days on which somebody is away.
    is_shown = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """A row that moves to another record is no longer the former one's, which must follow too."""
        with one_change() as change:
            moved = type(self)._base_manager.filter(pk=self.pk).exclude(**{self.owner_name: self.owner})
            former = [row.main_record for row in moved] if self.pk is not None else []
            super().save(*args, **kwargs)
            for record in former:
                self._note(change, record)

    def delete(self, *args, **kwargs):
        with one_change() as change:
            self.note_in(change)
            return super().delete(*args, **kwargs)

    @classmethod
    def is_for_the_public(cls) -> bool:
        return cls.is_content and cls.is_shown

    def note_in(self, change):
        self._note(change, self.main_record)

    def _note(self, change, record):
        note = change.note if self.is_content else change.note_kept
        note(record)

    @property
    def owner(self):
        return getattr(self, self.owner_name)

    @property
    def main_record(self):
        return self.owner.main_record
