"""A NUL character, which no database of ours has to keep, in what is sent from the desk."""

import pytest

from agreements.models import Agreement, Person
from meetings.models import Meeting
from tests.admin.desk import address, errors, shown
from tests.admin.two_editors import form, send
from tests.factories import make_agreement
from tracker.records.models import Comment, ProposedChange, SentForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


def test_form_that_holds_them_is_saved_without(editor, draft_meeting):
    data = form(editor, draft_meeting) | {"delegations-TOTAL_FORMS": 1, "delegations-0-head": "new:Asad\0 Umar"}
    response = send(editor, draft_meeting, data, summary="One\0 two", _comment="Read\0 it")
    assert response.status_code == 302, errors(response)
    assert Meeting.objects.get().summary == "One two"
    assert Comment.objects.get().text == "Read it"
    assert list(Person.objects.values_list("name", flat=True)) == ["Asad Umar"]


def test_form_that_meets_a_newer_one_is_kept_without(editor, colleague, draft_meeting):
    data = form(editor, draft_meeting)
    send(colleague, draft_meeting, form(colleague, draft_meeting), place="Lahore")
    assert send(editor, draft_meeting, data, summary="One\0 two").status_code == 409
    assert SentForm.objects.exclude(values=None).get().values["summary"] == ["One two"]


def test_proposal_and_reason_are_kept_without(editor, reviewer):
    agreement = make_agreement()
    assert send(editor, agreement, form(editor, agreement), title="New\0", _why="So\0").status_code == 302
    proposal = ProposedChange.objects.get()
    assert (proposal.values["title"], proposal.why) == (["New"], "So")
    record = make_agreement(state="in_review")
    page = address(Agreement, "change", record.pk)
    reviewer.post(page, shown(reviewer.get(page)) | {"_step": "return", "_reason": "No\0"})
    assert Comment.objects.get().text == "No"
