"""The data version: one number that every committed change to the data moves, and the bases that move it."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


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
    def bump(cls):
        """Move the number by one, inside the transaction of the change it stands for."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})


_batch = ContextVar("records changed in the batch under way, as {(model, key): None}", default=None)


@contextmanager
def batch():
    """Many changes as one: within, records are settled once, at the end, and the data version moves once."""
    changed = {}
    with transaction.atomic():
        token = _batch.set(changed)
        try:
            yield
        finally:
            _batch.reset(token)
        for model, key in changed:
            for record in model._base_manager.filter(pk=key):
                record.settle()
        DataVersion.bump()


class Versioned(models.Model):
    """A row whose every change is kept in the history and moves the data version."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.whole_record._settle()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            DataVersion.bump()
        return deleted

    @property
    def whole_record(self):
        """The record that this row is, or is a part of."""
        return self

    def _settle(self):
        changed = _batch.get()
        if changed is None:
            self.settle()
            DataVersion.bump()
        else:
            changed[type(self), self.pk] = None

    def settle(self):
        """Bring columns that are derived from other rows up to date. Most records have none."""


class Part(Versioned):
    """A row that belongs to one record, its *whole*: saving or deleting it settles the whole too."""

    whole_name = ""

    class Meta:
        abstract = True

    @property
    def whole(self):
        return getattr(self, self.whole_name)

    @property
    def whole_record(self):
        return self.whole.whole_record

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            record = self.whole_record
            deleted = super().delete(*args, **kwargs)
            record._settle()
        return deleted
