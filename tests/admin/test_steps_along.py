"""What goes along with a record is moved as it was when that was told: not what somebody changed, or added, since."""

import pytest

from meetings.models import Meeting, MeetingAgreement
from tests.admin.desk import address, errors, messages, shown
from tests.admin.test_publication import state_of
from tests.admin.test_steps import page_of
from tests.factories import make_agreement, make_commitment, make_meeting
from tracker.records.models import one_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]

LIST = address(Meeting, "changelist")


@pytest.fixture
def session(editor):
    """A meeting in review with an agreement that was signed there."""
    with one_change(account=editor.user):
        meeting = make_meeting(state="in_review", delegations=["PAK", "CHN"])
        agreement = make_agreement(state="in_review", title="As read")
        MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role="signed")
    return meeting, agreement


def change(client, record, **values):
    response = client.post(page_of(record), shown(client.get(page_of(record))) | values)
    assert response.status_code == 302, errors(response)


@pytest.mark.parametrize("step", ["publish", "return"])
def test_form_when_what_goes_along_was_changed_says_so_and_moves_nothing(editor, reviewer, session, step):
    meeting, agreement = session
    data = shown(reviewer.get(page_of(meeting))) | {"_step": step, "_reason": "Which one?"}
    change(editor, agreement, title="Changed since")
    response = reviewer.post(page_of(meeting), data)
    agreement.refresh_from_db()
    assert errors(response) == [
        f"What goes along was changed while you had this page open: {agreement}. Read it as it is now: nothing has "
        "been done yet."
    ]
    assert [state_of(each) for each in session] == ["in_review", "in_review"]
    again = shown(response) | {"_step": step, "_reason": "Which one?"}
    assert reviewer.post(page_of(meeting), again).status_code == 302
    assert len({state_of(each) for each in session} - {"in_review"}) == 1


def test_form_that_moves_the_record_alone_does_not_mind_what_would_go_along(editor, reviewer, session):
    meeting, agreement = session
    data = shown(reviewer.get(page_of(meeting))) | {"_step": "publish", "_alone": "on"}
    change(editor, agreement, title="Changed since")
    assert reviewer.post(page_of(meeting), data).status_code == 302
    assert [state_of(each) for each in session] == ["published", "in_review"]


@pytest.mark.parametrize("is_new", [True, False])
def test_list_when_what_goes_along_was_changed_or_added_says_so_and_moves_nothing(editor, reviewer, session, is_new):
    meeting, agreement = session
    data = {"action": "publish", "_selected_action": [meeting.pk]}
    sent = data | {"_step": "publish", "_seen": reviewer.post(LIST, data).context["seen"]}
    if is_new:
        with one_change(account=editor.user):
            changed = make_commitment(meeting=meeting, state="in_review")
    else:
        changed = agreement
        change(editor, agreement, title="Changed since")
        agreement.refresh_from_db()
    response = reviewer.post(LIST, sent)
    assert [str(changed) in text for text in response.context["errors"]] == [True]
    assert [state_of(each) for each in session] == ["in_review", "in_review"]
    reviewer.post(LIST, sent | {"_seen": response.context["seen"]})
    assert [state_of(each) for each in (*session, changed)] == ["published"] * 3


@pytest.mark.parametrize(("is_named_by_third", "state"), [(False, "withdrawn"), (True, "published")])
def test_list_that_withdraws_two_meetings_tells_what_becomes_of_what_both_name(reviewer, is_named_by_third, state):
    meetings, agreement = [make_meeting() for _ in range(3)], make_agreement()
    for meeting in meetings if is_named_by_third else meetings[:2]:
        MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role="signed")
    data = {"action": "withdraw", "_selected_action": [each.pk for each in meetings[:2]]}
    page = reviewer.post(LIST, data)
    told = page.context["panel"]
    assert (agreement in told.goes, [each.record for each in told.stays]) == (
        not is_named_by_third,
        [agreement] if is_named_by_third else [],
    )
    done = reviewer.post(LIST, data | {"_step": "withdraw", "_seen": page.context["seen"]}, follow=True)
    assert state_of(agreement) == state
    assert messages(done)[-1] == f"{told.number} records are now withdrawn."
    assert len(messages(done)) == (2 if is_named_by_third else 1)
