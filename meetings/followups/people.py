"""Who is in charge of a commitment, who is next in line, who coordinates a forum, and whether mail can reach them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from agreements.models import Absence, Country, Person
from meetings.models import Commitment, CommitmentParty, Coordinator, FocalPoint, OrganisationFocalPoint, Reminder
from meetings.models.focal_point import Appointment
from tracker.mail.models import RefusedAddress

from .rules import DueRule
from .working_days import Clock, is_working_day

Role = Reminder.Role
Served = TypeVar("Served", bound=Appointment)


def askable(commitments=None):
    """Of these, or of all: published, open commitments with something to count from. Nobody ever gets mail about any
    other."""
    commitments = Commitment.objects.all() if commitments is None else commitments
    has_date = Q(due_latest__isnull=False) & ~Q(due_rule=DueRule.NONE)
    goes_on = Q(due_rule=DueRule.CONTINUOUS) | ~Q(recurrence="")
    return commitments.published().open().filter(has_date | goes_on)


def may_call_by(day: date) -> Q:
    """The condition that a commitment may call for a reminder by that day."""
    return Q(due_latest__lte=day) | Q(due_rule=DueRule.CONTINUOUS) | ~Q(recurrence="")


def recipient(person: Person) -> str:
    """How a delivery names the person that it is for."""
    return f"person:{person.pk}"


def address(person: Person) -> str:
    """The person's address, else that of their account; may be empty."""
    return person.email or (person.user.email if person.user else "")


def mailbox(person: Person) -> str:
    """The same for all whose mail arrives in one place: letters of an address are large or small at will."""
    return address(person).lower()


def has_open_account(person: Person) -> bool:
    """Whether nothing is known against the person: most have no account at all."""
    return person.user is None or person.user.is_active


class Directory:
    """The people of some appointments, and whether they can be written to: three queries. The appointments get them."""

    def __init__(self, appointments: Iterable[Appointment], clock: Clock):
        appointments = list(appointments)
        keys = {key for each in appointments for key in _people_of(each).values() if key}
        people = Person.objects.select_related("user", "country").in_bulk(keys)
        for each in appointments:
            for name, key in _people_of(each).items():
                setattr(each, name, people.get(key))
        self.clock = clock
        self._refused = RefusedAddress.objects.addresses()
        self._absences = defaultdict(list)
        for absence in Absence.objects.filter(starts__lte=clock.last_day, ends__gte=clock.first_day):
            self._absences[absence.person_id].append(absence)
        self._at_work = {}

    def serving(self, appointments: Iterable[Served]) -> list[Served]:
        """Those whose term runs on the person's own day."""
        return [each for each in appointments if each.is_serving(self.clock.day(each.person))]

    def reached_by(self, appointment: Appointment) -> Person | None:
        """The person appointed, or the deputy while they are away or cannot be reached. Where both are away, or there
        is no deputy, mail waits for whoever can be reached."""
        people = filter(None, (appointment.person, appointment.deputy))
        reachable = [person for person in people if self.obstacle(person) is None]
        return next((person for person in reachable if not self.is_away(person)), reachable[0] if reachable else None)

    def one_a_mailbox(self, people: Iterable[Person]) -> dict[Person, set[int]]:
        """To whom a message goes that all of these people should have: of those who share a mailbox one, the first who
        is not away; with the primary keys of all whose mailbox it is."""
        by_mailbox: dict[str, dict[int, Person]] = defaultdict(dict)
        for person in people:
            by_mailbox[mailbox(person)].setdefault(person.pk, person)
        return {self._at_hand(list(sharing.values())): set(sharing) for sharing in by_mailbox.values()}

    def _at_hand(self, people):
        return people[0] if len(people) == 1 else min(people, key=self.is_away)

    def is_away(self, person: Person) -> bool:
        day = self.clock.day(person)
        return any(absence.starts <= day <= absence.ends for absence in self._absences.get(person.pk, ()))

    def is_at_work(self, person: Person) -> bool:
        """Whether it is past the person's hour of mail on a working day of theirs."""
        if person.pk not in self._at_work:
            is_day = self.clock.is_hour_of_mail(person) and is_working_day(self.clock.day(person), person)
            self._at_work[person.pk] = is_day and not self.is_away(person)
        return self._at_work[person.pk]

    def obstacle(self, person: Person) -> str | None:
        """Return why nobody can write to this person, in words, or None."""
        if not has_open_account(person):
            return _("%(person)s's account is closed") % {"person": person}
        if person.unsubscribed_at is not None:
            return _("%(person)s has stopped the mail") % {"person": person}
        to = address(person)
        if not to:
            return _("%(person)s has no e-mail address") % {"person": person}
        if mailbox(person) in self._refused:
            return _("%(person)s's address was refused") % {"person": person}
        return None if _is_well_formed(to) else _("%(person)s's e-mail address is not valid") % {"person": person}


@dataclass
class PeopleInCharge:
    """Who is in charge of one commitment on a day. ``line`` holds the appointments of every level, the commitment's own
    focal points first and the secretariat last; ``appointments`` are those of the level in force. ``sharing`` are, for
    whoever is written to, all who read the same mailbox and would be written to otherwise."""

    line: list[list[Appointment]]
    appointments: list[Appointment] = field(default_factory=list)
    asked: list[Person] = field(default_factory=list)
    supervisors: list[Person] = field(default_factory=list)
    secretariat: list[Person] = field(default_factory=list)
    sharing: dict[int, set[int]] = field(default_factory=dict)
    _asked_for: dict[int, list[Appointment]] = field(default_factory=dict)

    def recipients(self, role: str) -> list[Person]:
        """Those who are written to in this role."""
        lists: dict[str, list[Person]] = {Role.SUPERVISOR: self.supervisors, Role.SECRETARIAT: self.secretariat}
        return lists.get(role, self.asked)

    @property
    def keys(self) -> set[int]:
        """The primary keys of those in charge and their deputies, whoever of them is there."""
        return {key for each in self.appointments for key in _holders(each)}

    def who_answer(self, person: Person, role: str) -> list[set[int]]:
        """For each appointment that the person is written to for, by primary key: whose answer will do, that of the
        person appointed, of the deputy, or of anybody who reads the same mailbox."""
        appointments = self._asked_for.get(person.pk) if role == Role.ASKED else None
        theirs = self.sharing.get(person.pk, {person.pk})
        return [_holders(each) | theirs for each in appointments] if appointments else [theirs]

    def may_answer(self, person: Person, role: str) -> bool:
        """Whether a link still works: for whoever is in charge, their deputy, and those above who were told."""
        if not has_open_account(person):
            return False
        named = {key for each in [*self.line[0], *self.appointments] for key in _holders(each)}
        return person.pk in named.union(*(self.sharing[each.pk] for each in self.recipients(role)))

    def colleagues(self, person: Person) -> list[Person]:
        """Everybody else in line, by name: those appointed, their deputies and supervisors."""
        everybody = [each for appointment in self._everyone() for each in _named_in(appointment)]
        known = {each.pk: each for each in everybody if has_open_account(each) and each.pk != person.pk}
        return sorted(known.values(), key=lambda each: (each.name, each.pk))

    def who_share(self, person: Person) -> set[int]:
        """The person and whoever shares an appointment with them, as the person appointed or as the deputy."""
        pairs = [_holders(each) for each in self._everyone()]
        return {person.pk}.union(*(pair for pair in pairs if person.pk in pair))

    def capacity(self, reminder: Reminder) -> str:
        """Return in words why somebody was told who is not in charge themselves; empty for those who are."""
        if reminder.role == Role.SUPERVISOR:
            return _(
                "You are informed as the supervisor of those in charge, because the question has not been answered."
            )
        if reminder.role == Role.SECRETARIAT:
            return _("You are informed as the secretariat of the forum, because the question has not been answered.")
        appointments = self._everyone()
        if any(each.person_id == reminder.person_id for each in appointments):
            return ""
        names = (each.person.name for each in appointments if each.deputy_id == reminder.person_id)
        name = next(names, None)
        return _("You were asked as the deputy of %(name)s.") % {"name": name} if name else ""

    def side_of(self, person: Person) -> Country | None:
        """Return the side that the person speaks for: that of their appointment, or of whose deputy or supervisor they
        are, else their country."""
        theirs = [each for each in self._everyone() if person.pk in {named.pk for named in _named_in(each)}]
        theirs.sort(key=lambda each: each.person_id != person.pk)
        return next((each.side for each in theirs if getattr(each, "side", None)), person.country)

    def _everyone(self):
        return [each for level in self.line for each in level]


class InCharge(dict):
    """The ``PeopleInCharge`` of some ``commitments`` (a queryset or a list), by primary key: seven queries.

    The line: the commitment's own focal points; where none of them can be written to, those of the organisations that
    undertook it, then of the convener of its working group, then of the secretariat of its forum. The working group in
    charge is the commitment's own, else that which met; one without a convener hands on to the secretariat.
    """

    def __init__(self, commitments, clock: Clock):
        keys = commitments.values("pk") if hasattr(commitments, "values") else [each.pk for each in commitments]
        own = _own_focal_points(keys)
        organisations, of_organisation = _organisations_in_line(keys)
        self.directory = Directory(chain(*own.values(), *of_organisation.values()), clock)
        for key, in_line in organisations.items():
            line = [own[key], *([each for one in level for each in of_organisation[one]] for level in in_line)]
            self[key] = _in_charge([self.directory.serving(level) for level in line], self.directory)


def _in_charge(line, directory):
    reached, in_force = {}, next(filter(None, line), [])
    for level in line:
        reached = {each: person for each in level if (person := directory.reached_by(each)) is not None}
        if reached:
            in_force = level
            break
    asked = directory.one_a_mailbox(reached.values())
    known = {mailbox(person) for person in asked}
    above = [each.supervisor for each in in_force if each.supervisor and directory.obstacle(each.supervisor) is None]
    supervisors = directory.one_a_mailbox(each for each in above if mailbox(each) not in known)
    last = filter(None, map(directory.reached_by, line[-1]))
    secretariat = directory.one_a_mailbox(each for each in last if mailbox(each) not in known)
    return PeopleInCharge(
        line,
        appointments=in_force,
        asked=list(asked),
        supervisors=list(supervisors),
        secretariat=list(secretariat),
        sharing=_together(asked, supervisors, secretariat),
        _asked_for={
            person.pk: [each for each, one in reached.items() if one.pk in keys] for person, keys in asked.items()
        },
    )


def _together(*parts):
    found = defaultdict(set)
    for part in parts:
        for person, keys in part.items():
            found[person.pk] |= keys
    return dict(found)


def _holders(appointment):
    return {key for key in (appointment.person_id, appointment.deputy_id) if key}


def _people_of(appointment):
    names = ("person", "deputy", "supervisor")
    return {name: getattr(appointment, f"{name}_id") for name in names if hasattr(appointment, f"{name}_id")}


def _named_in(appointment):
    return filter(None, (getattr(appointment, name) for name in _people_of(appointment)))


def _own_focal_points(keys):
    own = defaultdict(list)
    for each in FocalPoint.objects.filter(commitment__in=keys).order_by("pk"):
        own[each.commitment_id].append(each)
    return own


def _organisations_in_line(keys):
    """Return the organisations in line for each commitment, and the focal points of all of them by organisation."""
    undertook = defaultdict(list)
    by = CommitmentParty.objects.filter(commitment__in=keys, side=CommitmentParty.Side.BY, organisation__isnull=False)
    for commitment, organisation in by.order_by("pk").values_list("commitment_id", "organisation_id"):
        undertook[commitment].append(organisation)
    its_own = When(working_group__isnull=False, then="working_group__convener")
    convener = Case(its_own, default="meeting__working_group__convener")
    rows = Commitment.objects.filter(pk__in=keys).order_by().values_list("pk", convener, "forum__secretariat")
    organisations = {key: (undertook[key], [convener], [secretariat]) for key, convener, secretariat in rows}
    in_line = {one for line in organisations.values() for level in line for one in level if one}
    of_organisation = defaultdict(list)
    for each in OrganisationFocalPoint.objects.filter(organisation__in=in_line).order_by("pk"):
        of_organisation[each.organisation_id].append(each)
    return organisations, of_organisation


def _is_well_formed(to):
    try:
        validate_email(to)
    except ValidationError:
        return False
    return True


class Coordinators:
    """Who coordinates each forum, themselves or by deputy: four queries."""

    def __init__(self, clock: Clock):
        appointments = list(Coordinator.objects.order_by("pk"))
        self.directory = Directory(appointments, clock)
        self._of_forum, self._appointed = {}, defaultdict(set)
        by_forum = defaultdict(list)
        for each in self.directory.serving(appointments):
            by_forum[each.forum_id].append(each)
        for forum_id, some in by_forum.items():
            self._read(forum_id, {each: person for each in some if (person := self.directory.reached_by(each))})

    def _read(self, forum_id, reached):
        if reached:
            self._of_forum[forum_id] = self.directory.one_a_mailbox(reached.values())
        for person, keys in self._of_forum.get(forum_id, {}).items():
            self._appointed[forum_id, person.pk] = {each.person_id for each, one in reached.items() if one.pk in keys}

    def __bool__(self):
        return bool(self._of_forum)

    def of_forum(self, forum_id: int | None) -> dict[Person, set[int]]:
        """Those who are written to, with the primary keys of all whose mailbox it is."""
        return self._of_forum.get(forum_id) or self._of_forum.get(None, {})

    def appointed(self, forum_id: int | None, person: Person) -> set[int]:
        """For whom the person coordinates, by primary key: for themselves, or for those for whom they stand in."""
        return self._appointed[forum_id, person.pk]

    def forums(self) -> list[int | None]:
        """The forums with a coordinator of their own; None where somebody coordinates the rest."""
        return list(self._of_forum)
