"""Random lives of agreements: on every day that matters the status is what the rule, said otherwise, says."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from django.db import transaction

from agreements.models import Agreement, AgreementEvent
from agreements.models.status import HALTS, ORDER, ORDER_OF_A_DAY, STEPS
from agreements.models.validity import expiry
from tracker.records import edtf

DATES = ["", "2019", "2020-03", "2020-03-05", "2021-07-01", "../2021", "2022/..", "XXXX-05-01", "2022-33"]
LIVES_A_ROUND = 50


def expected_status(events, day, expires):
    """The rule, said otherwise: an undated event takes the place of the status before it, from when that began."""
    happened = [(kind, edtf.bounds(on).earliest) for kind, on, is_planned in events if not is_planned]
    line = sorted((e for e in happened if e[1]), key=lambda e: (e[1], ORDER_OF_A_DAY[e[0]]))
    for event in sorted((e for e in happened if not e[1]), key=lambda e: ORDER[e[0]]):
        place = next((i for i, e in enumerate(line) if ORDER[e[0]] > ORDER[event[0]]), len(line))
        line.insert(place, event)
    steps = [("unknown", date.min)]
    for place, (_kind, earliest) in enumerate(line):
        status, (present, since) = status_after([kind for kind, _earliest in line[: place + 1]]), steps[-1]
        if status != present:
            steps.append((status, earliest or since))
    present, since = steps[-1]
    if expires and present in ("in_force", "suspended") and since < expires:
        steps.append(("expired", expires))
    return [status for status, since in steps if since <= day][-1]


def status_after(kinds):
    """The last of the steps and halts that still count; a resumption strikes all halts out, an extension an expiry."""
    line = list(dict.fromkeys(STEPS.values()))
    counting = []
    for kind in kinds:
        if kind == "resumed":
            counting = [one for one in counting if one in STEPS]
        elif kind == "extended" and counting[-1:] == ["expired"]:
            counting.pop()
        elif kind in HALTS and counting[-1:] != [kind]:
            counting.append(kind)
        elif kind in STEPS:
            has_ended = not {"expired", "terminated", "replaced"}.isdisjoint(counting)
            is_passed = any(line.index(STEPS[one]) > line.index(STEPS[kind]) for one in counting if one in STEPS)
            counting = counting if is_passed and not has_ended else [kind]
    return (STEPS | HALTS)[counting[-1]].value if counting else "unknown"


def random_lives(number: int, chance: Random):
    """``{agreement: [(kind, date, is planned)]}``, with validities of their own for every other one."""
    agreements = Agreement.objects.bulk_create(
        Agreement(reference=f"AGR-{place:04}", type="mou", title="Life", validity=("", "P18M")[place % 2])
        for place in range(number)
    )
    kinds = AgreementEvent.Kind.values
    lives = {
        agreement: [
            (chance.choice(kinds), chance.choice(DATES), chance.random() < 0.15) for _ in range(chance.randint(0, 6))
        ]
        for agreement in agreements
    }
    AgreementEvent.objects.bulk_create(
        AgreementEvent(agreement=agreement, kind=kind, on=on, is_planned=is_planned)
        for agreement, events in lives.items()
        for kind, on, is_planned in events
    )
    for agreement in agreements:
        agreement.derive()
    return lives


def run(chance: Random, rounds: Iterable[int]) -> int:
    """Some lives a round, in an empty database, which is left as it was; how many events they had."""
    number_of_events = 0
    starts = {edtf.bounds(on).earliest for on in DATES} - {None}
    days = sorted({start + timedelta(days=shift) for start in starts for shift in (-1, 0, 1)})
    for _round in rounds:
        with transaction.atomic():
            lives = random_lives(LIVES_A_ROUND, chance)
            found = {day: dict(Agreement.objects.with_status(day).values_list("pk", "status")) for day in days}
            for agreement, events in lives.items():
                _check(agreement, events, {day: found[day][agreement.pk] for day in days})
            transaction.set_rollback(True)
        number_of_events += sum(map(len, lives.values()))
    return number_of_events


def _check(agreement, events, found):
    expires = expiry(agreement)
    assert found == {day: expected_status(events, day, expires) for day in found}, events
    periods = list(agreement.status_periods.all())
    # What was resumed, and of which nothing was known before the pause, has no status from then on.
    assert all(one.end <= other.start for one, other in pairwise(periods)), events
    assert all(one.status != other.status for one, other in pairwise(periods) if one.end == other.start), events
