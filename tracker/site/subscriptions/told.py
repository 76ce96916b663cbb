"""What has changed, as the public sees it, in what somebody follows: the same changes that feeds and pages tell of."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from tracker.records.models import LastChange, changed_since, last_changes, published_since
from tracker.registers.naming import title_of
from tracker.registers.plan import model_of
from tracker.registers.prepared import records_of_page
from tracker.registers.register import Register

from ..changes import what_happened
from .followed import Followed

MOST_LINES = 30
# Nobody reads more, and to look at each of a hundred thousand would take minutes.
MOST_COUNTED = 1_000
AT_ONCE = 100


@dataclass(frozen=True)
class ToldChange:
    """One record: ``happened`` is whether it changed or was newly published, ``line`` where it stands now."""

    title: str
    address: str
    happened: str
    line: str


@dataclass(frozen=True)
class WhatIsTold:
    """The newest changes; ``total`` is how many there are, and ``is_counted`` whether that is all of them."""

    changes: list[ToldChange]
    total: int
    is_counted: bool

    @property
    def more(self) -> int:
        return self.total - len(self.changes)


class PublicChanges:
    """Those after a data version ``since``: asked of the history once for each kind of record, whoever follows them."""

    def __init__(self, since: int) -> None:
        self.since = since
        self._noted: dict[Register, dict[int, int]] = {}
        self._seen: dict[Register, dict[int, LastChange | None]] = {}

    def of(self, followed: Followed) -> list[tuple[LastChange, Register, int]]:
        """What changed last of what is followed, with the key of each, the newest first; of very many the newest."""
        found = [each for register in followed.registers for each in self._of(followed, register)]
        return sorted(found, key=lambda each: (each[0].version, each[0].made_at, each[2]), reverse=True)

    def _of(self, followed: Followed, register: Register):
        noted = self._noted_of(register)
        keys = followed.among(register, noted) if noted else ()
        # Of what one act changed, the youngest records first: as they are told.
        newest = sorted(keys, key=lambda key: (noted[key], key), reverse=True)[:MOST_COUNTED]
        seen = self._seen_of(register, newest)
        return [(change, register, key) for key in newest if (change := seen[key]) and change.version > self.since]

    def _noted_of(self, register):
        if register not in self._noted:
            self._noted[register] = changed_since(model_of(register), self.since)
        return self._noted[register]

    def _seen_of(self, register, keys: list[int]) -> dict[int, LastChange | None]:
        seen = self._seen.setdefault(register, {})
        unseen = [key for key in keys if key not in seen]
        for start in range(0, len(unseen), AT_ONCE):
            some = unseen[start : start + AT_ONCE]
            seen |= dict.fromkeys(some) | last_changes(model_of(register), some)
        return seen


def told(followed: Followed, since: int, until: int, today: date) -> WhatIsTold | None:
    """What is to be told of the changes after ``since``, up to ``until``, in the language in force; None of nothing.
    What has changed again after ``until`` is told the next time."""
    found = [each for each in PublicChanges(since).of(followed) if each[0].version <= until]
    if not found:
        return None
    shown = found[:MOST_LINES]
    lines: dict[tuple[Register, int], ToldChange] = {}
    for register in dict.fromkeys(map(itemgetter(1), shown)):
        keys = [key for _change, of, key in shown if of is register]
        lines |= _lines(register, keys, since, today)
    changes = [lines[register, key] for _change, register, key in shown if (register, key) in lines]
    return WhatIsTold(changes, len(found), len(found) < MOST_COUNTED) if changes else None


def _lines(register, keys, since, today):
    new = published_since(model_of(register), keys, since)
    return {
        (register, record.pk): ToldChange(
            title_of(record), record.get_absolute_url(), what_happened(record.pk in new), register.line(record, today)
        )
        for record in records_of_page(register, today, keys)
    }
