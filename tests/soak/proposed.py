"""A second reckoning of proposed changes: what a record says is a few texts, and a proposal is what somebody would have
some of them say, beside what they said when the form was opened."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

# Which side stands: of a column, by its name; of a row, by its number here.
Choose = Callable[[tuple[str, object]], str]
_numbers = count(1)


@dataclass
class Said:
    """Columns by name, and the text of each row by a number that no other row ever has."""

    own: dict[str, str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)

    def number_of(self, text: str) -> int:
        return next(number for number, each in self.rows.items() if each == text)


@dataclass
class Draft:
    """What was typed into a form that said ``base``."""

    base: Said
    own: dict[str, str] = field(default_factory=dict)
    rewritten: dict[int, str] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    added: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.own or self.rewritten or self.removed or self.added)

    def collisions(self, now: Said) -> Iterator[tuple[str, object]]:
        for name, text in self.own.items():
            if now.own[name] not in (self.base.own[name], text):
                yield "own", name
        for number, text in self.rewritten.items():
            if number not in now.rows or now.rows[number] not in (self.base.rows[number], text):
                yield "row", number
        for number in self.removed:
            if number in now.rows and now.rows[number] != self.base.rows[number]:
                yield "row", number

    def beside(self, now: Said, choose: Choose) -> "Draft":
        """The same, typed into a form that says what the record says now."""
        found, dropped = Draft(deepcopy(now)), {key for key in self.collisions(now) if choose(key) == "theirs"}
        for name, text in self.own.items():
            if ("own", name) not in dropped and now.own[name] != text:
                found.own[name] = text
        for number, text in self.rewritten.items():
            if ("row", number) in dropped:
                continue
            if number not in now.rows:
                found.added.append(text)
            elif now.rows[number] != text:
                found.rewritten[number] = text
        found.removed = {each for each in self.removed if each in now.rows and ("row", each) not in dropped}
        found.added += self.added
        return found

    def switched(self, now: Said, choose: Choose) -> Said:
        """What the record says once this is switched."""
        draft, after = self.beside(now, choose), deepcopy(now)
        after.own |= draft.own
        after.rows |= draft.rewritten
        after.rows = {number: text for number, text in after.rows.items() if number not in draft.removed}
        return Said(after.own, after.rows | {next(_numbers): text for text in draft.added})


def towards(now: Said, then: Said) -> Draft:
    """What brings a record back from what it says now."""
    return Draft(
        base=deepcopy(now),
        own={name: text for name, text in then.own.items() if now.own[name] != text},
        rewritten={each: text for each, text in then.rows.items() if now.rows.get(each, text) != text},
        removed=now.rows.keys() - then.rows.keys(),
        added=[text for each, text in then.rows.items() if each not in now.rows],
    )


def new_rows(*texts: str) -> dict[int, str]:
    return {next(_numbers): text for text in texts}
