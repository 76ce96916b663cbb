"""What the desk says of a record: kept with the form, beside what it is about, settled, and never lost."""

import pytest
from django.contrib.auth.models import Permission

from meetings.models import Commitment
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, shown
from tests.factories import make_commitment, make_meeting
from tracker.records.models import Comment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


@pytest.fixture
def meeting(db):
    return make_meeting(state="draft", summary="As found")


def page_of(record):
    return address(type(record), "change", record.pk)


def send(client, record, **typed):
    return client.post(page_of(record), shown(client.get(page_of(record))) | typed)


def test_a_comment_is_kept_with_what_it_is_about(editor, meeting):
    commitment = make_commitment(meeting=meeting, state="draft")
    send(editor, meeting, _comment="Of all of it")
    send(editor, meeting, _comment="Which place?", _comment_about="field:place_note")
    send(editor, meeting, _comment="Who?", _comment_about=f"row:meetings.commitment:{commitment.pk}")
    send(editor, meeting, _comment="  ")
    found = Comment.objects.values_list("text", "field", "row_kind", "row", "account", "act")
    assert list(found) == [
        ("Of all of it", "", "", None, editor.user.pk, "comment"),
        ("Which place?", "place_note", "", None, editor.user.pk, "comment"),
        ("Who?", "", "meetings.commitment", commitment.pk, editor.user.pk, "comment"),
    ]


def test_a_comment_moves_nothing_that_the_record_says(editor, meeting):
    before = meeting.__class__.objects.values().get()
    send(editor, meeting, _comment="Which place?")
    assert meeting.__class__.objects.values().get() == before


def test_a_comment_on_a_field_stands_below_its_help(editor, reviewer, meeting):
    send(reviewer, meeting, _comment="Is there <b>a second</b> report?", _comment_about="field:place_note")
    form = editor.get(page_of(meeting)).context["adminform"].form
    assert "Is there &lt;b&gt;a second&lt;/b&gt; report?" in form["place_note"].help_text
    assert "second" not in form["place"].help_text


def test_a_comment_is_settled_by_whoever_ticks_it(editor, reviewer, meeting):
    send(reviewer, meeting, _comment="Which place?")
    other = make_meeting(state="draft")
    send(reviewer, other, _comment="Of another record")
    first, second = Comment.objects.order_by("pk")
    send(editor, meeting, _settled=[first.pk, second.pk])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.settled_by, second.settled_at) == (editor.user, None)
    comments = editor.get(page_of(meeting)).context["comments"]
    assert (comments.open, comments.settled) == ([], [first])


def test_a_comment_is_not_lost_where_the_form_has_errors_or_is_joined(editor, colleague, meeting):
    response = send(editor, meeting, held="no day", _comment="Which place?", _comment_about="field:place")
    comments = response.context["comments"]
    assert (comments.sent_text, comments.sent_about) == ("Which place?", "field:place")
    stale = shown(editor.get(page_of(meeting)))
    send(colleague, meeting, summary="Theirs")
    response = editor.post(page_of(meeting), stale | {"summary": "Mine", "_comment": "Which place?"})
    assert response.status_code == 409
    assert dict(response.context["sent"])["_comment"] == ["Which place?"]
    assert not Comment.objects.exists()


def test_whoever_may_only_read_a_record_reads_its_comments(reviewer, meeting):
    send(reviewer, meeting, _comment="Which place?")
    guest = make_user("guest")
    guest.user_permissions.add(Permission.objects.get(codename="view_meeting"))
    context = logged_in(guest).get(page_of(meeting)).context
    assert ([each.text for each in context["comments"].open], context["may_say"]) == (["Which place?"], False)


def test_a_comment_on_a_commitment_stands_on_its_own_form(editor, meeting):
    commitment = make_commitment(meeting=meeting, state="draft")
    send(editor, commitment, _comment="Who?", _comment_about="field:title")
    assert [each.text for each in Comment.objects.of(Commitment.objects.get())] == ["Who?"]
