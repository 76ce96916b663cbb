"""Agreements whose events lead to every status, in every order that has ever been of doubt."""

from typing import Any

LIVES = {
    "runs out": ["in_force 2018-01-01"],
    "concluded": ["negotiated 2015", "concluded 2017-01-10"],
    "resumed": ["signed 2018-01-01", "paused 2019-01-01", "resumed 2020-01-01"],
    "extended": ["in_force 2018-01-01", "extended 2020-01-01"],
    "revived": ["in_force 2018-01-01", "expired 2023-01-01", "extended 2023-03-01"],
    "undated": ["in_force", "terminated", "signed 2017"],
    "planned": ["signed 2017", "planned in_force 2019", "planned ratified 2018", "planned amended 2030"],
    "happened": ["signed 2017", "planned signed 2016-05", "in_force 2018", "planned signed 2020"],
}
MONTHS = (24, 36, None, None, 0, 1, 12, 120)


def add_lives(apps: Any) -> None:
    for number, (title, events) in enumerate(LIVES.items()):
        agreement = apps.get_model("agreements", "Agreement").objects.create(
            reference=f"AGR-9{number:03}",
            title=title,
            type="mou",
            state="published",
            validity_months=MONTHS[number],
            renews_automatically=number == 5,
        )
        _add_events(apps, agreement, events)


def _add_events(apps: Any, agreement: Any, events: list[str]) -> None:
    Event = apps.get_model("agreements", "AgreementEvent")
    target = None
    for said in events:
        *planned, kind, on = said.split() if " " in said else (said, "")
        event = Event(agreement=agreement, kind=kind, on=on, is_planned=bool(planned))
        event.previous_target = target if planned and kind == "signed" else None
        event.save()
        target = event if planned else target
