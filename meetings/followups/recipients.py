"""Which commitments people are asked about, and who is asked."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from agreements.models import Person
from meetings.models import (
    Commitment,
    CommitmentParty,
    FocalPoint,
    OrganisationFocalPoint,
    ProgressUpdate,
)

from .policy import NEVER_DUE

PERSON = ("person__user", "person__country")


def askable(now: datetime):
    """Published, open commitments with a due date: nobody ever gets mail about any other."""
    return Commitment.objects.published(now).open().filter(due_latest__isnull=False).exclude(due_rule__in=NEVER_DUE)


def people_asked(commitments, day_of: Callable[[Person], date]) -> dict[int, list[Person]]:
    """Return who answers for each of these ``commitments`` (a queryset or a list), by primary key; three queries.

    Those are its focal points in office on their own day (``day_of``), else those of the organisations that undertook
    it. Whose account is closed is not asked.
    """
    asked = defaultdict(list)
    points = FocalPoint.objects.filter(commitment__in=commitments).select_related(*PERSON)
    for point in _in_office(points, day_of):
        asked[point.commitment_id].append(point.person)
    undertook = CommitmentParty.objects.filter(
        commitment__in=commitments, side=CommitmentParty.Side.BY, organisation__isnull=False
    )
    points = OrganisationFocalPoint.objects.filter(organisation__in=undertook.values("organisation"))
    of_organisation = defaultdict(list)
    for point in _in_office(points.select_related(*PERSON), day_of):
        of_organisation[point.organisation_id].append(point.person)
    fallback = defaultdict(dict)
    for commitment, organisation in undertook.values_list("commitment_id", "organisation_id"):
        # By primary key: who speaks for two of the organisations is asked once.
        fallback[commitment].update({person.pk: person for person in of_organisation[organisation]})
    for commitment, people in fallback.items():
        asked[commitment] = asked.get(commitment) or list(people.values())
    return {commitment: people for commitment, people in asked.items() if people}


def _in_office(points: Iterable, day_of):
    for point in points:
        day = day_of(point.person)
        serves = (point.starts is None or point.starts <= day) and (point.ends is None or point.ends >= day)
        if serves and is_reachable(point.person):
            yield point


def is_reachable(person: Person) -> bool:
    return person.user is None or person.user.is_active


def address(person: Person) -> str:
    """The person's address, else that of their account; may be empty."""
    return person.email or (person.user.email if person.user else "")


def awaiting_editors(commitments) -> set[tuple[int, int]]:
    """Return (commitment, person) where an answer waits for an editor: it would be rude to ask again. Being on track
    needs no decision, and a reminder does no harm."""
    answers = ProgressUpdate.objects.awaiting_review().filter(commitment__in=commitments, notice__isnull=False)
    answers = answers.exclude(answer=ProgressUpdate.Answer.ON_TRACK)
    return set(answers.values_list("commitment_id", "answered_by_id"))
