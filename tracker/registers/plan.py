"""The plan of an index: which parts the one of a register has, and what each of them reads of the database.

All follows from the one declaration of the register.
"""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from tracker.records.models import Publication

from .facets import TOTAL, Facet
from .filters import NotAfter, NotBefore, OneOf
from .parts import DaysPart, IndexPart, OrderPart, PartName, ValuesPart
from .register import Register
from .word_parts import LinksPart, WordsPart

ANY_DAY = date(2000, 1, 1)


@cache
def model_of(register: Register) -> type[Model]:
    """The kind of record that a register is of. To put its records together takes longer than to look something up."""
    return register.records(ANY_DAY).model


@cache
def parts_of(register: Register) -> dict[PartName, IndexPart]:
    """The parts of the index of a register, all from its one declaration."""
    facets = {facet.name: facet for facet in register.facets}
    # Choices that no facet counts can be filtered by nevertheless.
    for name, filter_ in register.filterset.base_filters.items():
        if name not in facets and isinstance(filter_, OneOf):
            facets[name] = Facet(name=name, title="", value=filter_.field_name)
    if register.apart:
        facets[TOTAL] = Facet(name=TOTAL, title="", value=register.apart)
    found: dict[PartName, IndexPart] = {("values", name): ValuesPart(facet) for name, facet in facets.items()}
    found |= {("order", sort): OrderPart(register, sort) for sort in register.sorts}
    for filter_ in register.filterset.base_filters.values():
        if isinstance(filter_, (NotBefore, NotAfter)):
            found["days", filter_.field_name] = DaysPart(filter_.field_name)
    return found | _parts_of_words(register)


def _parts_of_words(register):
    model = model_of(register)
    found: dict[PartName, IndexPart] = {("words", column): WordsPart(model, column) for column in ("names", "texts")}
    for related in register.related:
        found["links", related.path] = LinksPart(related.path)
        if related.register is None:
            found["words", related.path] = WordsPart(related.model(model), "names")
    return found


def statement(query: QuerySet) -> str:
    """What is asked of the database, as text."""
    sql, parameters = query.query.sql_with_params()
    return f"{sql} {parameters}"


@dataclass(frozen=True)
class Reads:
    """Which records a query reads: the kinds other than that of the register, and whether one of its own may depend on
    another of them."""

    others: frozenset[str]
    is_of_own: bool

    def is_affected(self, has_changed: bool, others: Set[str]) -> bool:
        """Whether a change may have reached records that did not change themselves."""
        return bool(self.others & others) or (has_changed and self.is_of_own)

    @classmethod
    def of(cls, query: QuerySet) -> "Reads":
        own = query.model._meta
        tables = re.findall(r'(?:FROM|JOIN) "(\w+)"', statement(query))
        kinds = frozenset(_kind_by_table()[table] for table in tables)
        return cls(kinds - {own.label_lower}, tables.count(own.db_table) > 1)


@cache
def reads_of(register: Register) -> tuple[Reads, dict[PartName, Reads]]:
    """What decides which records the register has; and what each part of its index reads. Of all days the same."""
    records = register.records(ANY_DAY)
    return Reads.of(records.values("pk")), {name: _reads(part, records) for name, part in parts_of(register).items()}


def _reads(part, records):
    if isinstance(part, WordsPart):
        return _reads_of_words(part, records.model)
    found = Reads.of(part.query(records))
    is_named = isinstance(part, ValuesPart) and part.facet.is_named_by_rows
    return replace(found, is_of_own=False) if is_named else found


def _reads_of_words(part, model):
    """Its entry is written with each record; those of another kind are read whole."""
    return Reads(frozenset() if part.model is model else frozenset([part.model._meta.label_lower]), is_of_own=False)


@cache
def _kind_by_table():
    """By table, the kind of record in whose history changes of it stand."""
    return {model._meta.db_table: _kind_of(model) for model in apps.get_models(include_auto_created=True)}


def _kind_of(model: Any) -> str:
    if model._meta.auto_created:
        return _kind_of(model._meta.auto_created)
    if not issubclass(model, Publication) and (name := getattr(model, "owner_name", "")):
        return _kind_of(model._meta.get_field(name).related_model)
    return model._meta.label_lower
