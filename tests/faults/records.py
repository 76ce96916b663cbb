"""People and commitments by the thousand: written in bulk, with all that a digest reads and nothing else."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.db import connection

from agreements.models import Person
from meetings.models import Commitment, CommitmentParty, FocalPoint
from tests.factories import make_country, make_meeting
from tracker.accounts.models import User

# Every commitment due between these days from today has a stage to be asked about.
DAYS = range(-40, 30)
BATCH = 2000


def make_people(count: int, *, with_accounts: bool = False, zones: Sequence[str] = ("UTC",), **fields) -> list[Person]:
    """People p0@example.org and so on, who may be written to at any hour of any day unless `fields` say otherwise."""
    users = [None] * count
    if with_accounts:
        users = User.objects.bulk_create(
            User(username=f"p{number}", email=f"p{number}@example.org", password="!") for number in range(count)
        )
    fields = {"send_hour": 0} | fields
    return Person.objects.bulk_create(
        (
            Person(
                slug=f"p{number}",
                name=f"Person {number}",
                email=f"p{number}@example.org",
                user=users[number],
                time_zone=zones[number % len(zones)],
                **fields,
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )


def make_commitments(people: Sequence[Person], count: int, today: date, random: Random, days=DAYS) -> list[Commitment]:
    """Published commitments due around today, the people in charge of them in turn, so that everybody has some."""
    meeting = make_meeting()
    commitments = Commitment.objects.bulk_create(
        (
            Commitment(
                reference=f"COM-{number + 1:04}",
                title=f"Commitment {number} on the mutual recognition of electronic signatures",
                strength=Commitment.Strength.AGREED,
                state=Commitment.State.PUBLISHED,
                meeting=meeting,
                due=(today + timedelta(days=random.choice(days))).isoformat(),
                due_rule=Commitment.DueRule.DATE,
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )
    by, to = make_country("PAK"), make_country("CHN")
    sides = [(commitment, side, country) for commitment in commitments for side, country in (("by", by), ("to", to))]
    CommitmentParty.objects.bulk_create(
        (CommitmentParty(commitment=commitment, side=side, country=country) for commitment, side, country in sides),
        batch_size=BATCH,
    )
    FocalPoint.objects.bulk_create(
        (
            FocalPoint(commitment=commitment, person=people[number % len(people)])
            for number, commitment in enumerate(commitments)
        ),
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return commitments
