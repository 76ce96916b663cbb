"""A meeting with 500 rows opens, is saved and survives an error; what is larger is refused before any work."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Commitment, CommitmentParty, Meeting, Outcome
from tests.admin.desk import address, errors, fill_row, shown
from tests.factories import make_commitment, make_country, make_meeting, make_source
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


def opened(client, meeting):
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        response = client.get(address(Meeting, "change", meeting.pk))
        response.content
        print("open", round(time.perf_counter() - started, 2), "s", len(queries), len(response.content))
    return response, len(queries)


def test_a_meeting_of_500_rows_opens_is_saved_and_survives_an_error(editor):
    meeting = make_large(500)
    response, _queries = opened(editor, meeting)
    data = shown(response)
    print(len(data), "fields")
    for step, changed in (("error", {"held": "no day"}), ("save", {"held": "2021", "commitments-7-title": "Written anew"})):
        started = time.perf_counter()
        response = editor.post(address(Meeting, "change", meeting.pk), data | changed)
        print(step, round(time.perf_counter() - started, 2), response.status_code)
        data = shown(response) if response.status_code == 200 else data
    assert response.status_code == 302, errors(response)
