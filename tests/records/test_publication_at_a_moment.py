"""What is approved for a moment is published by an act once that has come: never early, and not if it changed since."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from agreements.models import Agreement, AgreementCitation
from meetings.models import Meeting, MeetingAgreement, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_source,
    make_working_group,
)
from tracker.records.models import NO_CITATION, DataVersion, Revision, one_change
from tracker.records.publication import obstacles, publish_due
from tracker.tasks import publish_due_records

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEFORE, DAY = MOMENT - timedelta(seconds=1), timedelta(days=1)
APPROVED = {"state": "in_review", "publish_at": MOMENT}


def stands(record):
    record.refresh_from_db()
    return record.state, record.publish_at


PUBLISHED, WAITING, CANCELLED = ("published", None), ("in_review", MOMENT), ("in_review", None)


@pytest.mark.parametrize(
    "make", [make_agreement, make_commitment, make_forum, make_meeting, make_organisation, make_working_group]
)
def test_record_is_published_at_its_moment_and_not_before(make):
    record = make(**APPROVED)
    version = DataVersion.current()
    assert (publish_due(BEFORE), stands(record), DataVersion.current()) == ([], WAITING, version)
    assert (publish_due(MOMENT), stands(record)) == ([record], PUBLISHED)
    assert DataVersion.current() == version + 1
    assert publish_due(MOMENT + DAY) == []


def test_publication_is_in_the_history_with_its_reason_and_nobody_s_name():
    record = make_forum(**APPROVED)
    publish_due(MOMENT)
    last = Revision.objects.of(record).newest_first()[0]
    told = last.content["fields"]["state"], last.reason, last.account
    assert told == ("published", "published at the moment that was set", None)


def test_record_without_a_moment_is_left_alone():
    records = [make_forum(state=state) for state in ("draft", "in_review", "withdrawn")]
    assert publish_due(MOMENT) == []
    assert [stands(record)[0] for record in records] == ["draft", "in_review", "withdrawn"]


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_only_what_is_in_review_can_have_a_moment(state):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_forum(state=state, publish_at=MOMENT)


def change_a_field(agreement):
    agreement.title = "Another title"
    agreement.save()


def add_a_row(agreement):
    AgreementCitation.objects.create(record=agreement, source=make_source())


def remove_a_row(agreement):
    agreement.parties.first().delete()


def change_a_row(agreement):
    citation = agreement.citations.get()
    citation.locator = "page 9"
    citation.save()


@pytest.mark.parametrize("change", [change_a_field, add_a_row, remove_a_row, change_a_row])
def test_later_change_cancels_the_moment(change):
    agreement = make_agreement(**APPROVED)
    change(agreement)
    assert (stands(agreement), publish_due(MOMENT), stands(agreement)) == (CANCELLED, [], CANCELLED)
    reason = "changed after its publication was approved: the moment is cancelled"
    assert Revision.objects.of(agreement).newest_first()[0].reason == reason


def test_change_in_the_step_that_sets_the_moment_is_what_was_approved():
    agreement = make_agreement(state="in_review")
    with one_change():
        agreement.publish_at = MOMENT
        agreement.save()
        add_a_row(agreement)
    assert stands(agreement) == WAITING


def test_moment_that_is_moved_stands():
    agreement = make_agreement(**APPROVED)
    agreement.publish_at = MOMENT + DAY
    agreement.save()
    assert stands(agreement) == ("in_review", MOMENT + DAY)


def test_change_of_another_record_cancels_nothing():
    forum = make_forum(members=["CHN", "PAK"])
    meeting = make_meeting(forum=forum, session_number=1, **APPROVED)
    commitment = make_commitment(meeting=meeting, **APPROVED)
    ProgressUpdate.objects.create(commitment=commitment, progress="limited", state="published")
    forum.memberships.first().delete()
    assert (stands(meeting), stands(commitment)) == (WAITING, WAITING)


def test_progress_update_has_its_moment_like_a_record():
    commitment = make_commitment()
    update = ProgressUpdate.objects.create(commitment=commitment, progress="limited", **APPROVED)
    later = ProgressUpdate.objects.create(commitment=commitment, progress="complete", **APPROVED)
    later.text = "All of it."
    later.save()
    assert (publish_due(BEFORE), publish_due(MOMENT)) == ([], [update])
    assert (stands(update), stands(later)) == (PUBLISHED, CANCELLED)
    commitment.refresh_from_db()
    assert commitment.progress == "limited"


def test_update_that_moves_to_another_commitment_cancels_the_moment_of_neither():
    one, other = make_commitment(**APPROVED), make_commitment(**APPROVED)
    update = ProgressUpdate.objects.create(commitment=one, progress="limited", state="published")
    update.commitment = other
    update.save()
    assert (stands(one), stands(other), other.progress) == (WAITING, WAITING, "limited")


def test_moment_is_kept_as_exactly_as_a_form_shows_it():
    record = make_forum(state="in_review", publish_at=MOMENT + timedelta(microseconds=7))
    assert (record.publish_at, stands(record)) == (MOMENT, WAITING)


def test_act_that_cannot_be_done_stays_until_it_can():
    agreement, other = make_agreement(**APPROVED), make_agreement(**APPROVED)
    agreement.citations.all().delete()  # past all rules, as a merge or a hand in the database would
    assert (publish_due(MOMENT), stands(agreement)) == ([other], WAITING)
    assert obstacles(agreement) == [NO_CITATION]
    AgreementCitation.objects.bulk_create([AgreementCitation(record=agreement, source=make_source())])
    assert (publish_due(MOMENT + DAY), stands(agreement)) == ([agreement], PUBLISHED)


def test_results_of_a_meeting_wait_with_it():
    meeting = make_meeting(**APPROVED)
    commitment, agreement = make_commitment(meeting=meeting, **APPROVED), make_agreement(**APPROVED)
    MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role="signed")
    Meeting.objects.filter(pk=meeting.pk).update(publish_at=MOMENT)  # the row above was not approved
    meeting.citations.all().delete()
    assert publish_due(MOMENT) == []
    wait = f"It waits for {meeting}, which is to be published first."
    assert [obstacles(each) for each in (commitment, agreement)] == [[wait], [wait]]
    meeting.citations.create(source=make_source())
    Meeting.objects.filter(pk=meeting.pk).update(publish_at=MOMENT)
    assert {*publish_due(MOMENT)} == {meeting, commitment, agreement}


def test_result_of_a_meeting_whose_moment_was_cancelled_waits_for_the_meeting():
    meeting = make_meeting(**APPROVED)
    commitment = make_commitment(meeting=meeting, **APPROVED)
    meeting.summary = "More was said."
    meeting.save()
    assert (publish_due(MOMENT), stands(commitment)) == ([], WAITING)


def test_agreement_that_was_only_discussed_at_a_meeting_is_no_result_of_it():
    agreement = make_agreement(**APPROVED)
    MeetingAgreement.objects.create(meeting=make_meeting(state="draft"), agreement=agreement, role="discussed")
    Agreement.objects.filter(pk=agreement.pk).update(publish_at=MOMENT)
    assert publish_due(MOMENT) == [agreement]


def test_result_of_a_meeting_without_a_moment_goes_its_own_way():
    commitment = make_commitment(meeting=make_meeting(state="draft"), state="in_review")
    assert obstacles(commitment) == []


def test_command_and_task_publish_what_is_due(capsys):
    forum = make_forum(name="JCC", **APPROVED)
    call_command("publish_due")
    assert (capsys.readouterr().out, stands(forum)) == ("Published: JCC\n", PUBLISHED)
    other = make_forum(**APPROVED)
    publish_due_records()
    assert stands(other) == PUBLISHED
