"""How long ago a day was: never more than has passed."""

from datetime import date

import pytest
from django.utils import translation

from tracker.records.ages import age_in_words, months_between


@pytest.mark.parametrize(
    ("since", "today", "months", "words"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), 0, "0 days"),
        (date(2026, 2, 28), date(2026, 3, 1), 0, "1 day"),
        (date(2026, 1, 31), date(2026, 2, 28), 0, "28 days"),
        (date(2026, 1, 31), date(2026, 3, 1), 1, "1 month"),
        (date(2025, 3, 1), date(2026, 2, 28), 11, "11 months"),
        (date(2025, 3, 1), date(2026, 3, 1), 12, "1 year"),
        (date(2024, 2, 29), date(2026, 2, 28), 23, "1 year 11 months"),
        (date(2020, 12, 31), date(2026, 3, 1), 62, "5 years 2 months"),
    ],
)
def test_age_is_of_whole_months_that_have_passed(since, today, months, words):
    assert (months_between(since, today), age_in_words(since, today)) == (months, words)


def test_age_is_told_in_the_language_of_the_reader():
    with translation.override("zh-hans"):
        assert age_in_words(date(2020, 12, 31), date(2026, 3, 1)) == "5年2个月"
