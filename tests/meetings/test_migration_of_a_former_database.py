"""A database of the former version becomes one of this: its notices reminders, its embargoes moments of publication.

To go back and forth takes long: one test does it for all.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from agreements.models import Agreement
from meetings.models import Commitment, ProgressUpdate, Reminder
from tests.factories import make_agreement, make_commitment, make_meeting, make_person
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [
    ("agreements", "0002_mail_to_people"),
    ("meetings", "0003_follow_up_in_full"),
    ("site", "0003_roles_in_follow_ups"),
]
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEPT = ("delivery", "person", "role", "due_on", "stage", "due_version", "round", "day", "created_at")


def migrate(targets=None):
    """Migrate there, else to the newest state; return the models of a former one."""
    executor = MigrationExecutor(connection)
    state = executor.migrate(targets or executor.loader.graph.leaf_nodes())
    return state.apps if targets else None


@pytest.fixture
def newest():
    """The database has its newest tables again when the test ends."""
    yield
    migrate()


def make_notices(model, number, **fields):
    """So many rows, each told apart by its stage, of odd moments."""
    for stage in range(number):
        delivery = Delivery.objects.create(key=f"{model.__name__}{stage}", kind="x", day=NOW.date(), not_before=NOW)
        told = {"due_on": date(2026, 11, stage + 1), "day": date(2026, 12, stage + 1), "round": stage % 2}
        notice = model.objects.create(delivery_id=delivery.pk, stage=stage, **told, **fields)
        model.objects.filter(pk=notice.pk).update(created_at=NOW.replace(minute=stage))


def rows(model, subject):
    return list(model.objects.filter(**{f"{subject}__isnull": False}).order_by("pk").values_list(subject, *KEPT))


def keys(model, **which):
    return list(model.objects.filter(**which).order_by("pk").values_list("pk", flat=True))


def make_embargoed():
    agreements = {name: make_agreement(title=name) for name in ("waits", "is over", "draft", "never had one")}
    return agreements, {name: make_commitment(title=name) for name in ("ended", "running")}


def set_embargoes(former, agreements, commitments):
    """Return the moment at which those that go on end."""
    later, earlier = timezone.now() + timedelta(days=9), timezone.now() - timedelta(days=9)
    for name, fields in {
        "waits": {"embargoed_until": later},
        "is over": {"embargoed_until": earlier},
        "draft": {"embargoed_until": later, "state": "draft", "editors_note": "Ask again."},
    }.items():
        former.get_model("agreements", "Agreement").objects.filter(pk=agreements[name].pk).update(**fields)
    updates = former.get_model("meetings", "ProgressUpdate").objects
    for name, embargo in (("ended", earlier), ("running", later)):
        fields = {"commitment_id": commitments[name].pk, "state": "published", "progress": "limited"}
        updates.create(**fields, embargoed_until=embargo)
    return later


def check_embargoes(agreements, commitments, later):
    note = f"Ask again.\nEmbargoed until {later:%Y-%m-%d %H:%M} UTC."
    stands = Agreement.objects.values_list("state", "publish_at", "editors_note")
    assert {name: stands.get(pk=record.pk) for name, record in agreements.items()} == {
        "waits": ("in_review", later, ""),
        "is over": ("published", None, ""),
        "draft": ("draft", None, note),
        "never had one": ("published", None, ""),
    }
    updates = ProgressUpdate.objects.filter(answer="").order_by("pk")
    assert list(updates.values_list("state", "publish_at")) == [("published", None), ("in_review", later)]
    # Nobody may have saved the first since its embargo ended.
    progress = {name: Commitment.objects.get(pk=each.pk).progress for name, each in commitments.items()}
    assert progress == {"ended": "limited", "running": "no_information"}


def test_migration_of_a_former_database_loses_nothing_and_lets_nothing_out_early(newest):
    commitment, meeting, agreement, person = make_commitment(), make_meeting(), make_agreement(), make_person()
    embargoed = make_embargoed()
    former = migrate(BEFORE)
    later = set_embargoes(former, *embargoed)
    notice, of_meeting, of_agreement = (
        former.get_model("meetings", name) for name in ("Notice", "MeetingNotice", "AgreementNotice")
    )
    make_notices(notice, 4, person_id=person.pk, commitment_id=commitment.pk, role="supervisor", due_version=3)
    make_notices(of_meeting, 3, person_id=person.pk, meeting_id=meeting.pk, role="not_reported")
    make_notices(of_agreement, 2, person_id=person.pk, agreement_id=agreement.pk)
    answered = notice.objects.order_by("pk")[1]
    former.get_model("meetings", "ProgressUpdate").objects.create(
        commitment_id=commitment.pk, notice=answered, answer="done", state="in_review"
    )
    subjects = {"commitment": notice, "meeting": of_meeting, "agreement": of_agreement}
    before, keys_before = {subject: rows(model, subject) for subject, model in subjects.items()}, keys(notice)
    migrate()
    check_embargoes(*embargoed, later)
    assert {subject: rows(Reminder, subject) for subject in subjects} == before
    assert [len(found) for found in before.values()] == [4, 3, 2]
    assert keys(Reminder, commitment__isnull=False) == keys_before
    assert ProgressUpdate.objects.get(answer="done").reminder_id == answered.pk
    holders = Permission.objects.filter(codename__endswith="_reminder").values_list("group__name", "codename")
    everything = {("administrator", f"{action}_reminder") for action in ("add", "change", "delete", "view")}
    assert set(holders) == everything | {("editor", "view_reminder"), ("reviewer", "view_reminder")}
    assert not Permission.objects.filter(codename__endswith="notice").exists()
