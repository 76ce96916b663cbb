"""Who is known around a commitment: those that “not mine” may name, and in which capacity somebody was told."""

from datetime import date

from django.utils.translation import gettext as _

from agreements.models import Country, Person
from meetings.models import Commitment, CommitmentParty, FocalPoint, Notice, OrganisationFocalPoint

from .recipients import has_open_account

Office = FocalPoint | OrganisationFocalPoint
PEOPLE = ("person__user", "deputy__user", "supervisor__user")


def offices(commitment: Commitment, today: date) -> list[Office]:
    """Return who serves on ``today`` for a commitment read for wording: its focal points first, then those of the
    organisations that promised it, convene its working group or are the secretariat of its forum; two queries."""
    own = FocalPoint.objects.serving(today).filter(commitment=commitment).select_related(*PEOPLE, "side")
    theirs = OrganisationFocalPoint.objects.serving(today).filter(organisation__in=_responsible(commitment))
    return [*own, *theirs.select_related(*PEOPLE)]


def _responsible(commitment):
    by = {party.organisation_id for party in commitment.told_parties if party.side == CommitmentParty.Side.BY}
    group = commitment.working_group or (commitment.meeting and commitment.meeting.working_group)
    forum = commitment.forum
    return (by | {group and group.convener_id, forum and forum.secretariat_id}) - {None}


def colleagues(offices: list[Office], person: Person) -> list[Person]:
    """Return everybody else in these offices, by name: who holds them, their deputies and supervisors."""
    known = {each.pk: each for office in offices for each in _people(office) if has_open_account(each)}
    known.pop(person.pk, None)
    return sorted(known.values(), key=lambda each: (each.name, each.pk))


def _people(office):
    return filter(None, [office.person, office.deputy, office.supervisor])


def holders(person: Person, offices: list[Office]) -> set[int]:
    """Return, by primary key, the person and whoever shares an office with them, as its holder or as the deputy."""
    shared = [{office.person_id, office.deputy_id} for office in offices]
    return {person.pk}.union(*(pair for pair in shared if person.pk in pair)) - {None}


def capacity(notice: Notice, offices: list[Office]) -> str:
    """Return in words why somebody was told who is not in charge themselves; empty for those who are."""
    if notice.role == Notice.Role.SUPERVISOR:
        return _("You were told as the supervisor of those in charge, because the question has had no answer yet.")
    if notice.role == Notice.Role.SECRETARIAT:
        return _("You were told as the secretariat of the forum, because the question has had no answer yet.")
    if any(office.person_id == notice.person_id for office in offices):
        return ""
    for office in offices:
        if office.deputy_id == notice.person_id:
            return _("You were asked as the deputy of %(name)s.") % {"name": office.person.name}
    return ""


def side_of(person: Person, offices: list[Office]) -> Country | None:
    """Return the side that the person speaks for: that of their term of office, or of whose deputy or supervisor they
    are, else their country."""
    ours = [office for office in offices if person.pk in {each.pk for each in _people(office)}]
    ours.sort(key=lambda office: office.person_id != person.pk)
    return next((office.side for office in ours if getattr(office, "side", None)), person.country)
