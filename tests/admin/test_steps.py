"""The bar above a form and the pages of list actions: what each tells before the click is what the step then does."""

import pytest
from django.utils import timezone

from agreements.models import Agreement
from meetings.models import Commitment, Meeting, MeetingAgreement, ProgressUpdate
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, errors, messages, shown
from tests.admin.test_publication import state_of
from tests.factories import make_agreement, make_commitment, make_meeting
from tracker.records.admin.publication import LAST_EDITOR
from tracker.records.admin.steps import Step, StepWords, offered, outlook, take
from tracker.records.admin.steps.taking import NO_REASON
from tracker.records.models import NO_CITATION, Comment, Revision, one_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]

# Of the panel that publishes a meeting, whatever it produced.
QUERIES = 18
ALL = [make_agreement, make_commitment, make_meeting]


def page_of(record):
    return address(type(record), "change", record.pk)


def post(client, record, step, **typed):
    return client.post(page_of(record), shown(client.get(page_of(record))) | {"_step": step} | typed)


def panels(client, record):
    return client.get(page_of(record)).context["bar"].panels


def labels(client, record):
    return [str(panel.label) for panel in panels(client, record)]


@pytest.fixture
def session(editor):
    """A meeting by the editor with what it produced; one promise cites nothing, one agreement was signed twice."""
    with one_change(account=editor.user):
        meeting = make_meeting(state="draft", delegations=["PAK", "CHN"], summary="As found")
        for number in range(3):
            make_commitment(meeting=meeting, state="draft", cited=number != 1)
        for agreement in (make_agreement(state="draft"), make_agreement(state="draft")):
            MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role="signed")
    return meeting


@pytest.mark.parametrize(
    ("state", "who", "expected"),
    [
        ("draft", "editor", ["Send to review"]),
        ("draft", "reviewer", ["Send to review", "Publish", "Publish at …"]),
        ("in_review", "editor", ["Take back to draft"]),
        ("in_review", "reviewer", ["Publish", "Publish at …", "Return with a reason", "Set aside"]),
        ("published", "editor", []),
        ("published", "reviewer", ["Withdraw"]),
        ("withdrawn", "editor", []),
        ("withdrawn", "reviewer", ["Publish again", "Return with a reason"]),
    ],
)
def test_each_is_offered_what_they_can_do_now(request, state, who, expected):
    record = make_agreement(state=state)
    assert labels(request.getfixturevalue(who), record) == expected


def test_nobody_is_offered_to_approve_what_they_wrote_or_to_return_it_to_themselves(reviewer):
    with one_change(account=reviewer.user):
        record = make_agreement(state="in_review")
    assert labels(reviewer, record) == ["Take back to draft"]


def test_a_new_record_can_be_sent_to_review_as_it_is_saved(editor):
    page = address(Agreement, "add")
    response = editor.get(page)
    assert [str(panel.label) for panel in response.context["bar"].panels] == ["Send to review"]
    assert editor.post(page, shown(response) | {"title": "Cable", "type": "mou", "_step": "review"}).status_code == 302
    assert Agreement.objects.get().state == "in_review"


@pytest.mark.parametrize("step", [Step.REVIEW, Step.PUBLISH])
def test_what_the_panel_tells_is_what_the_step_does(reviewer, session, step):
    told = outlook(session, step, reviewer.user)
    assert post(reviewer, session, step.value).status_code == 302
    there = {type(each): set(type(each).objects.filter(state=step.leads_to)) for each in told.goes}
    assert there == {kind: {each for each in told.goes if type(each) is kind} for kind in there}
    assert {each.record for each in told.stays} == set(Commitment.objects.exclude(state=step.leads_to))
    assert len(told.stays) == (1 if step.is_approval else 0)


def test_results_go_back_with_a_meeting_that_is_returned_and_forth_again(editor, reviewer, session):
    post(editor, session, "review")
    response = post(reviewer, session, "return", _reason="Which paragraph?")
    assert response.status_code == 302
    assert {*Commitment.objects.values_list("state", flat=True)} == {"draft"}
    said = Comment.objects.get()
    assert (said.act, said.text, said.account, said.addressee) == (
        "returned",
        "Which paragraph?",
        reviewer.user,
        editor.user,
    )
    changelist = editor.get(address(Meeting, "changelist") + "?todo=returned_to_me").context["cl"]
    assert [(each.pk, each.returned_reason) for each in changelist.queryset] == [(session.pk, "Which paragraph?")]
    bar = editor.get(page_of(session)).context["bar"]
    assert (bar.status, [str(each.label) for each in bar.panels]) == ("returned", ["Send to review again"])

    post(editor, session, "review", _word="Paragraph 5, now said")
    assert {*Commitment.objects.values_list("state", flat=True)} == {"in_review"}
    assert not Comment.objects.returns().exists()
    assert reviewer.get(page_of(session)).context["bar"].word_sent.text == "Paragraph 5, now said"


def test_word_to_the_reviewer_when_it_was_returned_since_is_not_said_again(reviewer, editor, session):
    post(editor, session, "review", _word="Please check the place")
    post(reviewer, session, "return", _reason="It has none")
    post(editor, session, "review")
    assert reviewer.get(page_of(session)).context["bar"].word_sent is None


def test_button_of_a_new_record_names_no_number_of_records(editor):
    panel = editor.get(address(Meeting, "add")).context["bar"].panels[0]
    assert (panel.button, panel.kinds) == ("Send to review", ["1 meeting", "what is entered with it"])


def test_to_return_without_a_reason_is_refused_and_what_was_typed_stands(reviewer, editor, session):
    post(editor, session, "review")
    response = post(reviewer, session, "return", summary="Typed", _reason=" ")
    assert errors(response) == [str(NO_REASON)]
    assert response.context["adminform"].form["summary"].value() == "Typed"
    assert [panel.step for panel in response.context["bar"].panels if panel.is_open] == [Step.RETURN]
    assert response.context["bar"].status == "in_review"
    session.refresh_from_db()
    assert (session.state, session.summary) == ("in_review", "As found")


def test_what_is_typed_is_saved_with_the_step(editor, session):
    post(editor, session, "review", summary="Better")
    session.refresh_from_db()
    assert (session.state, session.summary) == ("in_review", "Better")
    last = Revision.objects.of(session).newest_first()[0]
    assert (last.content["fields"]["state"], last.content["fields"]["summary"]) == ("in_review", "Better")


def test_a_withdrawn_meeting_takes_its_results_along_but_not_what_another_meeting_names(reviewer):
    meeting, other = make_meeting(), make_meeting()
    commitment, own, both = make_commitment(meeting=meeting), make_agreement(), make_agreement()
    for each, agreement in ((meeting, own), (meeting, both), (other, both)):
        MeetingAgreement.objects.create(meeting=each, agreement=agreement, role="signed")
    told = outlook(meeting, Step.WITHDRAW, reviewer.user)
    assert (told.goes, [each.record for each in told.stays]) == ([meeting, commitment, own], [both])
    post(reviewer, meeting, "withdraw", _public_reason="Another meeting was meant.")
    assert [state_of(each) for each in (meeting, commitment, own, both)] == ["withdrawn"] * 3 + ["published"]
    meeting.refresh_from_db()
    assert meeting.withdrawal_reason == "Another meeting was meant."


def test_a_step_that_no_longer_leads_on_is_refused_and_nothing_is_put_back(reviewer, editor, session):
    post(editor, session, "review")
    other = logged_in(make_user("other", "reviewer"))
    data = shown(reviewer.get(page_of(session))) | {"_step": "return", "_reason": "Too late"}
    post(other, session, "publish")
    response = reviewer.post(page_of(session), data)
    assert response.status_code == 409
    assert [each.where for each in response.context["theirs"]] == ["State"]
    assert "_step" in dict(response.context["sent"])
    assert (state_of(session), Comment.objects.count()) == ("published", 0)


def test_a_list_action_tells_first_and_does_it_then_with_the_same_records(reviewer, editor, session):
    post(editor, session, "review")
    page = address(Meeting, "changelist")
    data = {"action": "publish", "_selected_action": [session.pk]}
    response = reviewer.post(page, data)
    panel = response.context["panel"]
    assert (panel.number, len(panel.stays), state_of(session)) == (5, 1, "in_review")
    sent = data | {"_step": "publish", "_seen": response.context["seen"]}
    response = reviewer.post(page, sent, follow=True)
    assert messages(response)[-1] == "5 records are now published."
    assert state_of(session) == "published"


def test_a_list_action_does_nothing_where_somebody_changed_what_was_told_of(reviewer, editor, session):
    post(editor, session, "review")
    page = address(Meeting, "changelist")
    data = {"action": "publish", "_selected_action": [session.pk]}
    seen = reviewer.post(page, data).context["seen"]
    editor.post(page_of(session), shown(editor.get(page_of(session))) | {"summary": "Changed"})
    response = reviewer.post(page, data | {"_step": "publish", "_seen": seen})
    assert (response.status_code, state_of(session)) == (409, "in_review")


def test_a_list_action_returns_with_one_reason_and_asks_for_it(reviewer, editor):
    records = [make_agreement(state="in_review") for _ in range(2)]
    page = address(Agreement, "changelist")
    data = {"action": "return_with_reason", "_selected_action": [each.pk for each in records], "_step": "return"}
    assert reviewer.post(page, data).context["errors"] == [str(NO_REASON)]
    reviewer.post(page, data | {"_reason": "Which source?"})
    assert [state_of(each) for each in records] == ["draft", "draft"]
    assert list(Comment.objects.values_list("text", flat=True)) == ["Which source?"] * 2


@pytest.mark.parametrize("make", ALL)
def test_four_eyes_hold_wherever_a_record_is_moved(reviewer, make):
    with one_change(account=reviewer.user):
        record = make(state="in_review")
    assert errors(post(reviewer, record, "publish")) == [str(LAST_EDITOR)]
    assert Step.PUBLISH not in offered(record, reviewer.user)
    taken = take([record], Step.PUBLISH, StepWords(), reviewer.user, timezone.now())
    assert (taken.moved, [each.record for each in taken.stayed]) == ([], [record])
    assert state_of(record) == "in_review"


def test_an_answer_moves_by_the_same_steps(reviewer):
    update = ProgressUpdate.objects.create(commitment=make_commitment(), progress="limited", state="in_review")
    assert [panel.step for panel in panels(reviewer, update) if hasattr(panel, "step")] == [
        Step.PUBLISH,
        Step.PUBLISH_AT,
        Step.SET_ASIDE,
    ]
    post(reviewer, update, "publish")
    assert state_of(update) == "published"


@pytest.mark.drawn
@pytest.mark.parametrize(
    ("four_eyes", "cited", "is_there"), [(True, True, True), (True, False, False), (False, False, True)]
)
def test_a_step_that_can_only_be_refused_has_no_button_but_says_why(reviewer, settings, four_eyes, cited, is_there):
    settings.FOUR_EYES = four_eyes
    text = reviewer.get(page_of(make_agreement(state="in_review", cited=cited))).content.decode()
    assert ('name="_step" value="publish"' in " ".join(text.split()), str(NO_CITATION) in text) == (is_there, not cited)


@pytest.mark.parametrize("number", [1, 12])
def test_the_bar_asks_the_database_no_more_for_twelve_results_than_for_one(reviewer, django_assert_num_queries, number):
    meeting = make_meeting(state="in_review")
    for _ in range(number):
        make_commitment(meeting=meeting, state="in_review")
    with django_assert_num_queries(QUERIES):
        found = outlook(meeting, Step.PUBLISH, reviewer.user)
        assert (len(found.goes), len(found.mail())) == (number + 1, 2)
        found.elsewhere(), found.checked(), found.open_points()
