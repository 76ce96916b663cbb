"""What was read: the sources by kind and by language, and when somebody looked for news last."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Max
from django.urls import reverse

from meetings.models import Commitment
from tracker.records import edtf
from tracker.records.languages import language_name
from tracker.records.models import Source

from .registers import SOURCES
from .subset import Subset


@dataclass(frozen=True)
class Read:
    """``number`` sources of one kind, or in one language; ``address`` is their list."""

    label: str
    number: int
    address: str


class Coverage:
    """Of all public sources; ``version`` is the data version read for this answer."""

    def __init__(self, today: date, version: int | None = None) -> None:
        self.today = today
        self._sources = Subset(SOURCES, {}, today, version)

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        """``{facet: {code: number}}``"""
        if self._sources.index:
            return {name: self._sources.numbers(name) for name in ("evidence", "language")}
        rows = SOURCES.records(self.today).order_by().values_list("evidence", "language")
        found: dict[str, dict[str, int]] = {"evidence": {}, "language": {}}
        for *codes, number in rows.annotate(number=Count("pk")):
            for name, code in zip(found, codes, strict=True):
                found[name][code] = found[name].get(code, 0) + number
        return found

    @property
    def number(self) -> int:
        return sum(self._counted["evidence"].values())

    @property
    def kinds(self) -> list[Read]:
        """Those with most come first."""
        labels = dict(Source.Evidence.choices)
        return self._most_first("evidence", lambda code: str(labels.get(code, code)))

    @property
    def languages(self) -> list[Read]:
        return self._most_first("language", language_name)

    def _most_first(self, name, label):
        found = sorted(self._counted[name].items(), key=lambda pair: (-pair[1], pair[0]))
        address = reverse("source-list")
        return [Read(label(code), number, f"{address}?{name}={code}") for code, number in found if code and number]

    @cached_property
    def last_looked(self) -> str:
        """The last day on which an editor looked for news of a published commitment, in words; empty where none did."""
        day = Commitment.objects.published().aggregate(day=Max("last_looked_on"))["day"]
        return edtf.in_words(day.isoformat()) if day else ""
