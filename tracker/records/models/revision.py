"""Revisions: the history of every record, one row a change, holding what the record said then, with its rows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from .content import Content, contents, differences, is_content, row_models_of, stored_fields

Key = tuple[type[models.Model], int]


class RevisionQuerySet(models.QuerySet):
    def of(self, record):
        return self.filter(kind=record._meta.label_lower, record=record.pk)

    def editorial(self):
        """Those in which somebody changed the record; the others only followed from other records."""
        return self.filter(is_editorial=True)

    def changing_content(self):
        """Those that changed what the record says, not only its state."""
        return self.filter(is_content=True)

    def seen_in_public(self):
        """Those that changed what the public sees, of records that are public now. What happened to one before it was
        published is older than that act, and so never the last of them. Nobody sees editors' notes and questions."""
        was_public = Q(content__fields__state="published") | Q(content__fields__state__isnull=True)
        before = Revision.objects.filter(was_public, kind=OuterRef("kind"), record=OuterRef("record"))
        was_public_before = Exists(before.filter(number=OuterRef("number") - 1))
        return self.applied().filter(Q(is_content=True) | Q(is_editorial=False) | ~was_public_before)

    def unread(self):
        """Those in which somebody changed what a record says while it was published, and that nobody else has read."""
        made = self.filter(is_content=True, account__isnull=False, reader__isnull=True, number__gt=1)
        return made.filter(content__fields__state="published")

    def applied(self):
        return self.filter(status=Revision.Status.APPLIED)

    def newest_first(self):
        return self.order_by("-number")

    def last_of(self, keys: Iterable[Key]):
        """The last revision of each of these records."""
        by_kind: dict[str, list[int]] = {}
        for model, key in keys:
            by_kind.setdefault(model._meta.label_lower, []).append(key)
        chosen = Q(pk__in=[])
        for kind, records in by_kind.items():
            chosen |= Q(kind=kind, record__in=records)
        later = Revision.objects.filter(kind=OuterRef("kind"), record=OuterRef("record"), number__gt=OuterRef("number"))
        return self.filter(chosen).exclude(Exists(later))


class Revision(models.Model):
    """What a record said after one change of it. All revisions with one data version were made by the same change."""

    class Status(models.TextChoices):
        APPLIED = "applied"
        REMOVED = "removed"

    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    number = models.PositiveIntegerField()
    data_version = models.PositiveBigIntegerField(db_index=True)
    made_at = models.DateTimeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)
    # Why it was corrected, as whoever did so tells the public.
    correction = models.CharField(max_length=400, blank=True)
    title = models.CharField(max_length=500)
    status = models.CharField(max_length=10, choices=Status, default=Status.APPLIED)
    is_editorial = models.BooleanField()
    is_content = models.BooleanField()
    content = models.JSONField(blank=True)
    # Who else has read it, where it changed what was published.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        # Who may see or change the record may see its revisions or bring one back.
        default_permissions = ()
        # To look through those of one kind from the last on.
        indexes = [
            models.Index(fields=["kind", "id"], name="revision_kind_in_time"),
            models.Index(fields=["made_at"], name="revision_made_at"),
            # Few at a time: what waits for a second reader.
            models.Index(
                fields=["kind", "record"],
                name="revision_unread",
                condition=Q(is_content=True, account__isnull=False, reader__isnull=True, number__gt=1),
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "record", "number"], name="revision_number_unique")]

    def __str__(self):
        return f"{self.title} ({self.number})"


@dataclass
class Touched:
    """What one change did to a record: ``record`` is None once it is removed, and ``title`` what it was called."""

    record: models.Model | None
    title: str = ""
    reason: str = ""
    is_noted: bool = True


def write_revisions(
    touched: dict[Key, Touched], account_id: int | None, data_version: int, correction: str = ""
) -> None:
    """Write a revision of each record that differs from its last one: one statement, and those that read them.
    ``correction`` is why that changes which records say."""
    present = _contents_of([key for key, each in touched.items() if each.record is not None])
    last = {(each.kind, each.record): each for each in Revision.objects.last_of(touched)} if touched else {}
    now, made = timezone.now(), []
    for (model, key), each in touched.items():
        before = last.get((model._meta.label_lower, key))
        revision = _next(before, present.get((model, key)), each)
        if revision is not None:
            revision.kind, revision.record = model._meta.label_lower, key
            revision.data_version, revision.made_at, revision.account_id = data_version, now, account_id
            revision.correction = correction if revision.is_content else ""
            made.append(revision)
    if made:
        Revision.objects.bulk_create(made)


def changed_after(data_version: int, most: int) -> list[tuple[str, int]]:
    """Which records have changed since a data version, as ``(kind, primary key)``, once for each change of each; of no
    more than ``most`` changes."""
    later = Revision.objects.filter(data_version__gt=data_version).order_by("data_version")
    return list(later.values_list("kind", "record")[:most])


def named_by_rows(model: type[models.Model], keys: Iterable[int], data_version: int) -> set[int]:
    """The records of ``model`` that rows of its records with these ``keys`` name, or named since the data version."""
    columns, keys = _columns_that_name(model), list(keys)
    if not columns or not keys:
        return set()
    revisions = Revision.objects.filter(kind=model._meta.label_lower, record__in=keys).order_by("number")
    then, since = {}, []
    for key, record, version in revisions.values_list("pk", "record", "data_version"):
        if version > data_version:
            since.append(key)
        else:
            then[record] = key
    contents = Revision.objects.filter(pk__in=[*then.values(), *since]).values_list("content", flat=True)
    rows = [(content.get("rows", {}).get(label, {}), name) for content in contents for label, name in columns]
    return {row[name] for found, name in rows for row in found.values()} - {None}


@cache
def _columns_that_name(model):
    """The columns by which rows of a record name other records of its kind, each with the label of the row."""
    columns = [(row, field) for row, _path in row_models_of(model) for field in stored_fields(row, editable=True)]
    return [
        (row._meta.label_lower, field.name)
        for row, field in columns
        if field.many_to_one and field.related_model is model and field.name != row.owner_name
    ]


def mark_of(data_version: int) -> str | None:
    """The last entry of the history up to a data version: another database will hardly have the same."""
    last = Revision.objects.filter(data_version__lte=data_version).order_by("-data_version", "-pk")
    found = last.values_list("pk", "data_version", "made_at").first()
    return f"{found[0]} {found[1]} {found[2].isoformat()}" if found else None


def upcoming_revision(record: models.Model) -> Revision | None:
    """The revision that would be written of the record as it stands now; None where nothing differs."""
    last = Revision.objects.of(record).newest_first().first()
    return _next(last, contents(type(record), [record.pk]).get(record.pk), Touched(record))


def _contents_of(keys: Collection[Key]) -> dict[Key, Content]:
    by_model: dict[type[models.Model], list[int]] = {}
    for model, key in keys:
        by_model.setdefault(model, []).append(key)
    return {(model, key): each for model, keys in by_model.items() for key, each in contents(model, keys).items()}


def _next(before: Revision | None, content: Content | None, touched: Touched) -> Revision | None:
    """The revision that follows ``before``, or None where nothing differs."""
    number = before.number + 1 if before else 1
    was_there = before is not None and before.status == Revision.Status.APPLIED
    if content is None:
        if before is not None and not was_there:
            return None
        removed = Revision(
            number=number, status=Revision.Status.REMOVED, is_editorial=True, is_content=True, content={}
        )
        removed.title, removed.reason = touched.title[:500] or (before.title if before else ""), touched.reason
        return removed
    found = list(differences(before.content, content)) if before is not None and was_there else []
    if before is not None and was_there and not found and not _derived_differ(before.content, content):
        return None
    is_first = not was_there and touched.is_noted
    with translation.override(settings.LANGUAGE_CODE):
        title = str(touched.record)[:500]
    return Revision(
        number=number,
        title=title,
        reason=touched.reason,
        is_editorial=is_first or bool(found),
        is_content=is_first or any(map(is_content, found)),
        content=content,
    )


def _derived_differ(before, after):
    old, new = before.get("derived", {}), after["derived"]
    return any(name in old and old[name] != value for name, value in new.items())
