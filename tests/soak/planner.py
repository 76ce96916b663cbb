"""Random days of mail: nobody has it twice a day, on a free day, or without rest; planning again adds nothing."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from django.db import transaction

from meetings.followups.planner import plan_digests
from meetings.followups.working_days import is_working_day
from meetings.models import FocalPoint, ProgressUpdate
from tests.factories import make_commitment, make_country, make_meeting, make_person
from tests.meetings.followups.asking import NOON, TODAY
from tracker.mail.models import Delivery

ZONES = ("UTC", "Asia/Karachi", "Pacific/Auckland", "America/Los_Angeles")
DAYS = 25
REST = 5
WITHOUT_REST = {0, 1}


def run(chance: Random, rounds: Iterable[int]) -> int:
    """Some weeks a round, in an empty database, which is left as it was; return how many mails there were."""
    sent = 0
    for _round in rounds:
        with transaction.atomic():
            sent += live(chance)
            transaction.set_rollback(True)
    return sent


def live(chance: Random) -> int:
    country = make_country("PAK")
    people = [
        make_person(email=f"p{number}@example.org", country=country, time_zone=zone, send_hour=chance.randint(0, 23))
        for number, zone in enumerate(chance.sample(ZONES, 3))
    ]
    meeting = make_meeting()
    for _commitment in range(6):
        due = TODAY + timedelta(days=chance.randint(-40, 60))
        commitment = make_commitment(meeting=meeting, due=due.isoformat())
        for person in chance.sample(people, chance.randint(1, 2)):
            FocalPoint.objects.create(commitment=commitment, person=person)
    last, sent = {}, 0
    for hour in range(0, DAYS * 24, chance.choice([7, 11, 13, 24])):
        now = NOON + timedelta(hours=hour)
        digests = plan_digests(now)
        assert plan_digests(now) == []
        for digest in digests:
            check(digest, last)
            last[digest.person.pk] = digest.day
        sent += len(digests)
        Delivery.objects.unsent().update(state=Delivery.State.SENT, sent_at=now)
        maybe_answer(chance)
    return sent


def check(digest, last):
    before = last.get(digest.person.pk)
    assert is_working_day(digest.day, digest.person)
    stages = {reminder.stage for reminder in digest.reminders}
    assert before is None or (digest.day - before).days >= (1 if stages & WITHOUT_REST else REST), stages
    subjects = [reminder.subject.pk for reminder in digest.reminders]
    assert subjects and len(subjects) == len(set(subjects))


def maybe_answer(chance):
    """Now and then somebody answers, and an editor accepts it."""
    waiting = Delivery.objects.filter(reminders__answer__isnull=True).order_by("pk").last()
    if waiting is None or chance.random() > 0.2:
        return
    reminder = waiting.reminders.filter(answer__isnull=True).first()
    ProgressUpdate.objects.create(
        commitment=reminder.commitment,
        reminder=reminder,
        answered_by=reminder.person,
        answer=chance.choice(["done", "on_track", "need_help"]),
        state=chance.choice(["in_review", "published"]),
        as_of="2026-11",
    )
