"""Hands that change what lists count, one change after the other; and what the public was to see after each."""

import time
from dataclasses import dataclass, field
from random import Random
from threading import Event

from django.db import models

from agreements.models import Agreement, Forum, Organisation
from meetings.models import Commitment, Meeting
from tests.faults.lists import ADDRESSES, Answer, Shown, expected, public_addresses
from tests.soak.index import REFUSED, copy, remove, value_for
from tracker.records.models import Publication, one_change

State = Publication.State
NAMED = {Agreement: "title", Meeting: "title", Commitment: "title", Forum: "name", Organisation: "name"}
MOVED = {Agreement: "forum", Meeting: "forum", Commitment: "meeting", Forum: "kind", Organisation: "country"}
# One in so many changes is of many records at once.
BULK, RECORDS_OF_BULK = 15, 30
LONGEST_PAUSE = 0.1
NEVER = float("inf")


@dataclass(frozen=True)
class Stand:
    """What lists were to show from a change on: it was committed at a moment between ``begun`` and ``ended``."""

    begun: float
    ended: float
    shown: dict[str, Shown]


@dataclass
class History:
    """All stands, and for each record the spans in which anybody might have seen it."""

    stands: list[Stand] = field(default_factory=list)
    spans: dict[str, list[list[float]]] = field(default_factory=dict)
    refused: int = 0
    _public: set[str] = field(default_factory=set)

    def note(self, begun: float, ended: float) -> None:
        now = set(public_addresses())
        for address in now - self._public:
            self.spans.setdefault(address, []).append([begun, NEVER])
        for address in self._public - now:
            self.spans[address][-1][1] = ended
        self._public = now
        self.stands.append(Stand(begun, ended, {address: expected(address) for address in ADDRESSES}))

    def was_public(self, row: str, answer: Answer, seconds: float) -> bool:
        """Whether the record was public at any moment of the request, or so many seconds before it."""
        earliest = answer.begun - seconds
        return any(begun <= answer.ended and ended >= earliest for begun, ended in self.spans.get(row, ()))

    def lag(self, answer: Answer) -> float | None:
        """How many seconds before the request what it was shown had ceased to be so; None where it never was."""
        for place in range(len(self.stands) - 1, -1, -1):
            stand = self.stands[place]
            if stand.begun <= answer.ended and stand.shown[answer.address] == answer.shown:
                ceased = self.stands[place + 1].ended if place + 1 < len(self.stands) else NEVER
                return max(0.0, answer.begun - ceased)
        return None


def change_on(history: History, chance: Random, is_over: Event) -> None:
    """Change one thing after the other, and note each."""
    while not is_over.is_set():
        begun = time.monotonic()
        try:
            change(chance)
        except REFUSED:
            history.refused += 1
        else:
            history.note(begun, time.monotonic())
        is_over.wait(chance.uniform(0, LONGEST_PAUSE))


def change(chance: Random) -> None:
    """Committed when this returns."""
    model = chance.choice(list(NAMED))
    keys = list(model._base_manager.values_list("pk", flat=True))
    if chance.randrange(BULK):
        act = chance.choice((publish_or_hide, publish_or_hide, rename, move, copy, remove))
        act(chance, model._base_manager.get(pk=chance.choice(keys)))
        return
    act = chance.choice((publish_or_hide, rename))
    with one_change():
        for key in chance.sample(keys, min(RECORDS_OF_BULK, len(keys))):
            act(chance, model._base_manager.get(pk=key))


def publish_or_hide(chance: Random, record: Publication) -> None:
    hidden = chance.choice((State.WITHDRAWN, State.DRAFT, State.IN_REVIEW))
    record.state = hidden if record.state == State.PUBLISHED else State.PUBLISHED
    record.save()


def rename(chance: Random, record: models.Model) -> None:
    setattr(record, NAMED[type(record)], f"Renamed {chance.randrange(10**9)}")
    record.save()


def move(chance: Random, record: models.Model) -> None:
    field = record._meta.get_field(MOVED[type(record)])
    setattr(record, field.attname, value_for(chance, field, record))
    record.save()
