"""What records said before a moment, as the history has it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Exists, Max, OuterRef

from .content import Content
from .revision import Revision

AT_ONCE = 500


class LastRevision(NamedTuple):
    """The last revision before ``moment``: the data version that its change led to, and when it was made."""

    moment: datetime
    data_version: int
    made_at: datetime

    @property
    def number(self) -> int:
        """How many revisions there are before the moment."""
        return Revision.objects.filter(made_at__lt=self.moment).count()


def last_revision(moment: datetime) -> LastRevision:
    """Where there is none, its version is 0: all is as it was when the history began."""
    found = Revision.objects.filter(made_at__lt=moment).order_by("-made_at", "-pk")
    columns = found.values_list("data_version", "made_at").first()
    return LastRevision(moment, *(columns or (0, moment)))


def contents_before(model: type[models.Model], moment: datetime) -> Iterator[tuple[int, Content]]:
    """Yield the key and the content of each record of a kind that was there, and has revisions."""
    revisions = Revision.objects.filter(kind=model._meta.label_lower, made_at__lt=moment)
    last = revisions.order_by().values("record").annotate(last=Max("pk")).values("last")
    found = Revision.objects.filter(pk__in=last).applied().order_by("record").values_list("record", "content")
    yield from found.iterator(chunk_size=AT_ONCE)


def never_noted(model: type[models.Model]) -> list[int]:
    """The keys of records without a revision: they have not changed since the history began."""
    revisions = Revision.objects.filter(kind=model._meta.label_lower, record=OuterRef("pk"))
    found = model._base_manager.exclude(Exists(revisions)).order_by("pk")
    return list(found.values_list("pk", flat=True))


def newest_revisions(model: type[models.Model], key: int, most: int) -> list[Any]:
    """Of one record, the oldest of them first."""
    found = Revision.objects.filter(kind=model._meta.label_lower, record=key).newest_first()
    return list(found[:most])[::-1]


def removed_by_law(model: type[models.Model]) -> set[int]:
    """The keys of records that were withdrawn for legal reasons when they were deleted."""
    revisions = Revision.objects.filter(kind=model._meta.label_lower)
    removed = revisions.filter(status=Revision.Status.REMOVED)
    before = revisions.filter(record=OuterRef("record"), number=OuterRef("number") - 1)
    by_law = before.filter(content__fields__is_withdrawn_by_law=True)
    return set(removed.filter(Exists(by_law)).values_list("record", flat=True))
