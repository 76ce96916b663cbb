"""Proposed changes that meet a newer text, a moment to come, a record that was withdrawn or is gone, and reviewers."""

from datetime import timedelta

import pytest

from meetings.models import Commitment, Delegation, Meeting, Outcome
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, errors, messages, shown
from tests.admin.proposing import act, act_on, lines, opened, propose
from tests.admin.two_editors import form, page, row_of, send
from tests.factories import make_commitment, make_country
from tracker.records.admin.seen import CHANGED_MEANWHILE
from tracker.records.admin.switching import switch_due
from tracker.records.models import DataVersion, ProposedChange, Publishable, Revision

pytestmark = pytest.mark.usefixtures("undrawn")

State = Publishable.State
Of = ProposedChange.State


# Two sides


def test_two_proposals_on_one_record_are_switched_in_turn(editor, colleague, reviewer, meeting):
    first, second = propose(editor, meeting, summary="One"), propose(colleague, meeting, place="Islamabad")
    assert opened(reviewer, first).context["page"].others == [second]
    for proposal in (first, second):
        act(reviewer, proposal, "switch")
    assert list(Meeting.objects.values_list("summary", "place")) == [("One", "Islamabad")]
    assert {each.account for each in Revision.objects.of(meeting).order_by("-number")[:2]} == {
        editor.user,
        colleague.user,
    }


@pytest.mark.parametrize(("choice", "summary"), [("mine", "Second"), ("theirs", "First")])
def test_what_both_sides_changed_is_chosen(editor, colleague, reviewer, meeting, choice, summary):
    first, second = propose(editor, meeting, summary="First"), propose(colleague, meeting, summary="Second", place="X")
    act(reviewer, first, "switch")
    (place,) = opened(reviewer, second).context["page"].collisions
    assert (place.before, place.mine, place.theirs) == ("As published", "Second", "First")
    assert place.author.account == editor.user
    text = "Somebody changed the same meanwhile: choose for each place what is to stand, or return it."
    assert messages(act(reviewer, second, "switch")) == [text]
    act(reviewer, second, "switch", **{f"_choice:{place.place.choice}": choice})
    assert list(Meeting.objects.values_list("summary", "place")) == [(summary, "X")]


def test_a_row_that_was_removed_meanwhile_comes_back_only_where_somebody_says_so(editor, reviewer, meeting):
    first = meeting.outcomes.get(position=0)
    data = form(editor, meeting)
    send(editor, meeting, data, **{f"outcomes-{row_of(data, 'outcomes', first)}-text": "Rewritten"})
    proposal = ProposedChange.objects.get()
    first.delete()
    (place,) = opened(reviewer, proposal).context["page"].collisions
    assert place.is_removed_by_them
    act(reviewer, proposal, "switch", **{f"_choice:{place.place.choice}": "mine"})
    assert list(meeting.outcomes.order_by("pk").values_list("text", flat=True)) == ["Second decision", "Rewritten"]


@pytest.mark.drawn
def test_the_author_of_a_proposal_that_met_a_newer_text_chooses_too(editor, colleague, reviewer, meeting):
    first, second = propose(editor, meeting, summary="First"), propose(colleague, meeting, summary="Second")
    act(reviewer, first, "switch")
    response = colleague.get(address(Meeting, "change", meeting.pk) + f"?proposal={second.pk}")
    data = page(response) | {"_choice://summary": "anew", "_anew://summary": "Both"}
    assert send(colleague, meeting, data).status_code == 302
    again = ProposedChange.objects.get(pk=second.pk)
    assert (again.number, lines(opened(reviewer, again))) == (2, [("Summary", "First", "Both")])


def test_an_act_on_something_else_than_was_seen_is_not_done(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    text = "Somebody changed it while you had this page open. Look at it again: nothing has been done yet."
    before = opened(reviewer, proposal)
    data = shown(editor.get(address(Meeting, "change", meeting.pk) + f"?proposal={proposal.pk}"))
    send(editor, meeting, data, summary="Something else")
    assert messages(act_on(reviewer, before, "switch")) == [text]
    before = opened(reviewer, proposal)
    Outcome.objects.filter(position=0).update(text="Changed")
    response = act_on(reviewer, before, "return", _reason_returned="Typed")
    assert messages(response) == [text]
    assert response.context["typed"]["returned"] == "Typed"
    assert Meeting.objects.get().summary == "As published"


@pytest.mark.drawn
@pytest.mark.parametrize("step", ["return", "decline", "switch"])
def test_an_act_on_what_somebody_else_decided_meanwhile_is_not_done_and_loses_nothing(editor, reviewer, meeting, step):
    proposal = propose(editor, meeting, summary="As proposed")
    page = opened(reviewer, proposal)
    act(logged_in(make_user("other", "reviewer")), proposal, "switch")
    name = {"return": "_reason_returned", "decline": "_reason_declined"}.get(step, "_comment")
    response = act_on(reviewer, page, step, **{name: "Which paragraph says so?"})
    assert (response.status_code, messages(response)) == (200, [str(CHANGED_MEANWHILE)])
    assert response.context["comment"] == "Which paragraph says so?"
    assert "Which paragraph says so?</textarea>" in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


# At a moment


@pytest.fixture
def approved(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    act(reviewer, proposal, "switch_at", moment_0="2099-01-01", moment_1="10:00")
    proposal.refresh_from_db()
    assert proposal.switch_at.isoformat() == "2099-01-01T10:00:00+00:00"
    return proposal


def test_a_proposal_is_switched_at_its_moment_and_not_before(editor, reviewer, approved):
    moment = approved.switch_at
    assert switch_due(moment - timedelta(seconds=1)) == []
    assert Meeting.objects.get().summary == "As published"
    assert (switch_due(moment), switch_due(moment)) == ([approved], [])
    assert Meeting.objects.get().summary == "As proposed"
    revision = Revision.objects.of(Meeting.objects.get()).last()
    assert (revision.account, revision.reader) == (editor.user, reviewer.user)


def test_a_proposal_whose_moment_meets_a_newer_text_waits_on_the_desk(administrator, approved):
    meeting = Meeting.objects.get()
    meeting.summary = "Changed meanwhile"
    meeting.save()
    assert switch_due(approved.switch_at) == []
    assert list(ProposedChange.objects.to_be_switched(approved.switch_at)) == [approved]
    assert Meeting.objects.get().summary == "Changed meanwhile"
    (place,) = opened(administrator, approved).context["page"].collisions
    act(administrator, approved, "switch", **{f"_choice:{place.place.choice}": "mine"})
    assert Meeting.objects.get().summary == "As proposed"


def test_a_proposal_of_which_the_reviewer_lost_the_right_waits(reviewer, approved):
    reviewer.user.groups.clear()
    assert switch_due(approved.switch_at) == []


def test_a_moment_is_done_away_with_by_a_reviewer_and_by_sending_again(editor, administrator, approved, reviewer):
    act(administrator, approved, "keep_open")
    assert switch_due(approved.switch_at) == []
    act(reviewer, approved, "switch_at", moment_0="2099-01-01", moment_1="10:00")
    data = shown(editor.get(address(Meeting, "change", approved.record) + f"?proposal={approved.pk}"))
    send(editor, Meeting.objects.get(), data, summary="Something else")
    assert switch_due(approved.switch_at) == []


def test_a_moment_that_has_passed_is_refused(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    response = act(reviewer, proposal, "switch_at", moment_0="2020-01-01", moment_1="10:00")
    assert messages(response) == ["This moment has passed: switch it now, or set one to come."]


# What it belongs to


def test_what_was_withdrawn_is_changed_by_a_proposal_and_stays_withdrawn(editor, reviewer, client, meeting):
    Meeting.objects.update(state=State.WITHDRAWN)
    proposal = propose(editor, meeting, summary="As proposed")
    act(reviewer, proposal, "switch")
    assert list(Meeting.objects.values_list("summary", "state")) == [("As proposed", "withdrawn")]
    assert client.get(meeting.get_absolute_url()).status_code == 410


def test_published_commitments_in_the_form_of_a_meeting_are_proposed_with_it(editor, reviewer, meeting):
    commitment = make_commitment(meeting=meeting, title="As published")
    data = form(editor, meeting)
    send(editor, meeting, data, **{f"commitments-{row_of(data, 'commitments', commitment)}-title": "As proposed"})
    act(reviewer, ProposedChange.objects.get(), "switch")
    assert Commitment.objects.get().title == "As proposed"
    revision = Revision.objects.of(commitment).last()
    assert (revision.account, revision.reader) == (editor.user, reviewer.user)


def test_a_proposal_whose_record_is_gone_can_only_be_closed(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    Meeting.objects.get().delete()
    found = opened(reviewer, proposal).context["page"]
    assert (found.may_decide, lines(opened(editor, proposal))) == (
        False,
        [("Summary", "As published", "As proposed")],
    )
    act(editor, proposal, "take_back")
    assert ProposedChange.objects.get().state == Of.TAKEN_BACK


def test_the_reason_of_a_correction_is_told_to_the_public_once_it_is_switched(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed", _correction="The report was misread")
    act(reviewer, proposal, "switch")
    assert Revision.objects.of(meeting).last().correction == "The report was misread"


# Reviewers


def test_what_a_reviewer_changes_in_public_is_a_proposal_too(reviewer, administrator, meeting, strict):
    proposal = propose(reviewer, meeting, summary="As proposed")
    assert Meeting.objects.get().summary == "As published"
    act(administrator, proposal, "switch")
    assert Meeting.objects.get().summary == "As proposed"
    assert not Revision.objects.unread().exists()


def test_what_a_reviewer_changes_in_public_is_no_proposal_where_the_house_reads_afterwards(reviewer, meeting):
    send(reviewer, meeting, form(reviewer, meeting), summary="At once")
    assert (Meeting.objects.get().summary, ProposedChange.objects.count()) == ("At once", 0)
    send(reviewer, meeting, form(reviewer, meeting), summary="As proposed", _proposing="1")
    assert (Meeting.objects.get().summary, ProposedChange.objects.count()) == ("At once", 1)


def test_a_note_of_the_editors_and_a_draft_need_no_second_reader(reviewer, meeting, draft_meeting, strict):
    send(reviewer, meeting, form(reviewer, meeting), editors_note="To be asked")
    send(reviewer, draft_meeting, form(reviewer, draft_meeting), summary="Written")
    assert not ProposedChange.objects.exists()
    assert set(Meeting.objects.values_list("editors_note", "summary")) == {
        ("To be asked", "As published"),
        ("", "Written"),
    }


def test_a_published_commitment_is_locked_in_the_form_of_a_draft(reviewer, draft_meeting, strict):
    commitment = make_commitment(meeting=draft_meeting, title="As published")
    assert not [name for name in form(reviewer, draft_meeting) if name.startswith("commitments-0-title")]
    data = form(reviewer, draft_meeting) | {"commitments-0-title": "Changed", "commitments-0-id": commitment.pk}
    send(reviewer, draft_meeting, data)
    assert Commitment.objects.get().title == "As published"


# Bringing back


def bring_back(client, meeting, number, *row):
    name = "restore_row" if row else "restore"
    return client.post(address(Meeting, name, meeting.pk, number, *row), {"_seen": DataVersion.current()}, follow=True)


def test_what_is_public_is_brought_back_by_a_proposal(editor, reviewer, meeting):
    number = Revision.objects.of(meeting).last().number
    first = meeting.outcomes.get(position=0)
    first.delete()
    meeting.refresh_from_db()
    meeting.summary = "Changed"
    meeting.save()
    bring_back(editor, meeting, number)
    proposal = ProposedChange.objects.get()
    assert (Meeting.objects.get().summary, meeting.outcomes.count()) == ("Changed", 1)
    assert [(before, after) for where, before, after in lines(opened(editor, proposal)) if where == "Summary"] == [
        ("Changed", "As published")
    ]
    act(reviewer, proposal, "switch")
    assert Meeting.objects.get().summary == "As published"
    assert sorted(meeting.outcomes.values_list("text", flat=True)) == ["First decision", "Second decision"]


def test_a_row_of_what_is_public_is_brought_back_by_a_proposal_of_a_reviewer_too(reviewer, meeting, strict):
    number = Revision.objects.of(meeting).last().number
    first = meeting.outcomes.get(position=0)
    Outcome.objects.get(pk=first.pk).delete()
    bring_back(reviewer, meeting, number, "meetings.outcome", first.pk)
    assert (meeting.outcomes.count(), ProposedChange.objects.count()) == (1, 1)


def test_what_is_as_it_was_is_not_proposed_to_be_brought_back(editor, meeting):
    response = bring_back(editor, meeting, Revision.objects.of(meeting).last().number)
    assert messages(response) == ["Nothing was changed, so nothing is proposed."]
    assert not ProposedChange.objects.exists()


# Rows with a page of their own


def test_a_row_of_what_is_public_is_changed_by_a_proposal_on_its_own_page(reviewer, administrator, meeting, strict):
    delegation = meeting.delegations.first()
    proposal = propose(reviewer, delegation, note="As proposed")
    assert meeting.delegations.get(pk=delegation.pk).note == ""
    act(administrator, proposal, "switch")
    assert meeting.delegations.get(pk=delegation.pk).note == "As proposed"
    revision = Revision.objects.of(meeting).last()
    assert (revision.account, revision.reader) == (reviewer.user, administrator.user)


def test_a_row_is_neither_added_to_what_is_public_nor_taken_from_it_by_one_person(reviewer, meeting, strict):
    delegation = meeting.delegations.first()
    assert reviewer.post(address(Delegation, "delete", delegation.pk), {"post": "yes"}).status_code == 403
    data = shown(reviewer.get(address(Delegation, "add"))) | {"meeting": meeting.pk, "country": make_country("LKA").pk}
    response = reviewer.post(address(Delegation, "add"), data)
    assert errors(response) == ["It is published: propose it in the form of the record."]
