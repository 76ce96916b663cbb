"""The first of many records, as the page of one shows them; the rest is a list, a click away."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Window

MOST = 30


class Beginning(Sequence):
    """The first ``MOST`` of some records in order; ``more`` is how many others there are, at the ``address`` of all.

    Of a queryset both are asked in one query, so that it must name each record once without ``distinct()``. Where it is
    known how many there are, ``number`` says so, and ``most`` where others than ``MOST`` are shown.
    """

    def __init__(
        self, records: QuerySet | Sequence[Any], address: str, *, number: int | None = None, most: int = MOST
    ) -> None:
        self.records, self.address, self.number, self.most = records, address, number, most

    @cached_property
    def _rows(self):
        if isinstance(self.records, QuerySet) and self.number is None:
            return list(self.records.annotate(number_of_all=Window(Count("pk")))[: self.most])
        return list(self.records[: self.most])

    def __getitem__(self, place):
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        """As a list of what it shows."""
        return isinstance(other, Sequence) and self._rows == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{self._rows!r} and {self.more} more"

    @property
    def of_all(self) -> int:
        """How many there are."""
        if self.number is not None:
            return self.number
        if not isinstance(self.records, QuerySet):
            return len(self.records)
        return self._rows[0].number_of_all if self._rows else 0

    @property
    def more(self) -> int:
        return self.of_all - len(self._rows)
