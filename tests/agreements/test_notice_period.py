"""The last day on which notice can be given to an agreement: from its entry into force, validity and notice period."""

from datetime import date

import pytest

from agreements.models import AgreementEvent
from agreements.models.validity import last_day_of_notice
from tests.factories import make_agreement

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def last_day(entered="2024-03-15", *, today=TODAY, events=(), **fields):
    agreement = make_agreement(signed="2024-01-01", **{"validity": "P36M", "notice": "P3M", **fields})
    for kind, on in [("in_force", entered), *events]:
        AgreementEvent.objects.create(agreement=agreement, kind=kind, on=on)
    return last_day_of_notice(agreement, today)


def test_last_day_of_notice_lies_the_notice_period_before_the_end():
    assert last_day() == date(2026, 12, 15)


def test_last_day_of_notice_once_it_is_past_stays_where_the_agreement_ends():
    assert last_day(today=date(2026, 12, 16)) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 14), date(2026, 12, 15)),
        (date(2026, 12, 15), date(2026, 12, 15)),
        (date(2026, 12, 16), date(2029, 12, 15)),
        (date(2041, 1, 1), date(2041, 12, 15)),
    ],
)
def test_last_day_of_notice_where_it_renews_itself_is_the_next_one(today, expected):
    assert last_day(today=today, renews_automatically=True) == expected


@pytest.mark.parametrize(
    ("entered", "validity", "notice", "expected"),
    [
        ("2026-08-31", 6, 1, date(2027, 1, 28)),  # ends on 28 February
        ("2026-05-31", 12, 3, date(2027, 2, 28)),  # ends on 31 May
        ("2027-05-31", 12, 3, date(2028, 2, 29)),
        ("2024-02-29", 36, 6, date(2026, 8, 28)),
        ("2026-12-31", 1, 0, date(2027, 1, 31)),
    ],
)
def test_last_day_of_notice_in_a_month_that_is_too_short_is_its_last(entered, validity, notice, expected):
    assert last_day(entered, validity=f"P{validity}M", notice=f"P{notice}M") == expected


def test_last_day_of_notice_of_many_short_renewals_does_not_drift():
    fields = {"validity": "P1M", "notice": "P0M", "renews_automatically": True}
    assert last_day("2026-01-31", today=date(2027, 3, 1), **fields) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(1984, 5, 10), date(1984, 5, 11)),  # four years at first
        (date(1984, 5, 12), date(1986, 5, 11)),  # then two each time
        (date(2027, 1, 1), date(2028, 5, 11)),
    ],
)
def test_last_day_of_notice_where_it_renews_itself_for_another_period_counts_by_that(today, expected):
    fields = {"validity": "P4Y", "notice": "P6M", "renews_automatically": True, "renewal": "P2Y"}
    assert last_day("1980-11-11", today=today, **fields) == expected


UNKNOWN = {
    "no notice period": {"notice": ""},
    "no validity": {"validity": ""},
    "extended": {"events": [("extended", "2026-01-01")]},
    "entry into force without a date": {"entered": ""},
}


@pytest.mark.parametrize("fields", UNKNOWN.values(), ids=UNKNOWN)
def test_last_day_of_notice_where_a_part_is_unknown_is_unknown(fields):
    assert last_day(**fields) is None


def test_last_day_of_notice_of_an_entry_into_force_that_is_only_planned_is_unknown():
    agreement = make_agreement(signed="2024-01-01", validity="P36M", notice="P3M")
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", on="2024-03-15", is_planned=True)
    assert last_day_of_notice(agreement, TODAY) is None


def test_last_day_of_notice_longer_than_the_validity_lies_before_the_entry_into_force():
    assert last_day("2026-12-01", validity="P12M", notice="P18M") == date(2026, 6, 1)
