"""What columns read, for many records at once: one query for what stands in a record or in one that it names, and one
for each kind of rows that belong to it. No record is made of it, and whoever is hidden is not read at all."""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db.models import Case, F, Model, Q, QuerySet, Value, When
from django.db.models.base import ModelState

from tracker.records.models.publication import Publication
from tracker.records.public import published_along
from tracker.records.remembering import Remembered

from .prepared import KEYS, Prepared


@dataclass(frozen=True)
class Sparse:
    """A path that leads somewhere in few records only: those in which there is something at the path ``where``."""

    path: str
    where: str


Read = str | Sparse


def sparse(where: str, reads: Iterable[Read], *beginnings: str) -> tuple[Read, ...]:
    """The same, and those of the paths that begin so as sparse."""
    return tuple(
        Sparse(read, where) if isinstance(read, str) and read.startswith(beginnings) and read != where else read
        for read in reads
    )


@dataclass(frozen=True, eq=False)
class RowsIn:
    """The rows of a record in a relation, in their own order, as tuples whose parts are named as what is read of each;
    ``where`` narrows them. Rows of rows are at the end of a path (``events__claims``). Records in a relation to many
    are such rows, where the public may know of them."""

    relation: str
    reads: tuple[str, ...]
    where: Q = field(default_factory=Q)

    @cached_property
    def made(self) -> Callable:
        names = [read.replace("__", "_") for read in self.reads]
        row: Any = namedtuple("row", names)  # type: ignore[misc]
        return row._make

    def query(self, model: type[Model]) -> QuerySet:
        """What is read of each for the records of ``KEYS``, after the key of the record, and whether it is shown."""
        *steps, last = self.relation.split("__")
        further = ""
        for step in steps:
            passed: Any = model._meta.get_field(step)
            model, further = passed.related_model, f"__{passed.field.name}{further}"
        relation: Any = model._meta.get_field(last)
        if relation.many_to_many:
            rows, owner = relation.remote_field.through, relation.m2m_field_name()
            path = relation.m2m_reverse_field_name()
            order = [f"{path}__{name}" for name in relation.related_model._meta.ordering]
            where, reads = self.where & published_along(rows, path), tuple(f"{path}__{read}" for read in self.reads)
        else:
            rows, where, reads = relation.related_model, self.where, self.reads
            owner = relation.field.name + further
            order = rows._meta.ordering or ["pk"]
        # Not a condition of the query: SQLite would begin with all that are published, and look up the records last.
        is_shown = Case(When(where, then=Value(1))) if where else Value(1)
        found = rows._base_manager.filter(**{f"{owner}__in": KEYS}).order_by(*order)
        return found.values_list(f"{owner}_id", is_shown, *(_if_public(rows, read) for read in reads))


class Told(Remembered):
    """What a record says of itself in words: a property of its model, with the paths that this rests on. To be called
    with what they lead to; ``put`` takes the property."""

    def __init__(self, model: type[Model], name: str, *paths: str, put: Callable = lambda said: said) -> None:
        super().__init__(self._say)
        self.model, self.name, self.put = model, name, put
        self.reads = tuple(_with_steps(model, paths))
        self.plan = _plan(model, self.reads)

    def _say(self, *values):
        said = self.put(getattr(_stand_in(self.plan, values), self.name))
        return str(said) if isinstance(said, str) else said

    def under(self, path: str) -> tuple[str, ...]:
        """What it reads, of a record in a relation."""
        return tuple(f"{path}__{read}" for read in self.reads)

    def if_public(self) -> Remembered:
        """The same with one more value before the others: None, and so is the answer, where the record is hidden."""
        return Remembered(lambda key, *values: None if key is None else self._say(*values))

    def of(self, rows: RowsIn) -> Callable[[Iterable[tuple]], list]:
        """The same, said of each of some rows, of which all that is read must be read."""
        values = itemgetter(*(rows.reads.index(read) for read in self.reads))

        def of_each(found):
            say = self.in_force()
            return [say(*values(row)) for row in found]

        return of_each


class Reader:
    """Reads the values of ``columns`` for records of a queryset, and ``further`` rows of them."""

    def __init__(self, records: QuerySet, columns: Sequence[Any], further: Iterable[RowsIn] = ()) -> None:
        self.records, self.columns = records, columns
        reads = dict.fromkeys([*(read for column in columns for read in column.reads), *further])
        self.rows = [read for read in reads if isinstance(read, RowsIn)]
        self.sparse = defaultdict(list)
        for read in reads:
            if isinstance(read, Sparse):
                self.sparse[read.where].append(read)
        paths = dict.fromkeys(read for read in reads if isinstance(read, str)) | dict.fromkeys(self.sparse)
        self.paths = tuple(paths)
        self._prepared: dict[Any, Prepared] = {}

    def read(self, keys: Sequence[int]) -> list[Sequence]:
        """The values of each column, for the records that have these keys, in their order."""
        return values_of(self.columns, self.all(keys))

    def all(self, keys: Sequence[int]) -> dict[Any, Sequence]:
        """``{what is read: the value of each record}``, for the records that have these keys, in their order."""
        found = self._found(keys, self.paths)
        own = [key for key in keys if key in found]
        if not own:
            return {read: [] for read in (*self.paths, *chain.from_iterable(self.sparse.values()), *self.rows)}
        read: dict[Any, Sequence] = dict(zip(self.paths, zip(*(found[key] for key in own), strict=True), strict=True))
        for where, paths in self.sparse.items():
            some = [key for key, value in zip(own, read[where], strict=True) if value is not None]
            further = self._found(some, tuple(each.path for each in paths))
            nothing = (None,) * len(paths)
            read |= zip(paths, zip(*(further.get(key, nothing) for key in own), strict=True), strict=True)
        for rows in self.rows:
            by_key = self._rows(rows, own)
            read[rows] = [tuple(by_key.get(key, ())) for key in own]
        return read

    def _found(self, keys, paths):
        """``{key: what the paths lead to}``"""
        if not keys:
            return {}
        if paths not in self._prepared:
            read = (_if_public(self.records.model, path) for path in paths)
            self._prepared[paths] = Prepared(self.records.filter(pk__in=KEYS).order_by().values_list("pk", *read))
        return {row[0]: row[1:] for row in self._prepared[paths].rows(keys)}

    def _rows(self, rows, keys):
        """``{key: its rows}`` of those that have some."""
        if rows not in self._prepared:
            self._prepared[rows] = Prepared(rows.query(self.records.model))
        found = defaultdict(list)
        for key, is_shown, *row in self._prepared[rows].rows(keys):
            if is_shown:
                found[key].append(rows.made(row))
        return found


def values_of(columns, read) -> list[Sequence]:
    """The values of each column, from ``{what is read: the value of each record}``."""
    return [_values(column, [read[each] for each in column.reads]) for column in columns]


def read_from(columns, objects: Iterable[Any]) -> list[Sequence]:
    """The same of objects in memory, which have what is read as attributes."""
    objects = list(objects)
    reads = {read for column in columns for read in column.reads}
    return values_of(columns, {read: [getattr(each, read) for each in objects] for read in reads})


def _values(column, read):
    value = column.value
    if value is None:
        return read[0]
    if isinstance(value, Remembered):
        value = value.in_force()
    return list(map(value, *read))


@cache
def _if_public(model, path):
    """The value at the end of a path, or nothing where whoever is on the path is hidden. Whether there is somebody at
    its end is no secret, and who it is does not follow from a key."""
    passed, _separator, _last = path.rpartition("__")
    condition = published_along(model, passed) if passed else Q()
    return Case(When(condition, then=F(path))) if condition else path


def _with_steps(model, paths):
    """The paths, and what tells of each relation on them whether there is a record, and whether it is public."""
    found = dict.fromkeys(paths)
    for path in paths:
        passed, step_model = "", model
        for step in path.split("__")[:-1]:
            related = step_model._meta.get_field(step)
            found[passed + related.attname] = None
            passed, step_model = f"{passed}{step}__", related.related_model
            if issubclass(step_model, Publication):
                found[f"{passed}state"] = None
    return found


def _plan(model, reads):
    """Of a stand-in: its model, its fields, what picks their values, and the relations with the places of their keys
    and their plans."""
    places = {read: place for place, read in enumerate(reads)}
    return _plan_below(model, "", places)


def _plan_below(model, prefix, places):
    own, relations = {}, {}
    for read, place in places.items():
        if read.startswith(prefix):
            name, _separator, further = read.removeprefix(prefix).partition("__")
            if further:
                relations[name] = None
            else:
                own[name] = place
    for name in relations:
        related: Any = model._meta.get_field(name)
        key = places[prefix + related.attname]
        relations[name] = (key, _plan_below(related.related_model, f"{prefix}{name}__", places))
    pick = itemgetter(*own.values()) if len(own) > 1 else lambda values: tuple(values[place] for place in own.values())
    return model, tuple(own), pick, relations


def _stand_in(plan, values):
    """A record that has what the plan says, and nothing else: it was not read as one, and cannot be saved."""
    model, names, pick, relations = plan
    record = object.__new__(model)
    state = record.__dict__["_state"] = ModelState()
    record.__dict__.update(zip(names, pick(values), strict=True))
    for name, (key, below) in relations.items():
        state.fields_cache[name] = None if values[key] is None else _stand_in(below, values)
    return record
