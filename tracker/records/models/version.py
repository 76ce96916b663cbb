"""The data version: one number that every committed change to the data moves, and the bases that move it."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..fields import Bound


class DataVersion(models.Model):
    """One row. Its number names a state of the data in exports, caches and ETags."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("data version")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="data_version_is_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """Return the number of the present state; 0 where nothing was ever saved."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def lock(cls):
        """Let one change of the data go on at a time. Whoever takes other locks takes this one first: two
        transactions that each hold what the other waits for would end in an error for one of them."""
        if not connection.features.has_select_for_update:
            return  # SQLite has one writer anyway
        row = cls.objects.select_for_update().filter(pk=1)
        if row.first() is None:
            cls.objects.get_or_create(pk=1)
            row.get()

    @classmethod
    def bump(cls):
        """Move the number by one, inside the transaction of the change it stands for."""
        row = cls.objects.filter(pk=1)
        if not row.update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1)
            row.update(number=F("number") + 1)


_batch = ContextVar("records changed in the batch under way, as {(model, key): None}", default=None)


@contextmanager
def batch():
    """Many changes as one: within, records are settled once, at the end, and the data version moves once.

    Yields a function that has one more record settled.
    """
    changed = {}
    with transaction.atomic():
        DataVersion.lock()
        token = _batch.set(changed)
        try:
            yield lambda record: record._settle()
        finally:
            _batch.reset(token)
        for model, key in changed:
            for record in model._base_manager.filter(pk=key):
                record.settle()
        if changed:
            DataVersion.bump()


class Versioned(models.Model):
    """A row whose every change is kept in the history and moves the data version."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is not None:
            names = set(kwargs["update_fields"])
            kwargs["update_fields"] = names | {field.name for field in self._bounds() if field.of in names}
        with transaction.atomic():
            DataVersion.lock()
            super().save(*args, **kwargs)
            self.whole_record._settle()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            DataVersion.lock()
            record = self.whole_record
            deleted = super().delete(*args, **kwargs)
            record._settle()
        return deleted

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
    def whole_record(self):
        """The record that this row is, or is a part of."""
        return self

    def _settle(self):
        changed = _batch.get()
        if changed is not None:
            changed[type(self), self.pk] = None
            return
        if self.pk is not None:  # which it is once deleted
            self.settle()
        DataVersion.bump()

    def settle(self):
        """Bring columns that are derived from other rows up to date. Most records have none."""


class Part(Versioned):
    """A row that belongs to one record, its *whole*: saving or deleting it settles the whole too."""

    whole_name = ""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """A row that moves to another record is no longer part of the former one, which is settled too."""
        with transaction.atomic():
            DataVersion.lock()
            moved = type(self)._base_manager.filter(pk=self.pk).exclude(**{self.whole_name: self.whole})
            former = [row.whole_record for row in moved] if self.pk is not None else []
            super().save(*args, **kwargs)
            for record in former:
                record._settle()

    @property
    def whole(self):
        return getattr(self, self.whole_name)

    @property
    def whole_record(self):
        return self.whole.whole_record
