"""What changed of a record since it was returned, for the reviewer who gets it again."""

import pytest

from meetings.models import Commitment
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, shown
from tests.factories import make_commitment, make_forum, make_meeting
from tracker.records.models import one_change

pytestmark = pytest.mark.django_db
TITLE = "What changed since it was returned"


def page_of(record):
    return address(type(record), "change", record.pk)


def since(record):
    return address(type(record), "since_return", record.pk)


def post(client, record, step="", **typed):
    """The form, with what was typed and a step."""
    sent = shown(client.get(page_of(record))) | ({"_step": step} if step else {}) | typed
    response = client.post(page_of(record), sent)
    assert response.status_code == 302
    record.refresh_from_db()


@pytest.fixture
def session(editor):
    """In review, by the editor, with a commitment."""
    with one_change(account=editor.user):
        meeting = make_meeting(title="Talks", forum=make_forum(), place="Lahore", state="in_review")
        make_commitment(meeting=meeting, title="Build a port", state="in_review")
    return meeting


@pytest.fixture
def again(session, editor, reviewer):
    """Returned with a change of the reviewer's own, mended and sent again."""
    post(reviewer, session, "return", _reason="Where was it?", place_note="see paragraph 3")
    post(editor, session, place="Islamabad", summary="They met.")
    commitment = Commitment.objects.get(title="Build a port")
    post(editor, commitment, title="Build a port and a road")
    make_commitment(meeting=session, title="Lay a cable", state="draft")
    post(editor, session, "review", _word="In paragraph 4")
    return session


def changes(entry):
    return {str(each.field): (str(each.old), str(each.new)) for each in entry.changes}


def test_form_leads_to_what_changed_since_and_the_page_tells_it_against_what_was_returned(reviewer, again):
    assert f'<a href="{since(again)}">{TITLE}</a>' in reviewer.get(page_of(again)).content.decode()
    response = reviewer.get(since(again))
    assert changes(response.context["entry"]) == {"Place": ("Lahore", "Islamabad"), "Summary": ("–", "They met.")}
    found = {row.title: (str(entry.kind), changes(entry)) for row, entry in response.context["others"]}
    assert found == {
        "Build a port and a road": ("changed", {"Short title": ("Build a port", "Build a port and a road")}),
        "Lay a cable": ("added", {}),
    }
    page = " ".join(response.content.decode().split())
    assert '<q dir="auto">Where was it?</q>' in page and "no-store" in response["Cache-Control"]


def test_what_was_sent_again_unchanged_says_so(reviewer, editor, session):
    post(reviewer, session, "return", _reason="Is it so?")
    post(editor, session, "review")
    response = reviewer.get(since(session))
    assert (response.context["entry"], response.context["others"]) == (None, [])
    assert "Nothing of what the record itself says was changed." in response.content.decode()


def test_last_return_counts(reviewer, editor, again):
    post(reviewer, again, "return", _reason="And when?")
    post(editor, again, "review", occasion="State visit")
    assert changes(reviewer.get(since(again)).context["entry"]) == {"Wider occasion": ("–", "State visit")}


def test_record_that_was_never_returned_or_public_since_leads_to_nothing(reviewer, editor, session):
    assert TITLE not in reviewer.get(page_of(session)).content.decode()
    assert reviewer.get(since(session)).status_code == 404
    post(reviewer, session, "return", _reason="Is it so?")
    assert TITLE in editor.get(page_of(session)).content.decode()
    for state in ("published", "in_review"):
        session.state = state
        session.save()
    assert TITLE not in reviewer.get(page_of(session)).content.decode()
    assert reviewer.get(since(session)).status_code == 404


def test_it_is_for_those_who_may_see_the_record_on_the_desk(again, client):
    assert client.get(since(again)).status_code == 302
    assert logged_in(make_user("stranger")).get(since(again)).status_code == 403
