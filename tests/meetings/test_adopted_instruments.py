"""A declaration that was adopted and never signed: what it promises counts from the day of its adoption."""

import json
from datetime import date

import pytest

from meetings.followups.rules import due_on
from meetings.models import Commitment, FollowUpPolicy
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture
def declaration():
    agreement = make_agreement(type="declaration", forum=make_forum("jcc"))
    agreement.events.create(kind="adopted", on="2021-05-04")
    return agreement


def promised(declaration, **fields):
    return make_commitment(agreement=declaration, meeting=None, **fields)


def test_line_of_status_names_the_year_of_the_adoption(declaration):
    promised(declaration)
    commitment = Commitment.objects.with_status(TODAY).get()
    assert commitment.status_line[0] == "Agreed 2021"
    assert "no report seen in 4 years" in commitment.status_line


@pytest.mark.parametrize(("query", "number"), [("made_after=2021", 1), ("made_after=2022", 0), ("made_before=2020", 0)])
def test_filters_by_the_day_on_which_it_was_made_find_it(client, declaration, query, number):
    promised(declaration)
    rows = json.loads(b"".join(client.get(f"/commitments.json?{query}").streaming_content))["records"]
    assert len(rows) == number


def test_next_session_is_the_first_after_the_adoption(declaration):
    for number, held in ((1, "2020-01-01"), (2, "2022-01-01")):
        make_meeting(forum=declaration.forum, title="", session_number=number, held=held)
    assert promised(declaration, due_rule="next_session").due == "2022-01-01"


def test_what_goes_on_is_asked_about_at_intervals_from_the_adoption(declaration):
    policy = FollowUpPolicy.objects.get()
    policy.continuous_every = 100
    commitment = promised(declaration, due_rule="continuous")
    assert (due_on(policy, commitment, TODAY) - date(2021, 5, 4)).days % 100 == 0
