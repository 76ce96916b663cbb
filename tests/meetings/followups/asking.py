"""Records for the tests of follow-ups: people in charge and commitments that call for a question."""

from datetime import UTC, date, datetime, timedelta

from meetings.models import FocalPoint
from tests.factories import make_commitment, make_person

# A Monday, at noon in Greenwich.
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def make_focal_person(name="ayesha", **fields):
    return make_person(name, **{"email": f"{name.replace(' ', '.')}@example.org", **fields})


def make_due(*people, days=0, today=TODAY, **fields):
    """A published commitment due so many days after today, with these people in charge."""
    commitment = make_commitment(**{"due": (today + timedelta(days=days)).isoformat(), **fields})
    for person in people:
        FocalPoint.objects.create(commitment=commitment, person=person)
    return commitment


def asked(digests):
    """What the digests ask, by name: {"ayesha": [("COM-0001", 0)]}."""
    return {digest.person.name: [(line.subject.reference, line.stage) for line in digest.lines] for digest in digests}
