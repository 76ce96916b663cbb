"""Moments of publication that a merger cancels, and that come back with what it changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Organisation
from meetings.models import Meeting
from tests.admin.desk import address, messages
from tests.admin.test_merging import merge_address, sent
from tests.factories import make_meeting, make_organisation
from tracker.records.models import Merger
from tracker.records.publication import publish_due
from tracker.records.templatetags.moments import in_moment

pytestmark = pytest.mark.django_db
MOMENT = (timezone.now() + timedelta(days=2)).replace(microsecond=0)


@pytest.fixture
def merged(reviewer):
    """A merger of two bodies, of which the one that goes organises a meeting that is to be published at a moment."""
    kept, gone = (make_organisation(slug, name=slug.capitalize()) for slug in ("kept", "gone"))
    meeting = make_meeting(title="Talks", state="in_review")
    meeting.organisers.add(gone)
    approve(meeting)
    response = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert response.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.publish_at, list(meeting.organisers.all())) == (None, [kept])
    return Merger.objects.get()


def approve(record):
    record.publish_at = MOMENT
    record.save()


def talks():
    return Meeting.objects.get(title="Talks")


def undone(reviewer, merger):
    """What the page tells before the click, and what was told after it."""
    told = reviewer.get(address(Merger, "change", merger.pk)).context["told"]
    page = reviewer.post(address(Merger, "undo", merger.pk), follow=True)
    assert messages(page) == ["“Gone” is a record of its own again.", *told]
    return told


def test_moment_that_is_to_come_is_set_again_for_what_says_the_same_again(reviewer, merged):
    told = [f"“{talks()}” is to be published on {in_moment(MOMENT)} again, as it was before."]
    assert undone(reviewer, merged) == told
    assert talks().publish_at == MOMENT
    publish_due(MOMENT + timedelta(minutes=1))
    assert (talks().state, [each.slug for each in talks().organisers.all()]) == ("published", ["gone"])


def test_moment_is_not_set_again_for_what_says_something_else_by_now(reviewer, merged):
    meeting = talks()
    meeting.place = "Lahore"
    meeting.save()
    told = (
        f"“{meeting}” was to be published on {in_moment(MOMENT)}. It says something else by now: set the moment anew."
    )
    assert undone(reviewer, merged) == [told]
    assert (talks().publish_at, talks().state) == (None, "in_review")


def passed(merger):
    """The moment that it noted has passed by now."""
    [act] = [act for act in merger.acts if MOMENT.isoformat()[:16] in str(act)]
    past = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    act.get("before", act)["publish_at"] = past.isoformat()
    merger.save()
    return in_moment(past)


def test_moment_that_has_passed_is_not_set_again(reviewer, merged):
    text = f"“{talks()}” was to be published on {passed(merged)}, which has passed: it waits for a new one."
    assert undone(reviewer, merged) == [text]
    assert (talks().publish_at, talks().state) == (None, "in_review")


def test_what_went_back_to_draft_meanwhile_stays_there(reviewer, merged):
    Meeting.objects.filter(title="Talks").update(state="draft")
    assert undone(reviewer, merged) == []
    assert (talks().state, talks().publish_at) == ("draft", None)


def test_moment_that_was_set_since_is_told_to_be_cancelled(reviewer, merged):
    approve(talks())
    text = f"{talks()} was to be published at a moment that was set: it is cancelled, as the record changes"
    assert undone(reviewer, merged) == [text]
    assert (talks().state, talks().publish_at) == ("in_review", None)


@pytest.mark.parametrize("is_over", [False, True])
def test_record_that_was_taken_in_with_a_moment_comes_back_with_it_where_it_is_to_come(reviewer, is_over):
    kept, gone = (make_organisation(slug, name=slug.capitalize(), state="in_review") for slug in ("kept", "gone"))
    approve(gone)
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    merger = Merger.objects.get()
    if is_over:
        passed(merger)
    assert len(undone(reviewer, merger)) == 1
    assert Organisation.objects.get(slug="gone").publish_at == (None if is_over else MOMENT)
