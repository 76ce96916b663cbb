"""Meetings of sample data: who came, what was to be talked about, what came of it."""

from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst

from meetings.models import (
    AgendaItem,
    Comparator,
    Delegate,
    Delegation,
    Meeting,
    MeetingAgreement,
    MeetingCitation,
    MeetingFigure,
    MeetingStatement,
    Outcome,
    ScheduleChange,
)
from tracker.records.models import Basis

from . import asides, days, derived
from .bodies import Cooperation
from .world import World

LAST_PLAN = date(2028, 6, 30)
# From the usual to the rare: of a day that is over, and of one to come.
AFTERWARDS = ("held", "held", "held", "held", "confirmed", "cancelled", "postponed")
BEFOREHAND = ("confirmed", "tentative", "postponed", "cancelled")


def make_meetings(world: World, about: Cooperation, number: int) -> None:
    """So many, in the order of their days; those of one body are numbered through."""
    dates = sorted(days.between(world.chance, about.start, LAST_PLAN) for _number in range(number))
    sessions: dict[Any, int] = {}
    for day in dates:
        group = world.words.even(about.groups) if about.groups and world.happens(0.3) else None
        body = group or (about.forum if world.happens(0.8) else None)
        if body is not None:
            # Some numbers are missing: nobody has reported those sessions.
            sessions[body] = sessions.get(body, 0) + (2 if world.happens(0.05) else 1)
        _make_meeting(world, about, day, group, sessions.get(body))


def _make_meeting(world, about, day, group, session):
    number = session if session is not None and world.happens(0.9) else None
    forum = group.forum if group else about.forum if session is not None else None
    talks = f"{about.names} talks on {world.words.theme()} in {world.words.place()}"
    meeting = Meeting(
        title="" if number is not None and world.happens(0.9) else talks,
        forum=forum,
        working_group=group,
        session_number=number,
        session_suffix="Special" if number is not None and world.happens(0.03) else "",
        summary=world.words.remarks(3),
        state=world.state(Meeting),
        last_looked_on=world.looked(),
        **_kind_and_date(world, about, day),
        **_place_and_crowd(world, about),
    )
    world.store.put(meeting)
    world.store.link(meeting, "themes", world.some_themes())
    delegations = _come(world, about, meeting)
    about.countries[meeting] = derived.countries_that_met(meeting, delegations, about)
    world.store.derive(meeting, countries=about.countries[meeting])
    about.meetings.append(meeting)
    _produce(world, about, meeting, day)
    world.cite(meeting, MeetingCitation, about.sources)
    asides.state(world, MeetingStatement, "meeting", meeting, about)
    asides.give_figure(world, MeetingFigure, "meeting", meeting, day, about)


def _kind_and_date(world, about, day):
    written = world.on(day)
    is_inferred = world.happens(0.05)
    kind = world.deal(Meeting.Kind)
    return {
        "kind": kind,
        "preparatory_for": world.words.even(about.meetings) if kind == "preparatory" and about.meetings else None,
        "status": world.words.often(AFTERWARDS if day <= days.LAST_REPORT else BEFOREHAND),
        "held": written,
        "held_words": days.words(world.chance, written),
        "held_basis": world.deal(Basis, "held") if is_inferred else Basis.STATED.value,
        "held_reason": world.words.remark() if is_inferred else "",
    }


def _place_and_crowd(world, about):
    has_host, has_numbers, has_guess = world.happens(0.7), world.happens(0.2), world.happens(0.1)
    organiser = world.words.even(about.sides)
    return {
        "mode": world.deal(Meeting.Mode) if world.happens(0.8) else "",
        "place": world.words.place() if has_host else "",
        "place_note": world.words.office() if world.happens(0.03) else "",
        "host": organiser if has_host else None,
        "occasion": f"visit of the {world.words.office()}"[:200] if world.happens(0.1) else "",
        "participants": 10 + world.up_to(400) if has_numbers else None,
        "participants_comparator": world.deal(Comparator, "participants") if has_numbers else "",
        "participants_expected": 10 + world.up_to(400) if has_guess else None,
        "participants_expected_comparator": world.deal(Comparator, "expected") if has_guess else "",
        "participants_words": "several hundred" if world.happens(0.03) else "",
    }


def _come(world, about, meeting):
    delegations = []
    for country in about.sides:
        organisation = world.organisation_of(country) if world.happens(0.3) else None
        delegation = Delegation(
            meeting=meeting,
            country=None if organisation else country,
            organisation=organisation,
            size=1 + world.up_to(30) if world.happens(0.2) else None,
            attendance=world.words.often(("came", "came", "came", "not_stated", "absent")),
        )
        delegations.append(world.store.put(delegation, meeting))
        _sit(world, meeting, delegation, country)
    guest = world.country()
    if world.happens(0.08) and guest not in about.sides:
        role, host = world.words.even(("observer", "guest")), about.sides[0]
        guests = Delegation(meeting=meeting, country=guest, role=role, invited_by=host)
        delegations.append(world.store.put(guests, meeting))
    if meeting.host and world.happens(0.1):
        organiser = world.organisation_of(meeting.host)
        world.store.link(meeting, "organisers", [organiser.pk] if organiser else [])
    return delegations


def _sit(world, meeting, delegation, country):
    """A head with a name or only an office, and now and then somebody else."""
    head = world.person_of(country)
    if world.happens(0.6):
        delegate = Delegate(delegation=delegation, person=head, office=world.words.office())
        world.store.put(delegate, meeting)
    if world.happens(0.15):
        role, is_remote = world.deal(Delegate.Role), world.happens(0.1)
        other = Delegate(delegation=delegation, role=role, office=world.words.office(), is_remote=is_remote)
        world.store.put(other, meeting)


def _produce(world, about, meeting, day):
    for position in range(world.up_to(3)):
        outcome = Outcome(
            meeting=meeting,
            position=position,
            kind=world.deal(Outcome.Kind),
            text=f"On {world.words.theme()}: {world.words.remark()}",
            realisation=world.deal(Outcome.Realisation) if world.happens(0.1) else Outcome.Realisation.REALISED.value,
            working_group=world.words.even(about.groups) if about.groups and world.happens(0.1) else None,
            agreement=world.words.even(about.agreements) if about.agreements and world.happens(0.1) else None,
            source=world.words.even(about.sources),
            locator=f"paragraph {1 + world.up_to(9)}",
        )
        world.store.put(outcome, meeting)
    for number in range(1, 1 + (world.up_to(3) if world.happens(0.2) else 0)):
        title = f"{world.words.theme()} for {world.words.often(('both sides', 'the region', 'the next session'))}"
        world.store.put(AgendaItem(meeting=meeting, number=number, title=capfirst(title)), meeting)
    if about.agreements and world.happens(0.3):
        role = world.deal(MeetingAgreement.Role)
        link = MeetingAgreement(meeting=meeting, agreement=world.words.even(about.agreements), role=role)
        world.store.put(link, meeting)
    if world.happens(0.1):
        _move(world, about, meeting, day)


def _move(world, about, meeting, day):
    """It was once announced for another day."""
    kind = world.deal(ScheduleChange.Kind)
    planned = world.on(day - timedelta(days=30 + world.up_to(300)), known=1)
    change = ScheduleChange(
        meeting=meeting,
        kind=kind,
        planned_for=planned,
        planned_for_words=days.words(world.chance, planned),
        reported_on=world.on(day - timedelta(days=360)),
        country=world.words.even(about.sides) if world.happens(0.3) else None,
        reason=world.words.remark(),
        source=world.words.even(about.sources),
    )
    world.store.put(change, meeting)
