"""Only what is published, and no longer under embargo, is public."""

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
    assert list(found.published(NOW)) == [records["published"]]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    ("embargo", "is_public"),
    [(None, True), (NOW - timedelta(seconds=1), True), (NOW, True), (NOW + timedelta(seconds=1), False)],
)
def test_published_under_an_embargo_is_public_from_that_moment(make, embargo, is_public):
    record = make(embargoed_until=embargo)
    found = type(record).objects.filter(pk=record.pk)
    assert found.published(NOW).exists() is is_public


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_embargo_that_is_over_publishes_nothing_by_itself(state):
    make_meeting(state=state, embargoed_until=NOW - timedelta(days=1))
    assert list(Meeting.objects.published(NOW)) == []


def test_condition_along_a_path_asks_the_record_at_its_end():
    commitment = make_commitment()
    draft = make_commitment(meeting=make_meeting(state="draft"))
    late = make_commitment(meeting=make_meeting(embargoed_until=NOW + timedelta(days=1)))
    rows = type(commitment).objects.filter(pk__in=[commitment.pk, draft.pk, late.pk])
    assert list(rows.filter(is_published(NOW, "meeting__"))) == [commitment]


def test_progress_updates_are_published_like_records():
    commitment = make_commitment()
    updates = [
        ProgressUpdate.objects.create(commitment=commitment, progress="limited", **fields)
        for fields in (
            {"state": "published"},
            {"state": "in_review"},
            {"state": "published", "embargoed_until": NOW + timedelta(days=1)},
        )
    ]
    assert list(ProgressUpdate.objects.published(NOW)) == updates[:1]
    assert list(ProgressUpdate.objects.awaiting_review()) == updates[1:2]


@pytest.mark.parametrize("make", MAKERS)
def test_without_citation_finds_the_records_that_cite_nothing(make):
    cited, bare = make(), make(cited=False)
    found = type(cited).objects.filter(pk__in=[cited.pk, bare.pk])
    assert list(found.without_citation()) == [bare]


@pytest.mark.parametrize(("state", "is_linked"), [("published", True), ("draft", False), ("withdrawn", False)])
def test_only_published_records_are_linked(state, is_linked):
    assert make_forum(state=state).is_linked is is_linked


def test_new_record_is_a_draft():
    assert Meeting(title="New").state == Publishable.State.DRAFT
