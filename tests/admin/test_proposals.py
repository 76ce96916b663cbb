"""Proposed changes: what is public stays as it is until a second person has read what is to take its place."""

import pytest

from agreements.models import Agreement, Forum, Organisation, Person, WorkingGroup
from meetings.models import Commitment, Meeting, Outcome
from tests.admin.desk import address, errors, fill_row, messages, shown
from tests.admin.proposing import act, lines, opened, propose
from tests.admin.two_editors import form, page, row_of, send
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)
from tracker.records.models import Comment, DataVersion, ProposedChange, Publishable, Revision

pytestmark = pytest.mark.usefixtures("undrawn")

State = Publishable.State
Of = ProposedChange.State
PROPOSED = {
    Agreement: (make_agreement, ("title", "As proposed")),
    Commitment: (make_commitment, ("title", "As proposed")),
    Forum: (make_forum, ("name", "As proposed")),
    Meeting: (make_meeting, ("summary", "As proposed")),
    Organisation: (make_organisation, ("seat", "Lahore")),
    WorkingGroup: (make_working_group, ("name", "As proposed")),
}


@pytest.mark.drawn
def test_what_an_editor_proposes_is_not_public_until_it_is_switched(editor, reviewer, client, meeting):
    before = DataVersion.current()
    proposal = propose(editor, meeting, "A report says so", summary="As proposed")
    assert Meeting.objects.get().summary == "As published"
    assert DataVersion.current() == before
    assert lines(opened(editor, proposal)) == [("Summary", "As published", "As proposed")]
    assert "As proposed" not in client.get(meeting.get_absolute_url()).content.decode()
    response = act(reviewer, proposal, "switch")
    assert messages(response) == ["Switched: what was proposed is now what the record says."]
    assert "As proposed" in client.get(meeting.get_absolute_url()).content.decode()
    revision = Revision.objects.of(meeting).last()
    assert (revision.account, revision.reader) == (editor.user, reviewer.user)
    assert revision.reason == "a proposed change was switched"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (Of.ACCEPTED, reviewer.user)


def test_rows_are_proposed_with_the_form(editor, reviewer, meeting):
    first, second = meeting.outcomes.order_by("position")
    data = form(editor, meeting)
    data[f"outcomes-{row_of(data, 'outcomes', first)}-text"] = "Rewritten"
    data[f"outcomes-{row_of(data, 'outcomes', second)}-DELETE"] = "on"
    fill_row(data, "outcomes", 2, kind="decision", text="Third", position=3, realisation="expected")
    assert send(editor, meeting, data).status_code == 302
    act(reviewer, ProposedChange.objects.get(), "switch")
    assert list(meeting.outcomes.order_by("position").values_list("text", flat=True)) == ["Rewritten", "Third"]
    assert Outcome.objects.get(pk=first.pk).text == "Rewritten"


# Sending it again


def test_an_own_proposal_is_opened_as_it_was_sent_and_sent_again(editor, reviewer, meeting):
    proposal = propose(editor, meeting, "First", summary="As proposed")
    data = shown(editor.get(address(Meeting, "change", meeting.pk) + f"?proposal={proposal.pk}"))
    assert data["summary"] == "As proposed"
    assert send(editor, meeting, data, summary="Better", _why="Second").status_code == 302
    again = ProposedChange.objects.get()
    assert (again.pk, again.number, again.why, again.values["summary"]) == (proposal.pk, 2, "Second", ["Better"])


def test_an_own_proposal_when_decided_meanwhile_is_another_one_beside_it(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    data = shown(editor.get(address(Meeting, "change", meeting.pk) + f"?proposal={proposal.pk}"))
    act(reviewer, proposal, "decline", _reason_declined="It is not so")
    assert send(editor, meeting, data, place="Islamabad").status_code == 302
    first, second = ProposedChange.objects.order_by("pk")
    assert (first.state, second.state, second.values["place"]) == (Of.DECLINED, Of.OPEN, ["Islamabad"])


def test_nobody_opens_the_proposal_of_somebody_else_to_change_it(editor, colleague, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    data = shown(colleague.get(address(Meeting, "change", meeting.pk) + f"?proposal={proposal.pk}"))
    assert data["summary"] == "As published"
    send(colleague, meeting, data, place="Islamabad", _proposal=proposal.mark)
    proposal.refresh_from_db()
    assert (proposal.number, ProposedChange.objects.count()) == (1, 2)


def test_a_proposal_sent_twice_is_one(editor, meeting):
    data = form(editor, meeting) | {"summary": "As proposed"}
    for _time in range(2):
        assert send(editor, meeting, data).status_code == 302
    assert ProposedChange.objects.count() == 1


def test_a_form_without_a_change_proposes_nothing(editor, meeting):
    assert send(editor, meeting, form(editor, meeting)).status_code == 302
    assert not ProposedChange.objects.exists()


def test_what_breaks_a_rule_is_said_beside_the_field_and_not_proposed(editor, meeting):
    response = send(editor, meeting, form(editor, meeting), held="23.13.2021", summary="Still here")
    assert response.status_code == 200
    assert len(errors(response)) == 1
    assert response.context["adminform"].form["summary"].value() == "Still here"
    assert not ProposedChange.objects.exists()


@pytest.mark.drawn
def test_what_was_locked_while_somebody_typed_can_be_proposed(editor, draft_meeting):
    data = form(editor, draft_meeting)
    Meeting.objects.update(state=State.PUBLISHED)
    refused = send(editor, draft_meeting, data, summary="Mine")
    assert (refused.status_code, str(refused.context["title"])) == (409, "It was locked while you were typing")
    page_of_proposal = refused.context["page_of_proposal"]
    response = send(editor, draft_meeting, page(editor.get(page_of_proposal)))
    assert response.status_code == 302
    assert ProposedChange.objects.get().values["summary"] == ["Mine"]


# Decisions


@pytest.mark.drawn
def test_a_proposal_is_returned_with_a_reason_and_comes_back(editor, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    assert list(ProposedChange.objects.waiting_for(reviewer.user)) == [proposal]
    assert messages(act(reviewer, proposal, "return")) == ["Write why: whoever proposed it reads it."]
    act(reviewer, proposal, "return", _reason_returned="Which report?")
    assert list(ProposedChange.objects.waiting_for(reviewer.user)) == []
    assert list(ProposedChange.objects.returned_to(editor.user)) == [proposal]
    assert "Which report?" in opened(editor, proposal).content.decode()
    data = shown(editor.get(address(Meeting, "change", meeting.pk) + f"?proposal={proposal.pk}"))
    send(editor, meeting, data, _why="That of 23 September")
    assert list(ProposedChange.objects.returned_to(editor.user)) == []
    assert list(ProposedChange.objects.waiting_for(reviewer.user)) == [proposal]


@pytest.mark.parametrize(
    ("step", "state", "who"),
    [("decline", Of.DECLINED, "reviewer"), ("take_back", Of.TAKEN_BACK, "editor")],
)
def test_a_proposal_that_is_closed_changes_nothing(request, editor, reviewer, meeting, step, state, who):
    proposal = propose(editor, meeting, summary="As proposed")
    act(request.getfixturevalue(who), proposal, step, _reason_declined="It is not so")
    proposal.refresh_from_db()
    assert (proposal.state, Meeting.objects.get().summary) == (state, "As published")
    assert lines(opened(reviewer, proposal)) == [("Summary", "As published", "As proposed")]
    for client in (editor, reviewer):
        assert act(client, proposal, "switch").status_code == 403


@pytest.mark.parametrize("step", ["switch", "switch_at", "keep_open", "return", "decline", "become_public", ""])
def test_an_editor_decides_about_no_proposal(editor, colleague, meeting, step):
    proposal = propose(editor, meeting, summary="As proposed")
    for client in (editor, colleague):
        assert act(client, proposal, step, _reason_returned="x", _reason_declined="x").status_code == 403
    assert ProposedChange.objects.get().number == 1


@pytest.mark.parametrize("is_returned", [True, False])
def test_a_moment_that_was_not_set_is_not_taken_back(editor, reviewer, meeting, is_returned):
    proposal = propose(editor, meeting, summary="As proposed")
    if is_returned:
        act(reviewer, proposal, "return", _reason_returned="Which day?")
    proposal.refresh_from_db()
    assert messages(act(reviewer, proposal, "keep_open")) == ["No moment is set for it."]
    assert ProposedChange.objects.get().mark == proposal.mark


def test_nobody_takes_back_what_somebody_else_proposed(editor, colleague, reviewer, meeting):
    proposal = propose(editor, meeting, summary="As proposed")
    for client in (colleague, reviewer):
        assert act(client, proposal, "take_back").status_code == 403


@pytest.mark.parametrize("role", ["reviewer", "administrator", "superuser"])
def test_nobody_switches_their_own_proposal(request, role, meeting, strict):
    client = request.getfixturevalue(role)
    proposal = propose(client, meeting, summary="As proposed")
    assert list(ProposedChange.objects.waiting_for(client.user)) == []
    for step in ("switch", "switch_at", "decline"):
        assert act(client, proposal, step, moment_0="2099-01-01", moment_1="10:00").status_code == 403
    assert Meeting.objects.get().summary == "As published"


def test_at_a_desk_of_one_person_a_proposal_is_switched_by_whoever_made_it(reviewer, meeting, settings):
    settings.FOUR_EYES = False
    send(reviewer, meeting, form(reviewer, meeting), summary="As proposed", _proposing="1")
    act(reviewer, ProposedChange.objects.get(), "switch")
    assert Meeting.objects.get().summary == "As proposed"


def test_a_rule_that_stands_against_it_is_told_and_nothing_is_switched(editor, reviewer, meeting):
    proposal = propose(editor, meeting, session_suffix="Special", kind="ad_hoc")
    Outcome.objects.all().delete()
    proposal.values["held"] = ["23.13.2021"]
    proposal.save()
    found = opened(reviewer, proposal).context["page"].obstacles
    assert [str(text).partition(":")[0] for text in found] == ["Date"]
    assert messages(act(reviewer, proposal, "switch")) == [" ".join(map(str, found))]
    proposal.refresh_from_db()
    assert proposal.is_open


# What is named, and what is said beside it


def test_names_in_a_proposal_are_kept_as_names_and_made_when_it_is_switched(editor, reviewer, meeting):
    data = form(editor, meeting) | {"delegations-0-head": "new:Asad Umar", "organisers-typed": "Ministry of IT"}
    assert send(editor, meeting, data).status_code == 302
    proposal = ProposedChange.objects.get()
    named = [("Organised by", "–", "Ministry of IT"), ("Delegation 1, Led by", "–", "Asad Umar")]
    assert (lines(opened(reviewer, proposal)), Person.objects.count()) == (named, 0)
    assert reviewer.get(address(ProposedChange, "preview", proposal.pk)).status_code == 200
    assert (Person.objects.count(), Organisation.objects.filter(name="Ministry of IT").count()) == (0, 0)
    assert messages(act(reviewer, proposal, "switch")) == ["Switched: what was proposed is now what the record says."]
    assert [each.name for each in meeting.organisers.all()] == ["Ministry of IT"]
    made = Revision.objects.of(Person.objects.get()).get()
    assert (made.account, made.reader) == (editor.user, reviewer.user)


def test_a_comment_on_what_is_public_is_kept_once_where_nothing_is_proposed(editor, meeting):
    data = form(editor, meeting) | {"_comment": "Is this the right day?"}
    for _time in range(2):
        assert send(editor, meeting, data).status_code == 302
    assert (Comment.objects.of(meeting).get().text, ProposedChange.objects.count()) == ("Is this the right day?", 0)


@pytest.mark.parametrize(("sent", "said"), [("true", "Yes"), ("false", "No")])
def test_what_is_not_known_yet_is_told_from_yes_and_no(editor, reviewer, sent, said):
    proposal = propose(editor, make_agreement(), renews_automatically=sent)
    assert lines(opened(reviewer, proposal)) == [("Renews automatically", "Unknown", said)]


@pytest.mark.drawn
@pytest.mark.parametrize("model", PROPOSED, ids=lambda model: model._meta.label)
def test_each_kind_of_record_is_changed_by_a_proposal(editor, reviewer, model):
    record, (name, text) = PROPOSED[model][0](), PROPOSED[model][1]
    proposal = propose(editor, record, **{name: text})
    assert [line[2] for line in lines(opened(reviewer, proposal))] == [text]
    assert messages(act(reviewer, proposal, "switch")) == ["Switched: what was proposed is now what the record says."]
    assert getattr(model.objects.get(pk=record.pk), name) == text


@pytest.mark.drawn
def test_a_proposal_whose_record_is_no_more_is_declined_by_a_reviewer_alone(editor, colleague, reviewer):
    agreement = make_agreement()
    proposal = propose(editor, agreement, title="As proposed")
    agreement.delete()
    assert "Decline with this reason" not in opened(colleague, proposal).content.decode()
    assert "Decline with this reason" in opened(reviewer, proposal).content.decode()
    assert act(reviewer, proposal, "switch").status_code == 403
    act(reviewer, proposal, "decline", _reason_declined="It was entered twice")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (Of.DECLINED, "It was entered twice")
