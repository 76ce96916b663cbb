"""What some states do together, made one body after the other: its forum or none, its members and its groups."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from agreements.models import (
    Agreement,
    AgreementEvent,
    Country,
    Forum,
    ForumCitation,
    ForumName,
    ForumStatement,
    Membership,
    Presidency,
    SessionWord,
    WorkingGroup,
    WorkingGroupCitation,
    WorkingGroupMember,
    WorkingGroupName,
    WorkingGroupStage,
    WorkingGroupStatement,
)
from meetings.models import Commitment, Meeting
from tracker.records.models import Source
from tracker.records.public import public

from . import asides, days, derived
from .world import World

LIVES_OF_GROUPS = (
    ("established", "first_met", "active"),
    ("established",),
    ("proposed", "agreed_in_principle", "announced"),
    ("announced", "established", "renamed"),
    ("established", "active", "dormant"),
    ("established", "active", "dissolved"),
    ("proposed",),
    ("established", "not_known"),
)


@dataclass
class Cooperation:
    """All that the same sides do: what one of its records points at, or derives a column from, is in it."""

    sides: list[Country]
    start: date
    sources: list[Source]
    forum: Forum | None = None
    memberships: list[Membership] = field(default_factory=list)
    groups: list[WorkingGroup] = field(default_factory=list)
    group_members: dict[int, list[WorkingGroupMember]] = field(default_factory=dict)
    agreements: list[Agreement] = field(default_factory=list)
    events: list[AgreementEvent] = field(default_factory=list)
    countries: dict[Any, set[int]] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)

    def members_of(self, group: WorkingGroup) -> list[WorkingGroupMember]:
        return self.group_members.get(group.pk, [])

    @property
    def names(self) -> str:
        return "–".join(country.name for country in self.sides[:2])


def make_forum(world: World, about: Cooperation) -> None:
    kind, theme = world.deal(Forum.Kind), world.words.theme()
    title = f"{Forum.Kind(kind).label.capitalize()} on {theme}"
    name = f"{about.names} {title}" if len(about.sides) < 3 else f"{world.words.place()} {title}"
    forum = Forum(
        slug=f"{slugify(name)[:90]}-{world.store.written(Forum) + 1}",
        name=name,
        abbreviation="".join(word[0] for word in title.split()).upper() if world.happens(0.4) else "",
        kind=kind,
        session_word=world.deal(SessionWord, "forum"),
        description=world.words.remarks(2),
        secretariat=world.organisation_of(about.sides[0]) if world.happens(0.3) else None,
        state=world.state(Forum),
    )
    about.forum = world.store.put(forum)
    _join(world, about)
    if len(about.sides) > 2:
        _preside(world, about)
    leaders = filter(None, map(world.organisation_of, about.sides[:2]))
    world.store.link(forum, "lead_organisations", [leader.pk for leader in leaders])
    about.countries[forum] = {each.country_id for each in about.memberships if each.belongs and each.country_id}
    world.store.derive(forum, countries=about.countries[forum])
    world.name(forum, ForumName)
    world.cite(forum, ForumCitation, about.sources)
    asides.state(world, ForumStatement, "forum", forum, about)


def _join(world, about):
    for place, country in enumerate(about.sides):
        late = place > 1 and world.happens(0.2)
        member = Membership(
            forum=about.forum,
            country=country,
            role=Membership.Role.FOUNDING.value if place < 2 else Membership.Role.MEMBER.value,
            joined=world.on(about.start + timedelta(days=2000 if late else 0), known=0.5),
            ordinal=place + 1 if len(about.sides) > 2 else None,
            source=world.words.even(about.sources),
        )
        about.memberships.append(world.store.put(member, about.forum))
    guest, host = world.country(), about.sides[0]
    if world.happens(0.15) and guest not in about.sides:
        role = world.words.even((Membership.Role.OBSERVER.value, Membership.Role.INVITED.value))
        about.memberships.append(world.store.put(Membership(forum=about.forum, country=guest, role=role), about.forum))
    organisation = world.organisation_of(host)
    if organisation and world.happens(0.1):
        member = Membership(forum=about.forum, organisation=organisation, joined=str(about.start.year), left="2024")
        about.memberships.append(world.store.put(member, about.forum))


def _preside(world, about):
    for place, country in enumerate(about.sides[:3]):
        term = Presidency(forum=about.forum, country=country, term=f"{about.start.year + place}")
        world.store.put(term, about.forum)


def make_group(world: World, about: Cooperation) -> None:
    forum = about.forum
    founder = None if forum else world.words.even(about.agreements)
    theme = world.words.theme()
    name = f"Joint working group on {theme}" if world.happens(0.92) else ""
    parents = [group for group in about.groups if group.forum_id == (forum and forum.pk)]
    convener = world.organisation_of(about.sides[0]) if world.happens(0.2) else None
    group = WorkingGroup(
        slug=f"{slugify(name or theme)[:90]}-{world.store.written(WorkingGroup) + 1}",
        name=name,
        abbreviation="JWG" if world.happens(0.3) else "",
        session_word=world.deal(SessionWord, "group"),
        description=f"Deals with {theme}. {world.words.remarks(1)}".strip(),
        forum=forum,
        parent=world.words.even(parents) if parents and world.happens(0.2) else None,
        founding_agreement=founder,
        convener=convener,
        convening_country=None if convener or world.happens(0.8) else about.sides[0],
        state=world.state(WorkingGroup),
    )
    about.groups.append(world.store.put(group))
    world.store.link(group, "themes", world.some_themes())
    _enter(world, about, group)
    body = public(forum or founder)
    involved = about.countries[body] if body else set()
    members = about.members_of(group)
    about.countries[group] = derived.countries_of(members, group) if members else involved
    world.store.derive(group, stage=_live(world, about, group), countries=about.countries[group])
    world.name(group, WorkingGroupName)
    world.cite(group, WorkingGroupCitation, about.sources)
    asides.state(world, WorkingGroupStatement, "group", group, about)


def _enter(world, about, group):
    """Some groups have members of their own."""
    if not world.happens(0.2):
        return
    for country in about.sides:
        organisation = world.organisation_of(country) if world.happens(0.4) else None
        member = WorkingGroupMember(
            group=group,
            country=None if organisation else country,
            organisation=organisation,
            is_founding=world.happens(0.5),
            joined=world.on(about.start, known=0.3),
        )
        about.group_members.setdefault(group.pk, []).append(world.store.put(member, group))


def _live(world, about, group):
    """Put the stages of a group; return the last that it reached."""
    day, stages = about.start, []
    for stage in world.words.often(LIVES_OF_GROUPS):
        day = days.after(world.chance, day, 400)
        written = world.on(day)
        row = WorkingGroupStage(group=group, stage=stage, on=written, source=world.words.even(about.sources))
        row.on_words = days.words(world.chance, written)
        stages.append(world.store.put(row, group))
    stages.sort(key=lambda stage: (stage.on_latest is not None, stage.on_latest or day, stage.pk))
    reached = [stage.stage for stage in stages if stage.stage != WorkingGroup.Stage.RENAMED.value]
    return reached[-1] if reached else ""
