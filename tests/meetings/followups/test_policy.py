"""The stages of a follow-up policy: pure rules, from a table."""

from datetime import date, timedelta

import pytest

from meetings.followups.policy import has_rested, reason, stage
from meetings.models import FollowUpPolicy

DUE = date(2026, 11, 30)
DEFAULT = FollowUpPolicy()


@pytest.mark.parametrize(
    ("days_from_due", "expected"),
    [
        (-400, None), (-31, None), (-30, -30), (-29, -30), (-8, -30), (-7, -7), (-6, -7), (-2, -7), (-1, -1),
        (0, 0), (1, 1), (2, 1), (6, 1), (7, 7), (29, 7), (30, 30), (59, 30), (60, 60), (89, 60), (90, 90),
        (365, 360), (4000, 3990), (190_000, 189_990),
    ],
)  # fmt: skip
def test_stage_on_a_day_is_the_latest_one_reached(days_from_due, expected):
    assert stage(DEFAULT, DUE - timedelta(days=days_from_due), DUE) == expected


def test_stage_without_a_due_date_is_none():
    assert stage(DEFAULT, None, DUE) is None


def test_stage_over_every_day_of_two_years_only_grows_and_names_each_stage():
    days = [DUE + timedelta(days=offset) for offset in range(-100, 130)]
    found = [stage(DEFAULT, DUE, day) for day in days]
    assert list(dict.fromkeys(found)) == [None, -30, -7, -1, 0, 1, 7, 30, 60, 90, 120]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"window_days": 14}, [None, -14, -7, -1, 0, 1, 7, 30, 60, 90, 120]),
        ({"window_days": 45, "days_before": "30, 7"}, [None, -45, -30, -7, 0, 1, 7, 30, 60, 90, 120]),
        ({"on_the_day": False, "days_after": "", "then_every": 0}, [None, -30, -7, -1]),
        ({"days_before": "", "then_every": 0}, [None, -30, 0, 1, 7, 30]),
        ({"days_after": "10", "then_every": 50}, [None, -30, -7, -1, 0, 10, 60, 110]),
    ],
)
def test_stage_with_another_policy_follows_it(fields, expected):
    days = [DUE + timedelta(days=offset) for offset in range(-100, 130)]
    assert list(dict.fromkeys(stage(FollowUpPolicy(**fields), DUE, day) for day in days)) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, False), (4, False), (5, True), (6, True)])
def test_has_rested_after_five_days(days, expected):
    assert has_rested(DEFAULT, DUE, DUE + timedelta(days=days)) is expected


def test_has_rested_without_any_mail_before():
    assert has_rested(DEFAULT, None, DUE)


@pytest.mark.parametrize(
    ("days_from_due", "expected"),
    [
        (-30, "within 30 days of the due date (default policy)"),
        (-1, "1 day before the due date (default policy)"),
        (0, "on the due date (default policy)"),
        (7, "7 days after the due date (default policy)"),
    ],
)
def test_reason_names_the_rule(days_from_due, expected):
    assert reason(DEFAULT, days_from_due) == expected
