"""Random hands on records and answers: what the public sees is what is published at that moment, and no more."""

from collections.abc import Iterable
from random import Random

from django.db import transaction
from django.test import Client

from meetings.models import Commitment, Progress, ProgressUpdate
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting, make_organisation
from tracker.records.models import Publishable

STATES = Publishable.State.values
STEPS = 12


def run(chance: Random, rounds: Iterable[int]) -> int:
    """A small world a round, in an empty database, which is left as it was; how many records were looked for."""
    number_of_records = 0
    for _round in rounds:
        with transaction.atomic():
            number_of_records += live(chance)
            transaction.set_rollback(True)
    return number_of_records


def live(chance: Random) -> int:
    forum = make_forum("jcc", ["CHN", "PAK"], name="Hidden forum")
    agreement = make_agreement(title="Hidden agreement", forum=forum)
    meeting = make_meeting(title="Hidden meeting", forum=forum)
    commitment = make_commitment(title="Hidden commitment", meeting=meeting, agreement=agreement)
    records = [forum, agreement, meeting, commitment, make_organisation("ministry", name="Hidden ministry")]
    history = []
    for _step in range(STEPS):
        if chance.random() < 0.4:
            history.append(answer(chance, commitment))
        else:
            record = chance.choice(records)
            record.refresh_from_db()
            record.state = chance.choice(STATES)
            record.save()
            history.append((record, record.state))
        check_progress(commitment, history)
    check_pages(records, history)
    return len(records)


def answer(chance, commitment):
    """A new progress update, or a decision about an old one, or its end."""
    updates = list(ProgressUpdate.objects.all())
    if not updates or chance.random() < 0.5:
        made = {"progress": chance.choice(Progress.values), "state": chance.choice(STATES)}
        ProgressUpdate.objects.create(commitment=commitment, as_of=f"20{chance.randint(10, 25)}", **made)
        return made
    update = chance.choice(updates)
    if chance.random() < 0.2:
        update.delete()
        return "deleted", update.progress
    update.state = chance.choice(STATES)
    update.save()
    return update.progress, update.state


def check_progress(commitment, history):
    """That of the published update about the latest day."""
    told = [update for update in ProgressUpdate.objects.all() if update.state == "published"]
    last = max(told, key=lambda update: (update.as_of_latest, update.pk), default=None)
    found = Commitment.objects.get(pk=commitment.pk).progress
    assert found == (last.progress if last else Progress.NO_INFORMATION), history


def check_pages(records, history):
    client = Client()
    lists = {f"/{kind}.json": client.get(f"/{kind}.json").getvalue().decode() for kind in LISTS}
    for record in records:
        record.refresh_from_db()
        is_public = record.state == "published"
        # All were public once.
        expected = {"published": 200, "withdrawn": 410}.get(record.state, 404)
        assert client.get(record.get_absolute_url()).status_code == expected, history
        address = f'{record.get_absolute_url()}"'
        assert [address in body for body in lists.values()].count(True) == is_public, history


LISTS = ("agreements", "meetings", "commitments", "forums", "organisations")
