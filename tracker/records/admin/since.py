"""Who changed what of a record since a moment, by its revisions."""

from functools import cached_property

from django.db import models

from tracker.records.models import Revision
from tracker.records.models.content import differences

from .join import Place
from .places import PART


class ChangesSince:
    """The revisions that somebody made of a record, and of records that stand in its form as rows, after ``version``,
    a data version. ``row_models`` are the models of the rows by prefix."""

    def __init__(self, record: models.Model, version: int, row_models: dict[str, type[models.Model]]):
        self.record, self.version, self.row_models = record, version, row_models

    @cached_property
    def revisions(self) -> list[Revision]:
        """Of the record itself, newest first."""
        return self._of(self.record)

    def author_of(self, place: Place) -> Revision | None:
        """The last revision that changed the place; where that cannot be told, the last one at all."""
        row_model = self.row_models.get(place.prefix)
        if row_model is not None and place.key and not getattr(row_model, "is_row", True):
            found = self._of(row_model(pk=place.key))
            return found[0] if found else None
        label = row_model._meta.label_lower if row_model is not None else ""
        name = PART.sub("", place.name) if place.kind is Place.Kind.FIELD else ""
        for revision, changed in self._changed:
            if (label, place.key, name) in changed:
                return revision
        return self.revisions[0] if self.revisions else None

    @cached_property
    def _changed(self):
        """``[(revision, {(label of the row's model, its key, name of the column)})]``, newest first."""
        if not self.revisions:
            return []
        oldest = Revision.objects.of(self.record).filter(number__lt=self.revisions[-1].number).newest_first().first()
        before = [*self.revisions[1:], oldest]
        return [
            (revision, {each[:3] for each in differences(former.content if former else {}, revision.content)})
            for revision, former in zip(self.revisions, before, strict=True)
        ]

    def _of(self, record):
        since = Revision.objects.of(record).editorial().filter(data_version__gt=self.version)
        return list(since.select_related("account").newest_first())
