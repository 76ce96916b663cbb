"""A moment of publication: who may set it, what cancels it, and what goes along."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from agreements.models import Agreement
from meetings.models import MeetingAgreement
from tests.admin.desk import address, errors, messages, moved, shown, taken
from tests.admin.proposing import act, propose
from tests.admin.test_publication import set_state, state_of
from tests.factories import make_agreement, make_commitment, make_meeting
from tracker.records.admin import list_steps
from tracker.records.admin.publication import LAST_EDITOR
from tracker.records.admin.steps import take
from tracker.records.admin.steps.asked import NO_MOMENT, PAST
from tracker.records.models import NO_CITATION, Publishable, Revision, one_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]

State = Publishable.State

IN_2030 = moved("in_review", "in_review", ("2030-01-01", "00:00"))
MOMENT = datetime(2030, 1, 1, tzinfo=UTC)
CANCELLED = "It will no longer be published at the moment that was set."


def moment_of(record):
    return type(record).objects.values_list("publish_at", flat=True).get(pk=record.pk)


def test_an_editor_cannot_set_a_moment_of_publication(editor):
    agreement = make_agreement(state="draft")
    response = set_state(editor, agreement, "in_review", **IN_2030)
    assert errors(response) == ["Only a reviewer may publish and withdraw."]
    assert (state_of(agreement), moment_of(agreement)) == ("draft", None)


def test_a_reviewer_approves_a_record_for_a_moment(reviewer):
    agreement = make_agreement(state="draft")
    assert set_state(reviewer, agreement, "in_review", **IN_2030).status_code == 302
    assert (state_of(agreement), moment_of(agreement)) == ("in_review", MOMENT)


@pytest.mark.parametrize(
    ("day", "hour", "message"),
    [
        ("2020-01-01", "00:00", PAST),
        ("", "00:00", NO_MOMENT),
        ("2030-02-30", "00:00", NO_MOMENT),
        ("2030", "x", NO_MOMENT),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused_and_what_was_typed_stands(reviewer, day, hour, message):
    agreement = make_agreement(state="in_review")
    response = set_state(reviewer, agreement, "in_review", **moved("", "", (day, hour)))
    assert errors(response) == [str(message)]
    (panel,) = (each for each in response.context["bar"].panels if each.is_open)
    assert (panel.step, panel.sent["day"], panel.sent["time"]) == ("publish_at", day, hour)
    assert (state_of(agreement), moment_of(agreement)) == ("in_review", None)


def test_nobody_approves_their_own_change_for_a_moment(reviewer):
    agreement = make_agreement(state="in_review")
    response = set_state(reviewer, agreement, "in_review", title="Better title", **IN_2030)
    assert errors(response) == [str(LAST_EDITOR)]
    set_state(reviewer, agreement, "in_review", title="Better title")
    assert errors(set_state(reviewer, agreement, "in_review", **IN_2030)) == [str(LAST_EDITOR)]


def test_a_moment_needs_a_citation(reviewer):
    agreement = make_agreement(cited=False, state="in_review")
    assert errors(set_state(reviewer, agreement, "in_review", **IN_2030)) == [str(NO_CITATION)]


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_a_later_change_cancels_the_moment_and_says_so(request, role):
    client = request.getfixturevalue(role)
    agreement = make_agreement(state="in_review", publish_at=MOMENT)
    page = address(Agreement, "change", agreement.pk)
    response = client.post(page, shown(client.get(page)) | {"title": "Changed"}, follow=True)
    assert CANCELLED in messages(response)
    assert (state_of(agreement), moment_of(agreement)) == ("in_review", None)


def test_a_moment_is_cancelled_by_a_step_of_its_own(reviewer):
    agreement = make_agreement(state="in_review", publish_at=MOMENT)
    page = address(Agreement, "change", agreement.pk)
    response = reviewer.post(page, shown(reviewer.get(page)) | {"_step": "no_moment"}, follow=True)
    assert CANCELLED in messages(response)
    assert (state_of(agreement), moment_of(agreement)) == ("in_review", None)


def test_a_form_that_is_saved_without_a_change_cancels_nothing(editor):
    agreement = make_agreement(state="in_review", publish_at=MOMENT)
    assert set_state(editor, agreement, "in_review").status_code == 302
    assert moment_of(agreement) == MOMENT


@pytest.mark.parametrize(
    ("role", "state"),
    [("editor", "draft"), ("reviewer", "draft"), ("reviewer", "published"), ("reviewer", "withdrawn")],
)
def test_moving_a_record_on_by_hand_does_away_with_the_moment(request, role, state):
    agreement = make_agreement(state="in_review", publish_at=MOMENT)
    assert set_state(request.getfixturevalue(role), agreement, state).status_code == 302
    assert (state_of(agreement), moment_of(agreement)) == (state, None)


def test_what_a_meeting_produced_is_approved_for_its_moment_with_it(reviewer):
    meeting = make_meeting(state="in_review")
    commitment, bare = make_commitment(meeting=meeting, state="draft"), make_commitment(meeting=meeting, state="draft")
    bare.citations.all().delete()
    response = set_state(reviewer, meeting, "in_review", **IN_2030)
    assert response.status_code == 302
    told = messages(reviewer.get(response["Location"]))
    assert "2 records are to be published at the same moment." in told
    assert [(state_of(each), moment_of(each)) for each in (meeting, commitment, bare)] == [
        ("in_review", MOMENT),
        ("in_review", MOMENT),
        ("in_review", None),
    ]


def test_results_do_not_take_a_moment_that_the_same_form_cancels(reviewer):
    meeting = make_meeting(state="in_review", publish_at=MOMENT)
    commitment = make_commitment(meeting=meeting, state="in_review")
    set_state(reviewer, meeting, "in_review", summary="More was said.")
    assert [moment_of(each) for each in (meeting, commitment)] == [None, None]


def test_results_that_have_the_moment_of_the_meeting_keep_it_and_others_join_them(reviewer):
    meeting = make_meeting(state="in_review", publish_at=MOMENT)
    first = make_commitment(meeting=meeting, state="in_review", publish_at=MOMENT)
    second = make_commitment(meeting=meeting, state="in_review")
    set_state(reviewer, meeting, "in_review", **IN_2030)
    assert [moment_of(each) for each in (meeting, first, second)] == [MOMENT] * 3


def test_agreements_that_were_only_discussed_do_not_go_along(reviewer):
    meeting, signed, discussed = make_meeting(state="in_review"), *(make_agreement(state="draft") for _ in range(2))
    for agreement, role in ((signed, "signed"), (discussed, "discussed")):
        MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role=role)
    set_state(reviewer, meeting, "published")
    assert [state_of(each) for each in (meeting, signed, discussed)] == ["published", "published", "draft"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", ["send_to_review", "publish", "withdraw"])
def test_what_a_colleague_saves_while_an_action_runs_is_neither_lost_nor_published_unread(
    monkeypatch, reviewer, action
):
    before = {"send_to_review": "draft", "publish": "in_review", "withdraw": "published"}[action]
    agreement = make_agreement(title="Old", state=before)
    running = []

    def rename():
        with one_change():
            saved = Agreement.objects.get()
            saved.title = "New"
            saved.save()
        connection.close()

    def once_read(records, *args):
        thread = Thread(target=rename)
        thread.start()
        running.append(thread)
        thread.join(0.5)
        return take(records, *args)

    monkeypatch.setattr(list_steps, "take", once_read)
    reviewer.post(address(Agreement, "changelist"), taken(action) | {"_selected_action": [agreement.pk]})
    running[0].join()
    told = Revision.objects.of(agreement).order_by("number")
    assert [each.content["fields"]["title"] for each in told] == ["Old", "Old", "New"]


def test_a_record_that_could_not_be_published_is_on_the_desk_with_the_reason(reviewer):
    late = make_agreement(state="in_review", publish_at=timezone.now() - timedelta(hours=1))
    late.citations.all().delete()
    make_agreement(state="in_review", publish_at=MOMENT)
    changelist = reviewer.get(address(Agreement, "changelist") + "?todo=publication_due").context["cl"]
    assert list(changelist.queryset) == [late]
    response = reviewer.get(address(Agreement, "change", late.pk))
    assert messages(response) == [f"It was to be published by now. {NO_CITATION}"]


@pytest.fixture
def west(settings):
    """A house where the last evening of the calendar lies beyond it elsewhere."""
    settings.TIME_ZONE = "America/New_York"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


def test_a_moment_that_no_database_can_keep_is_asked_for_again(editor, reviewer, west):
    last = {"_day": "9999-12-31", "_time": "23:59"}
    response = set_state(reviewer, make_agreement(state="in_review"), "in_review", **IN_2030 | last)
    assert errors(response) == [NO_MOMENT]
    proposal = propose(editor, make_agreement(), title="Plan")
    response = act(reviewer, proposal, "switch_at", moment_0="9999-12-31", moment_1="23:59")
    assert messages(response) == ["Give the day and the hour at which it is to be switched."]
