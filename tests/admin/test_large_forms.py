"""A meeting with 500 rows opens, is saved and survives an error; what is larger is refused before any work."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting, Outcome
from tests.admin.desk import address, errors, shown
from tests.factories import make_commitment, make_meeting
from tracker.records.models import Publishable, one_change

State = Publishable.State


def make_large(rows):
    """A meeting with so many rows, outcomes and commitments half and half."""
    with one_change():
        meeting = make_meeting(state=State.DRAFT)
        for number in range(rows // 2):
            Outcome.objects.create(meeting=meeting, text=f"Decision {number}", kind="decision", position=number)
            make_commitment(meeting=meeting, state=State.DRAFT, title=f"Promise {number}")
    return meeting


def test_a_meeting_of_500_rows_is_saved_and_survives_an_error(editor, undrawn):
    meeting = make_large(500)
    data = shown(editor.get(address(Meeting, "change", meeting.pk)))
    changed = {"held": "no day", "commitments-7-title": "Written anew"}
    response = editor.post(address(Meeting, "change", meeting.pk), data | changed)
    assert response.status_code == 200 and len(errors(response)) == 1
    again = shown(response)
    assert again["commitments-7-title"] == "Written anew" and len(again) == len(data)
    response = editor.post(address(Meeting, "change", meeting.pk), again | {"held": "2021"})
    assert response.status_code == 302
    assert meeting.commitments.filter(title="Written anew").count() == 1
    assert (meeting.commitments.count(), meeting.outcomes.count()) == (250, 250)


def test_a_meeting_opens_with_as_many_queries_for_forty_rows_as_for_four(editor):
    asked = []
    for rows in (4, 40):
        meeting = make_large(rows)
        with CaptureQueriesContext(connection) as queries:
            editor.get(address(Meeting, "change", meeting.pk))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 46


@pytest.mark.parametrize("page", ["add", "change"])
def test_a_form_when_it_has_too_many_rows_is_refused_before_any_work(editor, page, django_assert_num_queries):
    meeting = make_large(2)
    args = [meeting.pk] if page == "change" else []
    sent = {"outcomes-TOTAL_FORMS": "5000", "outcomes-INITIAL_FORMS": "0", "held": "2021"}
    # The session, the account, whether a moment is set, and whether a change of it is a proposal.
    with django_assert_num_queries(4 if page == "change" else 3):
        response = editor.post(address(Meeting, page, *args), sent)
    assert response.status_code == 413
    assert "Each table of a form takes up to 500 rows" in " ".join(response.content.decode().split())


def test_a_form_when_it_has_too_many_fields_is_refused_in_words_about_forms(editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    response = editor.post(address(Meeting, "add"), {f"field-{number}": "" for number in range(11)})
    assert response.status_code == 413
    assert "This is too much at once" in response.content.decode()


def test_a_form_says_how_large_it_may_be(editor):
    assert "Each table takes up to 500 rows." in editor.get(address(Meeting, "add")).content.decode()
