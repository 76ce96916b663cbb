"""The stages of a follow-up policy: pure rules, from a table."""

from datetime import date, timedelta

import pytest

from meetings.followups.rules import DueReminder, due_stage, has_rested, stage
from meetings.models import Commitment, FollowUpPolicy, Meeting, Reminder

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
    assert DueReminder(Reminder.Role.ASKED, Commitment(due_rule="date"), DUE, days_from_due, DEFAULT).reason == expected


@pytest.mark.parametrize("window", [0, 7, 30])
def test_reason_on_the_due_date_says_so_whatever_the_window(window):
    due = DueReminder(Reminder.Role.ASKED, Commitment(due_rule="date"), DUE, 0, FollowUpPolicy(window_days=window))
    assert due.reason == "on the due date (default policy)"


@pytest.mark.parametrize(("strength", "days"), [("agreed", "7 days overdue"), ("proposed", "7 days past its date")])
def test_reason_of_an_escalation_counts_the_days_without_an_answer(strength, days):
    due = DueReminder(Reminder.Role.SUPERVISOR, Commitment(strength=strength), DUE, 7, DEFAULT)
    assert due.reason == f"{days}, no answer (default policy)"


def test_reason_of_a_question_sent_back_says_so():
    due = DueReminder(Reminder.Role.ASKED, Commitment(due_rule="date"), DUE, 7, DEFAULT, round=1, asks_back=True)
    assert due.reason == "an editor sent the answer back with a question (default policy)"


def test_next_day_of_a_question_is_that_of_its_next_stage():
    due = DueReminder(Reminder.Role.ASKED, Commitment(due_rule="date", due_latest=DUE), DUE, -30, DEFAULT)
    assert due.next_day(DUE - timedelta(days=20)) == DUE - timedelta(days=7)


PROMISED = Meeting(held_latest=date(2026, 1, 10))


def about(commitment, *days):
    return [due_stage(DEFAULT, commitment, day) for day in days]


def test_due_stage_of_what_is_continuous_counts_intervals_from_the_promise():
    commitment = Commitment(meeting=PROMISED, due_rule="continuous")
    days = [date(2026, 7, 8), date(2026, 7, 9), date(2026, 12, 31), date(2027, 1, 5)]
    first, second = (date(2026, 7, 9), 0), (date(2027, 1, 5), 0)
    assert about(commitment, *days) == [None, first, first, second]
    assert about(Commitment(meeting=Meeting(), due_rule="continuous"), *days) == [None] * 4


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 1), None),  # nearer to the promise than to the first time
        (date(2026, 2, 9), (date(2026, 3, 10), -30)),
        (date(2026, 3, 10), (date(2026, 3, 10), 0)),
        (date(2026, 3, 20), (date(2026, 3, 10), 7)),
        (date(2026, 4, 10), (date(2026, 5, 10), -30)),
        (date(2027, 1, 10), (date(2027, 1, 10), 0)),
    ],
)
def test_due_stage_of_what_recurs_is_about_one_time_after_the_other(day, expected):
    commitment = Commitment(meeting=PROMISED, due_rule="continuous", recurrence="FREQ=MONTHLY;INTERVAL=2")
    assert due_stage(DEFAULT, commitment, day) == expected


@pytest.mark.parametrize("meeting", [PROMISED, Meeting(), None])
def test_due_stage_of_what_recurs_gives_notice_of_its_first_time(meeting):
    commitment = Commitment(meeting=meeting, due_latest=DUE, recurrence="FREQ=YEARLY")
    days = [DUE - timedelta(days=days) for days in (31, 30, 7, 1, 0)]
    assert about(commitment, *days) == [None, (DUE, -30), (DUE, -7), (DUE, -1), (DUE, 0)]


def test_due_stage_of_what_has_no_readable_rule_is_about_its_due_date():
    commitment = Commitment(due_latest=DUE, recurrence="nonsense")
    days = [DUE + timedelta(days=days) for days in (-31, -30, 0, 7, 60)]
    assert about(commitment, *days) == [None, (DUE, -30), (DUE, 0), (DUE, 7), (DUE, 60)]


def test_due_stage_of_what_recurs_until_a_day_stays_at_the_last_time():
    commitment = Commitment(due_latest=DUE, recurrence="FREQ=DAILY;COUNT=2")
    assert due_stage(DEFAULT, commitment, DUE + timedelta(days=50)) == (DUE + timedelta(days=1), 30)
