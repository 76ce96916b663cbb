"""Only what is published is public."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.models import Meeting, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)
from tracker.records.models import Publishable, is_published

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MAKERS = [make_agreement, make_commitment, make_forum, make_meeting, make_organisation, make_working_group]


@pytest.mark.parametrize("make", MAKERS)
def test_published_when_records_are_in_every_state_finds_the_published_one(make):
    records = {state: make(state=state) for state in Publishable.State}
    found = type(records["published"]).objects.filter(pk__in=[record.pk for record in records.values()])
    assert list(found.published()) == [records["published"]]


def test_moment_that_has_passed_publishes_nothing_by_itself():
    make_meeting(state="in_review", publish_at=NOW - timedelta(days=1))
    assert list(Meeting.objects.published()) == []


def test_condition_along_a_path_asks_the_record_at_its_end():
    commitment = make_commitment()
    draft = make_commitment(meeting=make_meeting(state="draft"))
    rows = type(commitment).objects.filter(pk__in=[commitment.pk, draft.pk])
    assert list(rows.filter(is_published("meeting__"))) == [commitment]


def test_progress_updates_are_published_like_records():
    commitment = make_commitment()
    updates = [
        ProgressUpdate.objects.create(commitment=commitment, progress="limited", **fields)
        for fields in (
            {"state": "published"},
            {"state": "in_review"},
            {"state": "withdrawn"},
        )
    ]
    assert list(ProgressUpdate.objects.published()) == updates[:1]
    assert list(ProgressUpdate.objects.awaiting_review()) == updates[1:2]


@pytest.mark.parametrize("make", MAKERS)
def test_without_citation_finds_the_records_that_cite_nothing(make):
    cited, bare = make(), make(cited=False)
    found = type(cited).objects.filter(pk__in=[cited.pk, bare.pk])
    assert list(found.without_citation()) == [bare]


@pytest.mark.parametrize(("state", "is_public"), [("published", True), ("draft", False), ("withdrawn", False)])
def test_only_published_records_are_linked(state, is_public):
    assert make_forum(state=state).is_public is is_public


def test_new_record_is_a_draft():
    assert Meeting(title="New").state == Publishable.State.DRAFT
