"""Whatever happened, in whichever order it was entered: no status is one that no event led to."""

from datetime import date
from itertools import product
from random import Random
from types import SimpleNamespace

import pytest

from agreements.models.status import HALTS, STEPS, Kind, status_periods

KINDS = [*STEPS, *HALTS, Kind.RESUMED, Kind.EXTENDED, Kind.RATIFIED]


def led_to_by(kinds):
    return {STEPS.get(kind) or HALTS.get(kind) for kind in kinds}


@pytest.mark.parametrize("first", KINDS)
def test_no_status_in_any_order_of_events_is_one_that_no_event_led_to(first):
    """All threes of events, each of them with a date or without."""
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    for kinds in product([first], KINDS, KINDS):
        for known in product([True, False], repeat=3):
            line = [
                SimpleNamespace(kind=kind, on_earliest=day if is_known else None)
                for kind, day, is_known in zip(kinds, days, known, strict=True)
            ]
            for status, start, end in status_periods(line):
                by_then = [e for e in line if not (start and e.on_earliest and e.on_earliest > start)]
                assert status in led_to_by(e.kind for e in by_then), (kinds, known)
                assert start is None or end is None or start < end, (kinds, known)


def test_events_in_any_order_of_entry_lead_to_the_same_status():
    line = [SimpleNamespace(kind=kind, on_earliest=date(2000 + place, 1, 1)) for place, kind in enumerate(KINDS)]
    line += [SimpleNamespace(kind=kind, on_earliest=None) for kind in KINDS]
    expected = status_periods(line)
    for seed in range(50):
        assert status_periods(Random(seed).sample(line, len(line))) == expected
