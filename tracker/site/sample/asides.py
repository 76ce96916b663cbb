"""What stands beside records of several kinds: figures that somebody gave, and what third voices said."""

from datetime import date
from decimal import Decimal
from typing import Any

from agreements.models import Statement
from meetings.models import Comparator

UNITS = ("USD", "million USD", "people", "villages", "enterprises", "kilometres", "CNY", "EUR")
WORDS = ("thousands", "several", "dozens")


def state(world: Any, model: Any, owner_name: str, record: Any, about: Any) -> None:
    """Now and then somebody says something about a record."""
    if not world.happens(0.03):
        return
    country, kind = world.country(), world.deal(Statement.Kind)
    organisation, person = world.organisation_of(country), world.person_of(country)
    voices: list[dict[str, Any]] = [{"country": country}, {"words": "a newspaper’s editorial"}]
    voices += [{"organisation": organisation}] if organisation else []
    voices += [{"person": person, "office": world.words.office()}] if person else []
    statement = model(
        kind=kind,
        on=world.on(about.start),
        text=f"On {world.words.theme()}: {world.words.remark()}",
        source=world.words.even(about.sources),
        **{owner_name: record},
        **world.words.even(voices),
    )
    world.store.put(statement, record)


def give_figure(world: Any, model: Any, owner_name: str, record: Any, day: date, about: Any) -> None:
    """Now and then somebody gives a number for it, or says one in words."""
    if not world.happens(0.05):
        return
    has_number = world.happens(0.85)
    figure = model(
        what=world.words.theme(),
        amount=Decimal(1 + world.up_to(5000)) if has_number else None,
        words="" if has_number else world.words.even(WORDS),
        comparator=world.deal(Comparator),
        unit=world.words.often(UNITS),
        previous_amount=Decimal(1 + world.up_to(900)) if world.happens(0.1) else None,
        scenario=world.words.even(("", "planned", "actual")),
        as_of=world.on(day),
        said_by_words=world.words.office(),
        source=world.words.even(about.sources),
        **{owner_name: record},
    )
    world.store.put(figure, record)
