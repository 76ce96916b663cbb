"""Agreements of sample data, with their parties, titles and what happened to them."""

from datetime import date, timedelta
from typing import Any

from agreements.models import (
    Agreement,
    AgreementCitation,
    AgreementEvent,
    AgreementParty,
    AgreementRelation,
    AgreementStatement,
    AgreementTitle,
)
from meetings.models import AgreementFigure
from tracker.records.models import Basis

from . import asides, days, derived
from .bodies import Cooperation
from .words import LANGUAGES, NATIVE_TITLES
from .world import World

Kind = AgreementEvent.Kind
# What happens to agreements, from the usual to the rare.
LIVES = (
    ("signed",),
    ("signed", "in_force"),
    ("adopted",),
    ("negotiated", "agreed", "signed", "ratified", "in_force"),
    ("signed", "in_force", "amended", "extended"),
    ("signed", "exchanged"),
    ("proposed", "negotiated"),
    ("in_principle", "negotiated", "concluded", "initialled", "signed"),
    ("signed", "in_force", "terminated"),
    ("in_substance", "signed", "approved", "in_force", "extended"),
    ("signed", "in_force", "expired"),
    (),
    ("signed", "in_force", "paused", "resumed"),
    ("signed", "in_force", "replaced"),
    ("signed", "in_force", "paused"),
    ("signed", "in_force", "applied", "acceded"),
)
OF_ONE_SIDE = {"ratified", "approved", "applied", "acceded"}
TARGETS = ("signed", "in_force", "ratified", "adopted", "extended")
PERIODS = ("P5Y", "P3Y", "P10Y", "P1Y6M", "P2Y")
NOTICES = ("P6M", "P90D", "P180D", "P1Y")


def make_agreement(world: World, about: Cooperation) -> None:
    words, kind = world.words, world.deal(Agreement.Type)
    theme, label = words.theme(), Agreement.Type(kind).label.capitalize()
    has_title, renews = world.happens(0.9), world.words.often((None, False, True))
    covers = kind in ("plan", "strategy") or world.happens(0.02)
    agreement = Agreement(
        title=f"{label} of {about.names} on {theme} ({words.place()})"[:400] if has_title else "",
        description=f"Deals with {theme}. {words.remarks(2)}".strip() if not has_title or world.happens(0.6) else "",
        type=kind,
        binding=world.deal(Agreement.Binding),
        level=world.deal(Agreement.Level),
        forum=about.forum if world.happens(0.7) else None,
        count=1 + world.up_to(5) if world.happens(0.05) else 1,
        parent=words.even(about.agreements) if about.agreements and world.happens(0.03) else None,
        validity=words.often(PERIODS) if world.happens(0.4) else "",
        notice=words.often(NOTICES) if world.happens(0.2) else "",
        renews_automatically=renews,
        renewal=words.often(PERIODS) if renews and world.happens(0.5) else "",
        covers=f"{about.start.year}/{about.start.year + 5}" if covers else "",
        caution=words.remark() if world.happens(0.03) else "",
        last_looked_on=world.looked(),
        editors_note=words.remark() if world.happens(0.05) else "",
        state=world.state(Agreement),
    )
    world.store.put(agreement)
    world.store.link(agreement, "themes", world.some_themes())
    parties, events = _bind(world, about, agreement), _live(world, about, agreement)
    _title(world, agreement)
    _relate(world, about, agreement)
    world.cite(agreement, AgreementCitation, about.sources)
    asides.state(world, AgreementStatement, "agreement", agreement, about)
    asides.give_figure(world, AgreementFigure, "agreement", agreement, about.start, about)
    _derive(world, about, agreement, parties, events)


def _derive(world, about, agreement, parties, events):
    columns = derived.of_agreement(agreement, parties, events)
    world.store.derive(agreement, **columns)
    about.countries[agreement] = columns["countries"]
    for period in derived.periods_of(agreement):
        world.store.put_derived(period)
    about.agreements.append(agreement)
    about.events += [event for event in events if event.on and not event.is_planned]


def _bind(world, about, agreement):
    parties = []
    for country in about.sides:
        organisation = world.organisation_of(country) if world.happens(0.3) else None
        signatory = world.person_of(country) if world.happens(0.5) else None
        parties.append(
            AgreementParty(
                agreement=agreement,
                country=None if organisation else country,
                organisation=organisation,
                signatory=signatory,
                office=world.words.office() if signatory else "",
                on_behalf_of=f"Government of {country.name}" if signatory and world.happens(0.5) else "",
            )
        )
    if world.happens(0.04):
        parties.append(AgreementParty(agreement=agreement, words=f"{world.words.place()} enterprises"))
    if len(about.sides) > 2:
        parties[-1].joined = world.on(about.start + timedelta(days=900))
    return [world.store.put(party, agreement) for party in parties]


def _live(world, about, agreement):
    day = days.between(world.chance, about.start, days.LAST_REPORT - timedelta(days=400))
    events = []
    for kind in world.words.often(LIVES):
        events.append(_happen(world, about, agreement, kind, day))
        day = min(days.after(world.chance, day, 500), days.LAST_REPORT)
    if world.happens(0.12):
        events += _plan(world, about, agreement, day)
    return [world.store.put(event, agreement) for event in events]


def _happen(world, about, agreement, kind, day):
    written = world.on(day)
    event: dict[str, Any] = {"on": written, "on_words": days.words(world.chance, written)}
    if kind in OF_ONE_SIDE:
        event["country"] = world.words.even(about.sides) if kind != "applied" else world.country()
    elif world.happens(0.03):
        event["person"] = world.person_of(about.sides[0])
    if kind == "extended":
        event["extends_by"] = world.words.often(PERIODS) if world.happens(0.7) else ""
    if world.happens(0.1):
        event |= {"basis": world.deal(Basis, "event"), "reason": world.words.remark()}
    return AgreementEvent(
        agreement=agreement,
        kind=kind,
        place=world.words.place() if world.happens(0.3) else "",
        act=f"ceremony-{day}" if world.happens(0.1) else "",
        source=world.words.even(about.sources),
        locator=f"page {1 + world.up_to(9)}",
        **event,
    )


def _plan(world, about, agreement, day):
    """A target; now and then one that has moved."""
    kind, announced = world.words.even(TARGETS), max(day, date(2022, 1, 1))
    targets = []
    for _move in range(1 + world.up_to(1)):
        aimed = days.after(world.chance, announced, 1200)
        target = AgreementEvent(
            agreement=agreement,
            kind=kind,
            is_planned=True,
            on=world.on(aimed),
            announced_on=announced.isoformat(),
            source=world.words.even(about.sources),
        )
        targets.append(target)
        announced += timedelta(days=200)
    return targets


def _title(world, agreement):
    for language in world.chance.sample(LANGUAGES, world.up_to(2)):
        title = AgreementTitle(
            agreement=agreement,
            language=language,
            title=world.words.native(NATIVE_TITLES, language, agreement.pk),
            is_authentic=world.words.often((True, None, False)),
            prevails=world.happens(0.02),
        )
        world.store.put(title, agreement)


def _relate(world, about, agreement):
    if about.agreements and world.happens(0.15):
        other = world.words.even(about.agreements)
        relation = AgreementRelation(agreement=agreement, kind=world.deal(AgreementRelation.Kind), other=other)
        world.store.put(relation, agreement)
