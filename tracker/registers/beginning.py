"""The first of many records, as the page of one shows them; the rest is a list, a click away."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Window

MOST = 30


class Beginning:
    """The first ``MOST`` of some records in order; ``more`` is how many others there are, at the ``address`` of all.

    Of a queryset both are asked in one query, so that it must name each record once without ``distinct()``.
    """

    def __init__(self, records: QuerySet | Sequence[Any], address: str) -> None:
        self.records, self.address = records, address

    @cached_property
    def _rows(self):
        if isinstance(self.records, QuerySet):
            return list(self.records.annotate(number_of_all=Window(Count("pk")))[:MOST])
        return list(self.records[:MOST])

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def more(self) -> int:
        if not isinstance(self.records, QuerySet):
            return len(self.records) - len(self._rows)
        return self._rows[0].number_of_all - len(self._rows) if self._rows else 0
