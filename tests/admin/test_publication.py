"""Who may publish what: every role by real requests, and every rule that stands in the way."""

import pytest

from agreements.models import Agreement, Forum, Organisation
from meetings.models import Commitment, Delegation, Meeting, ProgressUpdate
from tests.admin.desk import address, errors, fill_row, messages, moved, shown, taken
from tests.factories import make_agreement, make_commitment, make_country, make_forum, make_meeting, make_source
from tracker.records.admin.publication import LAST_EDITOR
from tracker.records.models import NO_CITATION, Publishable, Revision, Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]

State = Publishable.State


def set_state(client, record, state, **changes):
    page = address(type(record), "change", record.pk)
    return client.post(page, shown(client.get(page)) | moved(state_of(record), state) | changes)


def state_of(record):
    return type(record).objects.values_list("state", flat=True).get(pk=record.pk)


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator", "superuser"])
@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ("draft", "in_review", "editor reviewer administrator superuser"),
        ("in_review", "draft", "editor reviewer administrator superuser"),
        ("draft", "published", "reviewer administrator superuser"),
        ("in_review", "published", "reviewer administrator superuser"),
        ("in_review", "withdrawn", "reviewer administrator superuser"),
    ],
)
def test_who_may_move_a_record_to_which_state(request, role, before, after, who):
    client = request.getfixturevalue(role)
    agreement = make_agreement(state=before)
    response = set_state(client, agreement, after)
    if role in who.split():
        assert (response.status_code, state_of(agreement)) == (302, after)
    else:
        assert errors(response) == ["Only a reviewer may publish and withdraw."]
        assert state_of(agreement) == before


@pytest.mark.parametrize("state", ["published", "withdrawn"])
@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("reviewer", 302), ("administrator", 302)])
def test_what_was_published_is_locked_for_editors(request, reviewer, role, status, state):
    client = request.getfixturevalue(role)
    agreement = make_agreement(state=state)
    page = address(Agreement, "change", agreement.pk)
    data = shown(reviewer.get(page)) | {"title": "Changed"}
    assert client.get(page).status_code == 200
    assert client.post(page, data).status_code == status
    agreement.refresh_from_db()
    assert (agreement.title == "Changed") is (status == 302)


@pytest.mark.parametrize("make", [make_agreement, make_meeting, make_commitment, make_forum])
def test_publishing_without_a_citation_is_refused_and_nothing_is_lost(reviewer, make):
    record = make(cited=False, state="in_review")
    response = set_state(reviewer, record, "published", editors_note="Still here")
    assert errors(response) == [str(NO_CITATION)]
    assert response.context["adminform"].form["editors_note"].value() == "Still here"
    assert state_of(record) == "in_review"


def test_taking_the_last_citation_from_a_published_record_is_refused(reviewer):
    agreement = make_agreement()
    page = address(Agreement, "change", agreement.pk)
    data = shown(reviewer.get(page)) | {"citations-0-DELETE": "on"}
    assert errors(reviewer.post(page, data)) == [str(NO_CITATION)]
    assert agreement.citations.count() == 1


def test_the_citation_may_come_in_the_step_that_publishes_where_the_house_allows_it(reviewer, settings):
    settings.FOUR_EYES = False
    agreement = make_agreement(cited=False, state="in_review")
    page = address(Agreement, "change", agreement.pk)
    data = shown(reviewer.get(page)) | {"_step": "publish"}
    fill_row(data, "citations", 0, source=make_source())
    assert reviewer.post(page, data).status_code == 302
    assert (state_of(agreement), agreement.citations.count()) == ("published", 1)


def test_changing_and_publishing_in_one_step_is_refused(reviewer):
    agreement = make_agreement(state="in_review")
    response = set_state(reviewer, agreement, "published", title="Better title")
    assert errors(response) == [str(LAST_EDITOR)]
    assert state_of(agreement) == "in_review"


def test_changing_a_row_and_publishing_in_one_step_is_refused(reviewer):
    agreement = make_agreement(state="in_review")
    page = address(Agreement, "change", agreement.pk)
    data = shown(reviewer.get(page)) | {"_step": "publish"}
    fill_row(data, "citations", 0, locator="page 9")
    assert errors(reviewer.post(page, data)) == [str(LAST_EDITOR)]


@pytest.mark.parametrize("role", ["reviewer", "administrator", "superuser"])
def test_nobody_publishes_what_they_changed_last(request, editor, role):
    client = request.getfixturevalue(role)
    agreement = make_agreement(state="in_review")
    assert set_state(client, agreement, "in_review", title="Mine").status_code == 302
    assert errors(set_state(client, agreement, "published")) == [str(LAST_EDITOR)]

    assert set_state(editor, agreement, "in_review", title="Ours").status_code == 302
    assert set_state(client, agreement, "published").status_code == 302


def test_a_change_of_a_row_counts_as_a_change_of_the_record(reviewer):
    agreement = make_agreement(state="in_review")
    page = address(Agreement, "change", agreement.pk)
    data = shown(reviewer.get(page))
    fill_row(data, "citations", 0, locator="page 9")
    assert reviewer.post(page, data).status_code == 302
    assert errors(set_state(reviewer, agreement, "published")) == [str(LAST_EDITOR)]


def test_moving_a_record_between_states_does_not_make_one_its_last_editor(reviewer):
    agreement = make_agreement(state="draft")
    for state in ("in_review", "published", "withdrawn", "published"):
        assert set_state(reviewer, agreement, state).status_code == 302
    assert state_of(agreement) == "published"


def test_sending_to_review_does_not_clear_the_last_editor(editor, reviewer):
    agreement = make_agreement(state="draft")
    set_state(reviewer, agreement, "draft", title="Mine")
    set_state(editor, agreement, "in_review")
    assert errors(set_state(reviewer, agreement, "published")) == [str(LAST_EDITOR)]


def act(client, model, action, *records):
    data = taken(action) | {"_selected_action": [record.pk for record in records]}
    return client.post(address(model, "changelist"), data, follow=True)


def test_the_list_action_publishes_what_it_may_and_names_the_rest(editor, reviewer):
    good, bare = make_agreement(state="in_review"), make_agreement(state="draft", cited=False)
    mine, done = make_agreement(state="in_review"), make_agreement()
    set_state(reviewer, mine, "in_review", title="Mine")
    mine.refresh_from_db()
    reviewer.get(address(Agreement, "changelist"))
    response = act(reviewer, Agreement, "publish", good, bare, mine, done)
    assert sorted(messages(response)) == sorted(
        [
            f"Not published: {bare}. {NO_CITATION}",
            f"Not published: {mine}. {LAST_EDITOR}",
            "1 record is now published.",
            "1 record was in another state and stays as it is.",
        ]
    )
    assert [state_of(each) for each in (good, bare, mine, done)] == ["published", "draft", "in_review", "published"]
    assert Revision.objects.of(good).newest_first()[0].account == reviewer.user


def test_the_list_action_of_an_editor_sends_drafts_to_review(editor):
    draft, published = make_agreement(state="draft"), make_agreement()
    response = act(editor, Agreement, "send_to_review", draft, published)
    assert messages(response) == [
        "1 record is now in review.",
        "1 record was in another state and stays as it is.",
    ]
    assert [state_of(draft), state_of(published)] == ["in_review", "published"]


@pytest.mark.parametrize("action", ["publish", "withdraw"])
def test_an_editor_has_no_action_that_publishes_or_withdraws(editor, action):
    one, other = make_agreement(state="in_review"), make_agreement()
    act(editor, Agreement, action, one, other)
    assert [state_of(one), state_of(other)] == ["in_review", "published"]


def test_the_list_action_withdraws(reviewer):
    agreement = make_agreement()
    act(reviewer, Agreement, "withdraw", agreement)
    assert state_of(agreement) == "withdrawn"


def test_records_are_withdrawn_and_not_deleted(editor, reviewer):
    agreement = make_agreement(state="draft")
    for client in (editor, reviewer):
        assert client.post(address(Agreement, "delete", agreement.pk), {"post": "yes"}).status_code == 403
    assert Agreement.objects.filter(pk=agreement.pk).exists()


def test_an_editor_cannot_add_a_delegation_to_a_published_meeting_by_its_own_page(editor):
    meeting = make_meeting(delegations=[])
    data = shown(editor.get(address(Delegation, "add"))) | {"meeting": meeting.pk, "country": make_country("PAK").pk}
    response = editor.post(address(Delegation, "add"), data)
    assert errors(response) == ["It is published; only a reviewer may add to it."]
    assert Delegation.objects.count() == 0


def test_an_editor_cannot_change_a_delegation_of_a_published_meeting(editor, reviewer):
    delegation = make_meeting().delegations.first()
    page = address(Delegation, "change", delegation.pk)
    data = shown(reviewer.get(page)) | {"note": "Changed"}
    assert editor.post(page, data).status_code == 403
    assert reviewer.post(page, data).status_code == 302


def test_an_editor_records_progress_of_a_published_commitment_and_a_reviewer_accepts_it(editor, reviewer):
    commitment = make_commitment()
    data = shown(editor.get(address(ProgressUpdate, "add")))
    data |= {"commitment": commitment.pk, "progress": "limited", "as_of": "2026-03", "_step": "review"}
    assert editor.post(address(ProgressUpdate, "add"), data).status_code == 302
    update = ProgressUpdate.objects.get()
    commitment.refresh_from_db()
    assert commitment.progress == "no_information"

    response = reviewer.get(address(ProgressUpdate, "changelist"))
    assert list(response.context["cl"].queryset) == [update]
    act(reviewer, ProgressUpdate, "publish", update)
    commitment.refresh_from_db()
    assert commitment.progress == "limited"
    assert list(reviewer.get(address(ProgressUpdate, "changelist")).context["cl"].queryset) == []


def test_an_answer_can_be_set_aside(editor, reviewer):
    update = ProgressUpdate.objects.create(commitment=make_commitment(), answer="done", state="in_review")
    act(editor, ProgressUpdate, "set_aside", update)
    assert state_of(update) == "in_review"
    act(reviewer, ProgressUpdate, "set_aside", update)
    assert state_of(update) == "withdrawn"


@pytest.mark.parametrize("model", [Agreement, Commitment, Forum, Meeting, Organisation, Source])
def test_nobody_who_is_not_staff_gets_in(client, model, db):
    assert client.get(address(model, "changelist")).status_code == 302
