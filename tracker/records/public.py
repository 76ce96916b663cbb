"""Who is named in public: one rule for pages, exports, searches and mail. Whoever is not published is not named, in no
relation. A sentence that needs somebody there says “a body not published here”; elsewhere nothing is said.

Kinds without a state (countries, people, themes, sources) are public once a published record, or a row of it, names
them. ``str()`` of a record names whatever there is: it is for the editors' desk alone.
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, Exists, F, Model, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from .languages import in_force, written
from .models.publication import Publication, is_published

NOT_PUBLISHED = _("a body not published here")


def public(record: Any) -> Any:
    """Return the record where the public may know of it, else None."""
    return record if getattr(record, "is_public", True) else None


def public_name(record: Any) -> str:
    """Return what the public calls the record, or that it is not published here, as text that knows its language; empty
    where there is none."""
    if record is None:
        return ""
    return written(getattr(record, "headline", record)) if public(record) else in_force(NOT_PUBLISHED)


def published_along(model: type[Model], path: str) -> Q:
    """The condition that every record on a path from ``model``, as in ``forum__names__name``, is public."""
    condition, passed = Q(), ""
    for step in path.split("__"):
        try:
            field: Any = model._meta.get_field(step)
        except FieldDoesNotExist:  # a look-up, such as pk
            break
        if not field.is_relation:
            break
        model, passed = field.related_model, f"{passed}{step}__"
        if issubclass(model, Publication):
            condition &= is_published(passed)
    return condition


def value_if_published(model: type[Model], path: str) -> Case:
    """The value at the end of a path; nothing where a record on the path is hidden."""
    return Case(When(published_along(model, path), then=F(path)))


@cache
def named_in_public(kind: type[Model]) -> Q:
    """The condition that a published record, or a row of it, names a record of a kind without a state."""
    return _is_named(ways_to_name(kind))


@cache
def behind_what_is_public(kind: type[Model]) -> Q:
    """The same, or that it is led to by what such a record keeps to itself, as by who answered: what is public may rest
    on it."""
    return _is_named(_ways_to_lead_to(kind))


def _is_named(ways) -> Q:
    condition = Q(pk__in=[])
    for model, field, shown in ways:
        condition |= Q(Exists(model._base_manager.filter(shown, **{field: OuterRef("pk")})))
    return condition


@cache
def ways_to_name(kind: type[Model]) -> list[tuple[type[Model], str, Q]]:
    """The columns and relations to many by which public pages name records of a kind, with the condition on the row."""
    return [way for way in _ways_to_lead_to(kind) if way[1] not in getattr(way[0], "NOT_SHOWN", ())]


def _ways_to_lead_to(kind):
    found = []
    for model in filter(_may_be_shown, apps.get_models()):
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if field.is_relation and field.related_model is kind:
                found.append((model, field.name, _is_shown(model)))
    return found


def _may_be_shown(model) -> bool:
    is_shown_row = getattr(model, "is_row", False) and model.is_for_the_public()
    return is_shown_row or issubclass(model, Publication)


def _is_shown(model) -> Q:
    """The condition that a row is public: its own state, where it has one, and that of the record it belongs to."""
    condition, path, owner = is_published() if issubclass(model, Publication) else Q(), "", model
    while name := getattr(owner, "owner_name", ""):
        path, owner = f"{path}{name}__", owner._meta.get_field(name).related_model
    return condition & published_along(model, path.removesuffix("__")) if path else condition
