"""The notices of former versions become reminders: every row, with its delivery, its moment and its answer."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from meetings.models import ProgressUpdate, Reminder
from tests.factories import make_agreement, make_commitment, make_meeting, make_person
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("meetings", "0003_follow_up_in_full"), ("site", "0003_roles_in_follow_ups")]
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


def test_migration_keeps_every_notice_leads_answers_where_they_led_and_lets_every_role_read(newest):
    commitment, meeting, agreement, person = make_commitment(), make_meeting(), make_agreement(), make_person()
    former = migrate(BEFORE)
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
    assert {subject: rows(Reminder, subject) for subject in subjects} == before
    assert [len(found) for found in before.values()] == [4, 3, 2]
    assert keys(Reminder, commitment__isnull=False) == keys_before
    assert ProgressUpdate.objects.get().reminder_id == answered.pk
    holders = Permission.objects.filter(codename__endswith="_reminder").values_list("group__name", "codename")
    everything = {("administrator", f"{action}_reminder") for action in ("add", "change", "delete", "view")}
    assert set(holders) == everything | {("editor", "view_reminder"), ("reviewer", "view_reminder")}
    assert not Permission.objects.filter(codename__endswith="notice").exists()
