"""The days that a notation allows are in the database whichever way the row got there."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.models import Membership, Presidency
from meetings.models import Commitment, Meeting
from tests.factories import make_commitment, make_country, make_forum, make_meeting
from tracker.records.models import Source

pytestmark = pytest.mark.django_db


def held(meeting):
    return Meeting.objects.values_list("held", "held_earliest", "held_latest").get(pk=meeting.pk)


def test_bounds_when_a_record_is_saved_are_those_of_its_notation():
    meeting = make_meeting(held="2025-07")
    assert held(meeting) == ("2025-07", date(2025, 7, 1), date(2025, 7, 31))
    meeting.held = "../2026-01-29"
    meeting.save()
    assert held(meeting) == ("../2026-01-29", None, date(2026, 1, 29))
    meeting.held = ""
    meeting.save()
    assert held(meeting) == ("", None, None)


def test_bounds_when_only_the_notation_is_named_to_be_saved_follow_it():
    meeting = make_meeting(held="2025-07")
    meeting.held = "2026"
    meeting.save(update_fields=["held"])
    assert held(meeting) == ("2026", date(2026, 1, 1), date(2026, 12, 31))


def test_bounds_when_other_fields_are_named_to_be_saved_stay():
    meeting = make_meeting(held="2025-07")
    meeting.held, meeting.place = "2026", "Beijing"
    meeting.save(update_fields=["place"])
    assert held(meeting) == ("2025-07", date(2025, 7, 1), date(2025, 7, 31))


def test_bounds_when_rows_are_created_in_bulk_are_those_of_their_notations():
    dates = {"a": "2026-33", "b": "", "c": ""}
    Source.objects.bulk_create([Source(slug=slug, title=slug, published_on=date) for slug, date in dates.items()])
    found = list(Source.objects.values_list("published_earliest", "published_latest"))
    assert found == [(date(2026, 1, 1), date(2026, 3, 31)), (None, None), (None, None)]


def test_bounds_on_the_instance_after_saving_are_those_in_the_database():
    meeting = make_meeting(held="2025-07")
    meeting.held = "XXXX-07-02"
    meeting.save()
    assert (meeting.held_earliest, meeting.held_latest) == (None, None)


def test_words_of_a_date_follow_its_notation():
    assert make_meeting(held="2025?-07-02").held_in_words == "2 July 2025 (year inferred)"


@pytest.mark.parametrize(
    ("fields", "in_words"),
    [
        ({"held": "2024-40", "held_words": "early 2024"}, "first half of 2024 (“early 2024”)"),
        ({"held": "", "held_words": "early 2024"}, "“early 2024”"),
        ({"held": "2024-40"}, "first half of 2024"),
        ({"held": ""}, ""),
    ],
)
def test_words_of_a_date_end_with_those_of_its_source(fields, in_words):
    assert make_meeting(**fields).held_in_words == in_words


def test_words_of_a_due_date_end_with_those_of_its_source():
    due = [make_commitment(due="2024-40", due_words="early 2024"), make_commitment(due="", due_words="swiftly")]
    assert [commitment.due_in_words for commitment in due] == ["first half of 2024 (“early 2024”)", "“swiftly”"]


@pytest.mark.parametrize(
    ("fields", "exactness"),
    [
        ({"held": "2011-07-04/2011-07-05"}, "exact"),
        ({"held": "2011-07-04", "held_basis": "inferred"}, "inexact"),
        ({"held": "", "held_basis": "inferred"}, "unknown"),
    ],
)
def test_exactness_of_a_date_minds_how_it_is_known(fields, exactness):
    assert make_meeting(**fields).held_exactness == exactness


def test_unreadable_date_is_refused_by_the_check_of_the_record_and_by_saving():
    meeting = make_meeting()
    meeting.held = "30 February"
    with pytest.raises(ValidationError) as refusal:
        meeting.full_clean()
    assert list(refusal.value.message_dict) == ["held"]
    with pytest.raises(ValidationError):
        meeting.save()
    assert held(meeting)[0] == "2026-01-28"


def test_date_longer_than_its_column_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Source(slug="a", published_on="2021-01-01/" + "2" * 80).full_clean()
    assert "published_on" in refusal.value.message_dict


def test_required_date_when_empty_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Presidency(forum=make_forum(), country=make_country()).full_clean()
    assert refusal.value.message_dict == {"term": ["This field cannot be blank."]}


def test_dates_that_contradict_each_other_are_refused_before_saving():
    """The rule is on the bounds, which are computed on saving."""
    membership = Membership(forum=make_forum(), country=make_country(), joined="2020", left="2018")
    with pytest.raises(ValidationError) as refusal:
        membership.full_clean()
    assert refusal.value.messages == ["The membership ends before it starts."]


def test_dates_that_may_agree_are_accepted():
    Membership(forum=make_forum(), country=make_country(), joined="2020-06", left="2020").full_clean()


@pytest.mark.parametrize(
    ("notation", "today", "is_late"),
    [
        ("2026", date(2026, 12, 31), False),
        ("2026", date(2027, 1, 1), True),
        ("2026-33", date(2026, 3, 31), False),
        ("2026-33", date(2026, 4, 1), True),
        ("2026-01-29/..", date(2099, 1, 1), False),
        ("XXXX-07-02", date(2099, 1, 1), False),
        ("../2026-01-29", date(2026, 1, 30), True),
    ],
)
def test_late_means_after_the_latest_day_that_the_notation_allows(notation, today, is_late):
    commitment = make_commitment(due=notation)
    assert list(Commitment.objects.overdue(today)) == ([commitment] if is_late else [])
