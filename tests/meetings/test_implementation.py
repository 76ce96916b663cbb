"""What became of a commitment, in one word, and when it was last heard of."""

from datetime import date

import pytest

from meetings.models import OPEN, UNREPORTED, Commitment, Implementation, ProgressUpdate
from tests.factories import make_agreement, make_commitment, make_country, make_meeting

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


def report(commitment, progress="", as_of="2025-06", state="published", side="PAK", **fields):
    side = make_country(side) if side else None
    return ProgressUpdate.objects.create(
        commitment=commitment, progress=progress, as_of=as_of, state=state, side=side, **fields
    )


def told(commitment):
    return Commitment.objects.with_answers(TODAY).get(pk=commitment.pk)


@pytest.mark.parametrize(
    ("fields", "reports", "expected"),
    [
        ({}, [], "no_report"),
        ({"due": "2025"}, [], "no_report"),
        ({"due": "2026-03-01"}, [], "not_yet_due"),
        ({"due": "2027"}, [], "not_yet_due"),
        ({}, [{"progress": "", "answer": "on_track"}], "reported"),
        ({"due": "2027"}, [{"progress": "not_started"}], "reported"),
        ({}, [{"progress": "started", "state": "in_review"}], "no_report"),
        ({}, [{"progress": "started"}], "under_way"),
        ({"due": "2027"}, [{"progress": "substantial"}], "under_way"),
        ({}, [{"progress": "complete"}], "done_claimed"),
        ({}, [{"progress": "complete", "side": "CHN"}], "done"),
        ({}, [{"progress": "complete", "side": "", "assessor": "Dawn"}], "done"),
        ({"closure": "completed"}, [], "done"),
        ({"closure": "dropped"}, [{"progress": "limited"}], "ended"),
        ({"closure": "overtaken"}, [], "ended"),
    ],
)
def test_each_commitment_has_one_word_for_what_became_of_it(fields, reports, expected):
    commitment = make_commitment(["PAK"], ["CHN"], **fields)
    for each in reports:
        report(commitment, **each)
    found = told(commitment)
    assert found.implementation == expected
    is_closed = Commitment.objects.get(pk=commitment.pk).is_closed
    assert (expected in OPEN) is not is_closed
    assert {each.value for each in UNREPORTED} == {"no_report", "not_yet_due"}
    assert set(OPEN) < set(Implementation)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([], (date(2021, 9, 1), date(2021, 9, 30))),
        ([{"as_of": "2025-06"}], (date(2025, 6, 1), date(2025, 6, 30))),
        ([{"as_of": "2025-06"}, {"as_of": "2024"}], (date(2025, 6, 1), date(2025, 6, 30))),
        ([{"as_of": "2025-06"}, {"as_of": ""}], (date(2025, 6, 1), date(2025, 6, 30))),
        ([{"as_of": "2025-06", "state": "draft"}], (date(2021, 9, 1), date(2021, 9, 30))),
        ([{"as_of": ""}], (None, None)),
    ],
)
def test_last_word_is_that_of_the_last_report_or_of_the_promise_itself(reports, expected):
    commitment = make_commitment(["PAK"], ["CHN"], meeting=make_meeting(held="2021-09"))
    for each in reports:
        report(commitment, "started", **each)
    found = told(commitment)
    assert (found.heard_earliest, found.heard_latest) == expected


def test_nobody_can_tell_when_it_was_heard_of_where_what_made_it_is_hidden_or_has_no_day():
    hidden = make_commitment(["PAK"], ["CHN"], meeting=make_meeting(held="2021", state="draft"))
    undated = make_commitment(["PAK"], ["CHN"], agreement=make_agreement())
    assert [told(each).heard_latest for each in (hidden, undated)] == [None, None]
