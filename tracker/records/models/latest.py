"""When a public record last changed in a way that the public can see: asked of the history, which knows the rest too.

A record without a revision has not changed since the history began.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import F, Max, Min, OuterRef, Q, Subquery

from .content import Content
from .publication import Publication
from .revision import Revision
from .version import DataVersion
from .visible import hidden_among, looks_the_same

# Of so many records each is asked when it changed; of more, the history is asked which changed.
FEW = 1_000
# Of revisions looked through at once, and how many times more each time.
FIRST, MORE = 200, 4
# The reason of a revision that a migration wrote of what no former history had noted: nobody changed anything then.
MOVED = "as it stood when the history moved to revisions"


class LastChange(NamedTuple):
    """``number`` is that of the revision; 0 where the record has none."""

    number: int
    made_at: datetime


def last_changes(model: type[models.Model], keys: Collection[int]) -> dict[int, LastChange]:
    """``{key: the last public change}`` of the published records that have these keys, and a history. A part with a
    state of its own, such as a report, counts for the record that it belongs to, once it is public."""
    found = _without_unseen(model, _noted(model, Q(record__in=keys)))
    for key, made_at in _of_parts(model, keys):
        number, before = found.get(key, LastChange(0, made_at))
        found[key] = LastChange(number, max(before, made_at))
    return found


def last_changed(model: type[models.Model], keys: Collection[int], most: int) -> list[int]:
    """Those of many keys of published records that changed last, the newest first, ``most`` of them at most; it is not
    looked whether the public can see what changed. How many keys there are plays no part: where they are many, the
    history is looked through from its end until enough are found."""
    if len(keys) > FEW:
        return _walk(model, keys, most)
    moments = {key: change.made_at for key, change in _noted(model, Q(record__in=list(keys))).items()}
    for key, made_at in _of_parts(model, list(keys)):
        moments[key] = max(moments.get(key, made_at), made_at)
    return sorted(moments, key=lambda key: (moments[key], key), reverse=True)[:most]


def first_published(model: type[models.Model], keys: Collection[int]) -> dict[int, datetime]:
    """``{key: when it was first published}``, of the records whose history has seen that."""
    if not issubclass(model, Publication):
        return {}
    revisions = Revision.objects.filter(kind=model._meta.label_lower, record__in=keys)
    public = revisions.filter(content__fields__state="published").values_list("record")
    moments = public.annotate(first=Min("made_at"), moved=Min("made_at", filter=Q(reason=MOVED)))
    return {key: first for key, first, moved in moments if first != moved}


def beginning_of_history() -> datetime | None:
    """Before which whatever has no revision was last changed; None where nothing was ever saved."""
    first = Revision.objects.order_by("pk").values_list("made_at", flat=True).first()
    return first or DataVersion.moved_at()


def _noted(model, which: Q) -> dict[int, LastChange]:
    """The last of some revisions of each record that may have changed what the public sees."""
    revisions = Revision.objects.filter(which, kind=model._meta.label_lower).seen_in_public()
    last = revisions.values_list("record").annotate(Max("number"), Max("made_at"))
    return {key: LastChange(number, made_at) for key, number, made_at in last}


def _of_parts(model, keys) -> Iterable[tuple[int, datetime]]:
    """For each kind of parts with a state, the records that have public ones, with when those last changed."""
    for part in parts_with_a_state(model):
        public = part.objects.published().filter(**{f"{part.owner_name}__in": keys}).values("pk")
        revisions = Revision.objects.filter(kind=part._meta.label_lower, record__in=public).seen_in_public()
        yield from revisions.annotate(owner=_owner_of(part)).values_list("owner").annotate(Max("made_at"))


def _without_unseen(model, changes: dict[int, LastChange]) -> dict[int, LastChange]:
    """The same, or an older change in the place of one that only concerns whoever is hidden."""
    found: dict[int, LastChange] = {}
    while changes:
        around = _contents_around(model, changes)
        hidden = hidden_among(model, (content for pair in around.values() for content in pair))
        unseen = {key for key, pair in around.items() if _is_unseen(model, pair, hidden)}
        found |= {key: change for key, change in changes.items() if key not in unseen}
        before = [Q(record=key, number__lt=changes[key].number) for key in unseen]
        changes = _noted(model, _any_of(before)) if before else {}
    return found


def _is_unseen(model, pair: tuple[Content, Content], hidden) -> bool:
    """Whether a change was made of what was public before, and shows nowhere."""
    was_public = bool(pair[0]) and pair[0]["fields"].get("state", "published") == "published"
    return was_public and looks_the_same(model, *pair, hidden)


def _contents_around(model, changes: dict[int, LastChange]) -> dict[int, tuple[Content, Content]]:
    """``{key: what the record said before and after its change}``, where it said something before."""
    asked = [
        Q(record=key, number__in=(change.number - 1, change.number))
        for key, change in changes.items()
        if change.number > 1
    ]
    found: dict[int, list[Content]] = {}
    if asked:
        revisions = Revision.objects.filter(_any_of(asked), kind=model._meta.label_lower).order_by("number")
        for key, content in revisions.values_list("record", "content"):
            found.setdefault(key, []).append(content)
    return {key: (pair[0], pair[1]) for key, pair in found.items() if len(pair) == 2}


def _any_of(conditions: list[Q]) -> Q:
    return Q(*conditions, _connector=Q.OR)


def _walk(model, keys, most):
    parts = parts_with_a_state(model)
    ways = [_from_the_end(model, F("record")), *(_from_the_end(part, _owner_of(part)) for part in parts)]
    found: dict[int, None] = {}
    for _pk, key in heapq.merge(*ways, reverse=True):
        if key is not None and key in keys:
            found[key] = None
            if len(found) == most:
                break
    return list(found)


def _from_the_end(kind, owner) -> Iterator[tuple[int, int]]:
    """Yield the key of each revision of a kind, the newest first, with that of the record that it counts for."""
    revisions = Revision.objects.filter(kind=kind._meta.label_lower).seen_in_public()
    newest = revisions.order_by("-pk").values_list("pk", owner)
    number, rows = FIRST, list(newest[:FIRST])
    while rows:
        yield from rows
        if len(rows) < number:
            break
        number *= MORE
        rows = list(newest.filter(pk__lt=rows[-1][0])[:number])


@cache
def parts_with_a_state(model: type[models.Model]) -> list[Any]:
    """The kinds of what belongs to a record of this kind and is published by itself."""
    kinds: list[Any] = [kind for kind in apps.get_models() if issubclass(kind, Publication)]
    owned = [kind for kind in kinds if hasattr(kind, "owner_name")]
    return [kind for kind in owned if kind._meta.get_field(kind.owner_name).related_model is model]


def _owner_of(part: Any) -> Subquery:
    """The key of what a public part belongs to; for a query of revisions."""
    public = part.objects.published().filter(pk=OuterRef("record")).order_by()
    return Subquery(public.values(f"{part.owner_name}_id")[:1])
