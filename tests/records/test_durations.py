"""Periods: what is read, in which words, and the days they lead to."""

from calendar import monthrange
from datetime import date, timedelta
from random import Random

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps
from django.utils import translation

from tracker.records import durations
from tracker.records.admin.dates import DurationInput
from tracker.records.fields import DurationField

# duration: (English, Urdu, Chinese)
WORDS = {
    "P1Y": ("1 year", "1 سال", "1年"),
    "P3Y": ("3 years", "3 سال", "3年"),
    "P1M": ("1 month", "1 مہینہ", "1个月"),
    "P18M": ("18 months", "18 مہینے", "18个月"),
    "P1W": ("1 week", "1 ہفتہ", "1周"),
    "P2W": ("2 weeks", "2 ہفتے", "2周"),
    "P1D": ("1 day", "1 دن", "1天"),
    "P180D": ("180 days", "180 دن", "180天"),
    "P1Y6M": ("1 year and 6 months", "1 سال اور 6 مہینے", "1年6个月"),
    "P2Y1M10D": ("2 years, 1 month and 10 days", "2 سال، 1 مہینہ اور 10 دن", "2年1个月10天"),
    "": ("", "", ""),
}
NO_DURATIONS = [
    *["P", "3", "P3", "3Y", "P3S", "PT1H", "P1YT1H", "P-3M", "P1.5Y", "P6M1Y", "P99999Y", "P1000Y"],
    *["p3y", " P3Y", "P3Y\n", "P٣Y", "P3Y/2020", "\x00", "x" * 300],
]
TYPED = {
    "P3Y": ["3 years", "3years", "3 Years", "P3Y", "p3y", " 3  years ", "3 سال", "3年", "۳ سال"],
    "P18M": ["18 months", "18 مہینے", "18个月"],
    "P180D": ["180 days", "180 دن", "180天"],
    "P1Y6M": ["1 year and 6 months", "1 year, 6 months", "1 year 6 months", "1 سال اور 6 مہینے", "1年6个月"],
    "P2W": ["2 weeks", "2 week"],
    "": ["", " "],
}
EXAMPLES = "Write P3Y (3 years), P1Y6M (1 year and 6 months), P2W (2 weeks) or P180D (180 days)."


@pytest.mark.parametrize("duration", WORDS)
def test_duration_is_worded_in_each_language_and_read_back(duration):
    for language, words in zip(("en", "ur", "zh-hans"), WORDS[duration], strict=True):
        with translation.override(language):
            assert (durations.in_words(duration), durations.read(words)) == (words, duration)


@pytest.mark.parametrize("duration", NO_DURATIONS)
def test_what_is_no_duration_is_refused_with_examples(duration):
    with pytest.raises(ValidationError) as refusal:
        durations.validate(duration)
    assert refusal.value.messages == [f"“{duration}” is not a period we can read. {EXAMPLES}"]


@pytest.mark.parametrize(("text", "duration"), [(text, duration) for duration in TYPED for text in TYPED[duration]])
def test_period_as_people_write_it_is_read(text, duration):
    assert durations.read(text) == duration


@pytest.mark.parametrize(
    "text", ["three years", "years", "3", "1 month 1 month", "1 month or 2 years", "-1 year", "a\x00b", "9" * 200]
)
def test_text_that_is_no_period_is_refused(text):
    with pytest.raises(ValidationError, match=r"is not a period we can read"):
        durations.read(text)


@pytest.mark.parametrize(
    ("day", "duration", "later", "earlier"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28), date(2025, 12, 31)),
        (date(2026, 3, 31), "P1M", date(2026, 4, 30), date(2026, 2, 28)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28), date(2023, 2, 28)),
        (date(2024, 2, 29), "P4Y", date(2028, 2, 29), date(2020, 2, 29)),
        (date(2026, 1, 31), "P1M1D", date(2026, 3, 1), date(2025, 12, 30)),
        (date(2026, 1, 1), "P180D", date(2026, 6, 30), date(2025, 7, 5)),
        (date(2026, 1, 1), "P2W", date(2026, 1, 15), date(2025, 12, 18)),
        (date(2026, 1, 15), "P1Y6M", date(2027, 7, 15), date(2024, 7, 15)),
    ],
)
def test_days_later_and_earlier_go_by_the_calendar(day, duration, later, earlier):
    assert (durations.later(day, duration), durations.earlier(day, duration)) == (later, earlier)


def test_random_periods_move_a_day_by_as_many_months_and_then_days_and_read_back_from_their_words():
    chance = Random(11)
    for _round in range(500):
        years, months, weeks, days = (chance.choice([0, 0, 1, chance.randrange(40)]) for _ in range(4))
        duration = str(durations.Period(years, months, weeks, days))
        if duration == "P":
            continue
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(20_000))
        for sign, moved in ((1, durations.later(day, duration)), (-1, durations.earlier(day, duration))):
            landed = moved - sign * timedelta(days=days + 7 * weeks)
            assert (landed.year - day.year) * 12 + landed.month - day.month == sign * (12 * years + months)
            assert landed.day == min(day.day, monthrange(landed.year, landed.month)[1])
        assert durations.read(durations.in_words(duration)) == duration


with isolate_apps("tracker.records"):  # the registry of all other tests does not know it

    class Paper(models.Model):
        notice = DurationField("notice period")

        class Meta:
            app_label = "records"
            managed = False

        def __str__(self):
            return self.notice


def test_field_of_a_record_reads_checks_and_words_its_period():
    form = forms.modelform_factory(Paper, fields=["notice"])({"notice": "18 months"})
    assert (form.is_valid(), form.cleaned_data, form.instance.notice_in_words) == (
        True,
        {"notice": "P18M"},
        "18 months",
    )
    with pytest.raises(ValidationError) as refusal:
        Paper(notice="soon").full_clean()
    assert list(refusal.value.message_dict) == ["notice"]
    Paper(notice="").full_clean()


def test_input_reads_a_period_back_in_words():
    shown = {value: DurationInput().render("notice", value) for value in ("P1Y6M", "18 months", "soon", "")}
    assert [("Stored as" in text) for text in shown.values()] == [True, True, False, False]
    assert '1 year and 6 months. Stored as <code dir="ltr">P1Y6M</code></span>' in shown["P1Y6M"]
