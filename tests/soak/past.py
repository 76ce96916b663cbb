"""Random hands over many days: what each record says of a day is what its address told on that day."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.db import transaction
from django.test import Client, override_settings

from tests.registers import world
from tests.soak.index import change
from tracker.registers.plan import model_of
from tracker.site.registers import REGISTERS

BEGINNING = datetime(2026, 1, 1, 12, tzinfo=UTC)


def run(chance: Random, rounds: Iterable[int], days: int = 60) -> int:
    """Some days of a small world a round, in an empty database, which is left as it was; how many records were
    compared, each as of each day."""
    number = 0
    for _round in rounds:
        with transaction.atomic(), TemporaryDirectory() as folder, override_settings(PAST_FOLDER=folder):
            number += live(chance, days)
            transaction.set_rollback(True)
    return number


def live(chance: Random, days: int) -> int:
    client, told, done = Client(), {}, []
    with at(BEGINNING):
        world.build()
    for number in range(days):
        moment = BEGINNING + timedelta(days=number)
        with at(moment):
            # Nothing happens on some days.
            done += [(number, change(chance)) for _change in range(chance.choice((0, 1, 1, 5)))]
            told[moment.date()] = {key: fetched(client, key) for key in addresses()}
    with at(BEGINNING + timedelta(days=days)):
        return sum(compare(client, day, told[day], done) for day in told)


def compare(client, day, told, done):
    """Of a record that is no longer public, its address tells so, and nothing else."""
    number = 0
    for address, before in told.items():
        present = client.get(f"{address}.json").status_code
        answer = client.get(f"{address}/{day}.json")
        if present in (404, 410):
            assert answer.status_code == present, (address, day)
        elif before is None:
            assert answer.status_code == 404, (address, day)
        else:
            assert answer.status_code == 200, (address, day, answer.content.decode()[:3000])
            after = json.loads(answer.content)["record"]
            differing = [(name, value, after.get(name)) for name, value in before.items() if after.get(name) != value]
            assert not differing, (address, day, differing, done)
            number += 1
    return number


def fetched(client, address):
    """What the public JSON of a record says; None where it is not public."""
    answer = client.get(f"{address}.json")
    return json.loads(answer.content)["record"] if answer.status_code == 200 else None


def addresses() -> Iterator[str]:
    for register in REGISTERS:
        for key in model_of(register)._base_manager.values_list(register.key, flat=True):
            yield f"/{register.name}/{key}"


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands still."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield
