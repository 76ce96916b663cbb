"""Acts on records that somebody changed after the page was drawn: nothing is done before it was said."""

import re

import pytest

from meetings.models import Meeting
from tests.admin.desk import address, messages, taken
from tests.admin.two_editors import form, send
from tests.factories import make_meeting
from tracker.records.models import Publishable

State = Publishable.State


@pytest.fixture
def meeting(draft_meeting):
    return draft_meeting


def act(client, data, model=Meeting):
    return client.post(address(model, "changelist"), data)


def chosen(client, action, *records):
    seen = client.get(address(type(records[0]), "changelist")).wsgi_request.version_on_opening
    return taken(action) | {"_selected_action": [record.pk for record in records], "_seen": seen}


@pytest.mark.parametrize("action", ["publish", "send_to_review", "delete_selected"])
def test_a_list_action_when_a_chosen_record_was_changed_asks_again(superuser, colleague, meeting, action):
    data = chosen(superuser, action, meeting)
    send(colleague, meeting, form(colleague, meeting), summary="Theirs, never read")
    response = act(superuser, data)
    assert response.status_code == 409
    ((record, (entry,)),) = response.context["changed"]
    assert (record, [change.new for change in entry.changes]) == (meeting, ["Theirs, never read"])
    assert entry.revision.account.username == "colleague"
    assert Meeting.objects.get().state == State.DRAFT
    again = act(superuser, data | {"_seen": response.context["seen"]})
    assert again.status_code == (200 if action == "delete_selected" else 302)


def test_a_list_action_when_another_record_was_changed_is_done(reviewer, colleague, meeting):
    other = make_meeting(state=State.DRAFT)
    data = chosen(reviewer, "send_to_review", meeting)
    send(colleague, other, form(colleague, other), summary="Theirs")
    assert act(reviewer, data).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).state == State.IN_REVIEW


def test_deletion_of_all_chosen_when_confirmed_late_asks_again(superuser, colleague, meeting):
    confirmation = act(superuser, chosen(superuser, "delete_selected", meeting))
    seen = confirmation.wsgi_request.version_on_opening
    assert f'name="_seen" value="{seen}"' in confirmation.content.decode()
    send(colleague, meeting, form(colleague, meeting), summary="Theirs")
    data = {"action": "delete_selected", "_selected_action": [meeting.pk], "post": "yes", "_seen": seen}
    assert act(superuser, data).status_code == 409
    assert Meeting.objects.exists()


def test_deletion_when_the_record_was_changed_asks_again(superuser, colleague, meeting):
    delete = address(Meeting, "delete", meeting.pk)
    page_of_it = superuser.get(delete)
    seen = re.search(r'name="_seen" value="(\d+)"', page_of_it.content.decode())[1]
    send(colleague, meeting, form(colleague, meeting), summary="Theirs")
    response = superuser.post(delete, {"post": "yes", "_seen": seen})
    assert response.status_code == 200 and Meeting.objects.exists()
    assert len(messages(response)) == 1
    again = re.search(r'name="_seen" value="(\d+)"', response.content.decode())[1]
    assert superuser.post(delete, {"post": "yes", "_seen": again}).status_code == 302
    assert not Meeting.objects.exists()


def test_restoring_when_the_record_was_changed_does_nothing_yet(editor, colleague, meeting):
    send(editor, meeting, form(editor, meeting), summary="Second")
    old = address(Meeting, "revision", meeting.pk, 1)
    seen = re.search(r'name="_seen" value="(\d+)"', editor.get(old).content.decode())[1]
    send(colleague, meeting, form(colleague, meeting), place="Karachi")
    restore = address(Meeting, "restore", meeting.pk, 1)
    editor.post(restore, {"_seen": seen})
    assert Meeting.objects.get().place == "Karachi"
    seen = re.search(r'name="_seen" value="(\d+)"', editor.get(old).content.decode())[1]
    editor.post(restore, {"_seen": seen})
    assert Meeting.objects.get().place == "Beijing"
