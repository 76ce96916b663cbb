"""Crafted addresses of the admin, made from its models."""

from collections.abc import Iterator

from django.db import models

from tests.abuse.hostile import VALUES, quoted

KINDS = ("superscript", "65 bits", "4,300 digits and more", "a word", "surrogate", "commas", "negative", "path")
CRAFTED = [quoted(VALUES[kind]) for kind in KINDS]
PAGES = ("change/", "delete/", "history/", "history/1/", "")
ODD_LOOKUPS = ("id__in", "pk", "id__gte", "id__range", "id__regex", "nonsense", "id__nonsense__more")
OF_THE_LIST = ("o", "p", "e", "q", "all", "_to_field", "_popup", "_changelist_filters", "_facets")


def start(model: type[models.Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def keyed(model: type[models.Model]) -> Iterator[str]:
    """The pages of a record that no key of ours leads to; and of revisions that nobody made."""
    for key in CRAFTED:
        yield from (f"{start(model)}{key}/{page}" for page in PAGES)
        yield f"{start(model)}1/history/{key}/"
    yield f"{start(model)}{CRAFTED[0]}/password/"


def prefilled(model: type[models.Model]) -> Iterator[str]:
    """The form of a new record that starts with what cannot be."""
    names = [field.name for field in (*model._meta.fields, *model._meta.many_to_many)]
    for value in CRAFTED:
        yield f"{start(model)}add/?" + "&".join(f"{name}={value}" for name in (*names, "source"))
    relations = [field.name for field in model._meta.get_fields() if field.is_relation and field.concrete]
    yield from (f"{start(model)}add/?{name}={quoted('9' * 30)}" for name in (*relations, "source", "_to_field"))


def listed(model: type[models.Model], filters) -> Iterator[str]:
    """The list, narrowed by what no filter means."""
    plain = [each if isinstance(each, str) else each[0] for each in filters if isinstance(each, str | tuple)]
    own = [each.parameter_name for each in filters if hasattr(each, "parameter_name")]
    looked_up = [f"{name}{end}" for name in plain for end in ("", "__exact", "__id__exact", "__isnull", "__in")]
    for name in (*own, *looked_up, *ODD_LOOKUPS, *OF_THE_LIST):
        yield from (f"{start(model)}?{name}={value}" for value in CRAFTED[:5])
