"""The data version: one number that every committed change to the data moves; and the lock that keeps writers apart."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
    def state(cls):
        """Return the number and the moment at which it was last moved; 0 and None where nothing was ever saved."""
        return cls.objects.filter(pk=1).values_list("number", "changed_at").first() or (0, None)

    @classmethod
    def moved_at(cls):
        """Return the moment of the last change; None where nothing was ever saved."""
        return cls.objects.filter(pk=1).values_list("changed_at", flat=True).first()

    @classmethod
    def bump(cls):
        """Move the number by one, inside the transaction of the change it stands for."""
        row = cls.objects.filter(pk=1)
        moved = {"number": F("number") + 1, "changed_at": timezone.now()}
        if not row.update(**moved):
            cls.objects.get_or_create(pk=1)
            row.update(**moved)
        transaction.on_commit(_held.forget)


class HeldVersion:
    """The number as this process last read it; what others change is heard after ``SECONDS`` at most."""

    SECONDS = 1

    def __init__(self) -> None:
        self._number, self._read_at, self._changes, self._lock = 0, float("-inf"), 0, Lock()

    def current(self) -> int:
        with self._lock:
            if time.monotonic() - self._read_at < self.SECONDS:
                return self._number
            changes, read_at = self._changes, time.monotonic()
        number = DataVersion.current()
        with self._lock:
            if self._changes == changes:  # else it may be the number from before the change
                self._number, self._read_at = number, read_at
        return number

    def forget(self) -> None:
        """This process itself has changed something: it is heard at once."""
        with self._lock:
            self._changes += 1
            self._read_at = float("-inf")


_held = HeldVersion()


def held_version() -> int:
    """The data version, read less than a second ago, and not before the last change that this process made."""
    return _held.current()


def one_writer():
    """Wait until no other transaction changes the data; from here to the end of this one none does.

    Whoever takes other locks takes this one first: two transactions that each hold what the other waits for would end
    in an error for one of them. SQLite has one writer anyway.
    """
    if not connection.features.has_select_for_update:
        return
    row = DataVersion.objects.select_for_update().filter(pk=1)
    if row.first() is None:
        DataVersion.objects.get_or_create(pk=1)
        row.get()


@contextmanager
def one_reading() -> Iterator[None]:
    """All that is read in this block is read from one state of the data; nothing is written in it."""
    if connection.in_atomic_block or _is_reading():
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own beginning would make it the one writer
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _is_reading():
    """Whether this is within a reading on SQLite, of which Django does not know."""
    return connection.vendor == "sqlite" and connection.connection is not None and connection.connection.in_transaction
