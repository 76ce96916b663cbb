"""The first of many records, as the page of one shows them; the rest is a list, a click away."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

MOST = 30


class Beginning:
    """The first ``MOST`` of some records in order; ``more`` is how many others there are, at the ``address`` of all."""

    def __init__(self, records: QuerySet | Sequence[Any], address: str) -> None:
        self.records, self.address = records, address

    @cached_property
    def _rows(self):
        return list(self.records[: MOST + 1])

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows[:MOST])

    def __len__(self) -> int:
        return min(len(self._rows), MOST)

    @cached_property
    def more(self) -> int:
        if len(self._rows) <= MOST:
            return 0
        number = self.records.count() if isinstance(self.records, QuerySet) else len(self.records)
        return number - MOST
