"""Records for the tests of follow-ups: people in charge and commitments that call for a question."""

from datetime import UTC, date, datetime, timedelta

from agreements.models import AgreementEvent
from meetings.models import FocalPoint
from tests.factories import make_agreement, make_commitment, make_person

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


def make_limited_agreement(**fields):
    """An agreement in force to which notice can be given until the 30th day from today."""
    agreement = make_agreement(signed="2023-12-01", **{"validity": "P36M", "notice": "P0M", **fields})
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", on="2023-12-23")
    return agreement


def asked(digests):
    """What the digests ask, by name: {"ayesha": [("COM-0001", 0)]}."""
    return {digest.person.name: [(due.subject.reference, due.stage) for due in digest.reminders] for digest in digests}
