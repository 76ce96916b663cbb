"""Three states of one form joined, by field and row: what it was opened with, what was typed since, what is there now.

Where only one side changed something, its value stands. Where both did, and differently, it is a collision: what was
typed stands until somebody chooses.
"""

from dataclasses import dataclass, field, replace
from enum import Enum

from django.forms.formsets import DELETION_FIELD_NAME

from .typed import Typed, Values, is_deleted, plain

# Names that are no inputs of a form: its buttons, and what it carries with it.
MARKS = ("_", "csrf")


@dataclass
class Place:
    """Something that differs: ``prefix`` and ``key`` name the row, and are empty for the form itself; ``index`` is its
    place among the joined rows, -1 where it is among them no more. Values are those of the whole row where the
    ``kind`` is not FIELD."""

    class Kind(Enum):
        FIELD = "field"
        # They removed a row that was changed here; the other way round; and a row that came or went on one side alone.
        REMOVED_BY_THEM = "removed by them"
        REMOVED_HERE = "removed here"
        ROW = "row"
        # What was typed into something that can be changed no more.
        LOCKED = "locked"

    kind: Kind
    prefix: str
    key: str
    index: int
    name: str
    before: Values
    mine: Values
    theirs: Values

    # Its place among the new rows, where it was removed and comes back as one.
    number: int = -1

    @property
    def choice(self):
        """How the page names it that asks which side is to stand."""
        return f"{self.prefix}/{self.key if self.number < 0 else f'+{self.number}'}/{self.name}"


@dataclass
class Joined:
    """The joined form, and the places where it differs from what it was opened with."""

    typed: Typed = field(default_factory=Typed)
    collisions: list[Place] = field(default_factory=list)
    mine: list[Place] = field(default_factory=list)
    theirs: list[Place] = field(default_factory=list)
    locked: list[Place] = field(default_factory=list)

    @property
    def is_to_be_seen(self):
        """Whether it is more than what was typed."""
        return bool(self.collisions or self.theirs or self.locked)


def join(before: Typed, mine: Typed, now: Typed) -> Joined:
    """``now`` tells which inputs and rows there are; what else was sent, as the buttons, is passed on."""
    joined = Joined()
    place = ("", "", -1)
    joined.typed.own = _join_fields(joined, place, before.own, mine.own, now.own)
    inputs = {name: texts for name, texts in mine.own.items() if not name.startswith(MARKS)}
    _find_locked(joined, place, before.own, inputs, now.own)
    for prefix in now.rows:
        sides = (before.rows.get(prefix, {}), mine.rows.get(prefix, {}), now.rows[prefix])
        joined.typed.rows[prefix] = _join_rows(joined, prefix, *sides)
        joined.typed.added[prefix] = _brought_back(joined, prefix, *sides)
        for values in mine.added.get(prefix, []):
            index = len(now.rows[prefix]) + len(joined.typed.added[prefix])
            joined.typed.added[prefix].append(values)
            if plain(values) not in ({}, plain(now.blank.get(prefix, {}))):
                joined.mine.append(Place(Place.Kind.ROW, prefix, "", index, "", {}, values, {}))
    return joined


def _join_rows(joined, prefix, before, mine, now):
    rows = {}
    for index, (key, there) in enumerate(now.items()):
        place, former = (prefix, key, index), before.get(key, {})
        if key not in mine:
            rows[key] = there
            if key not in before:
                joined.theirs.append(Place(Place.Kind.ROW, *place, "", {}, {}, there))
        elif is_deleted(mine[key]):
            rows[key] = {**there, DELETION_FIELD_NAME: ["on"]}
            if plain(former) == plain(there):
                joined.mine.append(Place(Place.Kind.ROW, *place, "", former, {}, {}))
            else:
                joined.collisions.append(Place(Place.Kind.REMOVED_HERE, *place, DELETION_FIELD_NAME, former, {}, there))
        else:
            rows[key] = _join_fields(joined, place, former, mine[key], there)
            _find_locked(joined, place, former, mine[key], there)
    return rows


def _brought_back(joined, prefix, before, mine, now):
    """Rows that somebody removed and that were changed here come after the others, as new ones."""
    found: list[Values] = []
    for key, values in mine.items():
        if key in now or is_deleted(values):
            continue
        former = before.get(key, {})
        if plain(values) == plain(former):
            joined.theirs.append(Place(Place.Kind.ROW, prefix, key, -1, "", former, {}, {}))
        else:
            place = Place(Place.Kind.REMOVED_BY_THEM, prefix, key, len(now) + len(found), "", former, values, {})
            joined.collisions.append(replace(place, number=len(found)))
            found.append(values)
    return found


def _join_fields(joined, place, before, mine, now):
    """Return the values of the form itself, or of a row that is on all three sides."""
    values = dict(mine)
    was, is_typed, there = plain(before), plain(mine), plain(now)
    for name in now:
        old, own, new = was.get(name), is_typed.get(name), there.get(name)
        one = Place(Place.Kind.FIELD, *place, name, {name: old or []}, {name: own or []}, {name: new or []})
        if own == old:
            values[name] = now[name]
            if new != old:
                joined.theirs.append(one)
        elif new in (old, own):
            if new != own:
                joined.mine.append(one)
        else:
            joined.collisions.append(one)
    return {name: texts for name, texts in values.items() if texts}


def _find_locked(joined, place, before, mine, now):
    """What may no longer be changed has lost its inputs, as those of a row that was published meanwhile."""
    was = plain(before)
    if was.keys() <= now.keys():
        return
    for name, texts in plain(mine).items():
        if name not in now and texts != was.get(name):
            joined.locked.append(Place(Place.Kind.LOCKED, *place, name, {name: was.get(name, [])}, {name: texts}, {}))
