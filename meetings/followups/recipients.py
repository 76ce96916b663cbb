"""Which commitments people are asked about, and who is asked: whoever is in charge, or next in line."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agreements.models import Absence, Person
from meetings.models import Commitment, CommitmentParty, FocalPoint, Notice, OrganisationFocalPoint
from tracker.mail.models import RefusedAddress

from .calendar import Clock, is_working_day
from .policy import DueRule, Policies, due_stage


def askable(now: datetime):
    """Published, open commitments with something to count from: nobody ever gets mail about any other."""
    has_date = Q(due_latest__isnull=False) & ~Q(due_rule=DueRule.NONE)
    goes_on = Q(due_rule=DueRule.CONTINUOUS) | ~Q(recurrence="")
    return Commitment.objects.published().open().filter(has_date | goes_on)


def callable_by(horizon: date):
    """The condition that a commitment may call for a notice by that day."""
    return Q(due_latest__lte=horizon) | Q(due_rule=DueRule.CONTINUOUS) | ~Q(recurrence="")


def address(person: Person) -> str:
    """The person's address, else that of their account; may be empty."""
    return person.email or (person.user.email if person.user else "")


def has_open_account(person: Person) -> bool:
    """Whether nothing is known against the person: most have no account at all."""
    return person.user is None or person.user.is_active


@dataclass
class Charges:
    """Who is in charge of one commitment on a day, in the level that is in force."""

    offices: list = field(default_factory=list)
    asked: list[Person] = field(default_factory=list)
    supervisors: list[Person] = field(default_factory=list)
    secretariat: list[Person] = field(default_factory=list)
    _asked_for: dict[int, list] = field(default_factory=dict)
    _answering: set[int] = field(default_factory=set)

    def told(self, role: str) -> list[Person]:
        """Those who are written to in this role (``Notice.Role``)."""
        lists = {Notice.Role.SUPERVISOR: self.supervisors, Notice.Role.SECRETARIAT: self.secretariat}
        return lists.get(role, self.asked)

    @property
    def in_office(self) -> set[int]:
        """Those in charge and their deputies, whoever of them is there."""
        return {key for office in self.offices for key in _holders(office)}

    def voices(self, person: Person, role: str) -> list[set[int]]:
        """For each office that the person is written to for: whose answer will do, of its holder or of the deputy."""
        offices = self._asked_for.get(person.pk) if role == Notice.Role.ASKED else None
        return [_holders(office) for office in offices] if offices else [{person.pk}]

    def may_answer(self, person: Person, role: str) -> bool:
        """Whether a link still works: for whoever is in office, their deputy, and those above who were told."""
        if not has_open_account(person):
            return False
        return person.pk in self._answering or any(person.pk == each.pk for each in self.told(role))


class InCharge(dict):
    """The ``Charges`` of some ``commitments`` (a queryset or a list), by primary key: seven queries.

    The commitment's own focal points; where none of them can be written to, those of the organisations that undertook
    it, then of the convener of its working group, then of the secretariat of its forum.
    """

    def __init__(self, commitments, clock: Clock):
        keys = commitments.values("pk") if hasattr(commitments, "values") else [each.pk for each in commitments]
        own, bodies, of_body = _own_offices(keys), *_bodies(keys)
        self.register = Register([*own.values(), *of_body.values()], clock)
        for key, in_line in bodies.items():
            levels = [own[key], *([office for body in some for office in of_body[body]] for some in in_line)]
            self[key] = _charges([self.register.serving(offices) for offices in levels], self.register)


def _charges(levels, register):
    asked, in_force = {}, next(filter(None, levels), [])
    for offices in levels:
        asked = _offices_by_person(offices, register)
        if asked:
            in_force = offices
            break
    known = {person.pk for person in asked}
    supervisors = _distinct(office.supervisor for office in in_force)
    secretariat = _distinct(register.written_to(office) for office in levels[-1])
    return Charges(
        offices=in_force,
        asked=list(asked),
        supervisors=[each for each in supervisors if each.pk not in known and register.obstacle(each) is None],
        secretariat=[each for each in secretariat if each.pk not in known],
        _asked_for={person.pk: offices for person, offices in asked.items()},
        _answering={key for office in [*levels[0], *in_force] for key in _holders(office)},
    )


def _offices_by_person(offices, register):
    """Who is written to, each for one office or more, in order."""
    found = defaultdict(list)
    for office in offices:
        person = register.written_to(office)
        if person is not None:
            found[person].append(office)
    return found


def _holders(office):
    return {key for key in (office.person_id, office.deputy_id) if key}


def _distinct(people):
    """By primary key, in order: who speaks for two of the organisations is asked once."""
    return list({person.pk: person for person in people if person is not None}.values())


def _own_offices(keys):
    own = defaultdict(list)
    for office in FocalPoint.objects.filter(commitment__in=keys).order_by("pk"):
        own[office.commitment_id].append(office)
    return own


def _bodies(keys):
    """Return the organisations in line for each commitment, and the focal points of all of them by organisation."""
    undertook = defaultdict(list)
    by = CommitmentParty.objects.filter(commitment__in=keys, side=CommitmentParty.Side.BY, organisation__isnull=False)
    for commitment, organisation in by.order_by("pk").values_list("commitment_id", "organisation_id"):
        undertook[commitment].append(organisation)
    convener = Coalesce("working_group__convener", "meeting__working_group__convener")
    rows = Commitment.objects.filter(pk__in=keys).order_by().values_list("pk", convener, "forum__secretariat")
    bodies = {key: (undertook[key], [convener], [secretariat]) for key, convener, secretariat in rows}
    in_line = {body for levels in bodies.values() for level in levels for body in level if body}
    of_body = defaultdict(list)
    for office in OrganisationFocalPoint.objects.filter(organisation__in=in_line).order_by("pk"):
        of_body[office.organisation_id].append(office)
    return bodies, of_body


class Register:
    """The people of some offices, with what stands against writing to them: three queries. ``offices`` come in lists,
    and get their people."""

    def __init__(self, offices, clock: Clock):
        offices = [office for some in offices for office in some]
        keys = {key for office in offices for key in _people_of(office).values() if key}
        people = Person.objects.select_related("user", "country").in_bulk(keys)
        for office in offices:
            for name, key in _people_of(office).items():
                setattr(office, name, people.get(key))
        self.clock = clock
        self._refused = RefusedAddress.objects.addresses()
        self._absences = self._load_absences()

    def _load_absences(self):
        near = Absence.objects.filter(starts__lte=self.clock.last_day, ends__gte=self.clock.first_day)
        absences = defaultdict(list)
        for absence in near:
            absences[absence.person_id].append(absence)
        return absences

    def serving(self, offices):
        return [office for office in offices if office.is_serving(self.clock.day(office.person))]

    def written_to(self, office) -> Person | None:
        """The person in office, or the deputy while they are away or cannot be reached. Where both are away, or there
        is no deputy, mail waits for whoever can be reached."""
        holders = [each for each in (office.person, office.deputy) if each is not None and self.obstacle(each) is None]
        return next((each for each in holders if not self.is_away(each)), holders[0] if holders else None)

    def is_away(self, person) -> bool:
        day = self.clock.day(person)
        return any(absence.starts <= day <= absence.ends for absence in self._absences.get(person.pk, ()))

    def is_at_work(self, person) -> bool:
        return is_working_day(self.clock.day(person), person) and not self.is_away(person)

    def obstacle(self, person) -> str | None:
        """Return why nobody can write to this person, in words, or None."""
        if not has_open_account(person):
            return _("%(person)s's account is closed") % {"person": person}
        if person.unsubscribed_at is not None:
            return _("%(person)s wants no more mail") % {"person": person}
        to = address(person)
        if not to:
            return _("%(person)s has no e-mail address") % {"person": person}
        if to.lower() in self._refused:
            return _("%(person)s's address was refused") % {"person": person}
        return None if _is_well_formed(to) else _("%(person)s's address is not one") % {"person": person}


def _people_of(office):
    names = ("person", "deputy", "supervisor")
    return {name: getattr(office, f"{name}_id") for name in names if hasattr(office, f"{name}_id")}


def _is_well_formed(to):
    try:
        validate_email(to)
    except ValidationError:
        return False
    return True


def nobody_to_ask(now: datetime, today: date) -> dict[int, str]:
    """Return the commitments that call for a question on ``today`` but have nobody to answer it, and the reason why."""
    policies, clock = Policies(), Clock(now, today)
    near = askable(now).filter(callable_by(today + timedelta(days=policies.longest_window)))
    commitments = [
        commitment
        for commitment in near.select_related("meeting", "agreement")
        if (policy := policies.of_forum(commitment.forum_id)) and due_stage(policy, commitment, today)
    ]
    in_charge = InCharge(commitments, clock)
    without = [commitment.pk for commitment in commitments if not in_charge[commitment.pk].asked]
    return {key: why_nobody(in_charge[key].offices, in_charge.register) for key in without}


def why_nobody(offices, register: Register) -> str:
    """Return in words why none of those in office can be asked."""
    obstacles = [register.obstacle(office.person) or "" for office in offices]
    return "; ".join(filter(None, obstacles)) or _("nobody is named")
