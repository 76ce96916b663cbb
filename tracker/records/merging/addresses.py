"""Where the addresses of records lead that are no more: to the record that they were taken into."""

from typing import Any

from django.db import models

from ..models import Merger, Publishable, Revision, SlugAlias
from .ledger import Ledger


def has_been_public(record: Any) -> bool:
    """Whether the public knows the record, or once did; of a kind without a state, whether it does now."""
    if isinstance(record, Publishable):
        was = Revision.objects.of(record).filter(content__fields__state=Publishable.State.PUBLISHED)
        return record.is_public or was.exists()
    return type(record).objects.named_in_public().filter(pk=record.pk).exists()


def is_public(record: Any) -> bool:
    """Whether the public reads the record now."""
    return record.is_public if isinstance(record, Publishable) else has_been_public(record)


def redirect(ledger: Ledger, gone: Any, kept: Any) -> list[str]:
    """Let the address of a record that was public, and its former ones, lead to another; return these names."""
    kind = gone._meta.model_name
    former = list(SlugAlias.objects.filter(kind=kind, record_id=gone.pk).order_by("-pk").values_list("slug", flat=True))
    for slug in (gone.slug, *former):
        point(ledger, kind, slug, kept.pk)
    return [gone.slug, *former]


def point(ledger: Ledger, kind: str, slug: str, key: int) -> None:
    before = SlugAlias.objects.filter(kind=kind, slug=slug).values_list("record_id", flat=True).first()
    SlugAlias.objects.update_or_create(kind=kind, slug=slug, defaults={"record_id": key})
    ledger.point(kind, slug, before, key)


def point_back(act: dict[str, Any]) -> None:
    """As before the merger, unless the address has been given to another meanwhile."""
    alias = SlugAlias.objects.filter(kind=act["kind"], slug=act["slug"], record_id=act["after"])
    if act["before"] is None:
        alias.delete()
    else:
        alias.update(record_id=act["before"])


def former_keys(model: type[models.Model], name: str) -> list[int]:
    """The records that had this name in their address before they were taken into another, the last one first."""
    key = SlugAlias.objects.filter(kind=model._meta.model_name, slug=name).values_list("record_id", flat=True).first()
    found: list[int] = []
    while key is not None:
        key = next((each.gone for each in _public(model).filter(kept=key) if name in each.names), None)
        found += [] if key is None else [key]
    return found


def present_key(model: type[models.Model], key: int) -> int:
    """The key of the record that a public one was taken into, and that one again; its own where it was not."""
    while (kept := _public(model).filter(gone=key).values_list("kept", flat=True).first()) is not None:
        key = kept
    return key


def taken_in(model: type[models.Model], keys: set[int]) -> set[int]:
    """The keys of the records that these were made of."""
    found: set[int] = set()
    while keys := set(_of(model).filter(kept__in=keys).values_list("gone", flat=True)) - found:
        found |= keys
    return found


def _of(model):
    return Merger.objects.standing().filter(kind=model._meta.label_lower)


def _public(model):
    return _of(model).filter(was_public=True).defer("acts").order_by("-pk")
