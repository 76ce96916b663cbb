"""Dates as people type them: read as the notation that says no more, or refused with what they may mean."""

from datetime import date
from random import Random

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from meetings.models import Meeting
from tests.records.test_edtf import READABLE
from tests.soak.notations import random_text
from tracker.records import edtf
from tracker.records.form_fields import EDTFFormField

LANGUAGES = ["en", "ur", "zh-hans"]
TYPED = {
    "2021-09-23": [
        *["23.09.2021", "23. 9. 2021", "23/09/2021", "09/23/2021", "23-09-2021", "2021-9-23", "2021/9/23"],
        "2021.09.23",
        *["23 September 2021", "23 sept 2021", "23 Sep. 2021", "23rd September, 2021", "the 23rd of September 2021"],
        *["September 23, 2021", "Sept. 23rd, 2021", "SEPTEMBER 23 2021", "  23   September  2021 "],
        *["23 ستمبر 2021", "۲۳ ستمبر ۲۰۲۱", "2021年9月23日", "２０２１年９月２３日", "2021年9月23号", "2021-09-23"],
    ],
    "2021-09-03": ["2021-9-3", "3.9.2021"],
    "2021-05-05": ["5/5/2021"],
    "2021-09": ["Sept 2021", "September, 2021", "9/2021", "2021-9", "ستمبر 2021", "2021年9月"],
    "2021-03?": ["3/2021?", "March 2021 ?", "March 2021 (uncertain)"],
    "2021": ["2021", "2021年"],
    "2005~": ["c. 2005", "ca 2005", "around 2005", "about 2005", "2005~", "约2005年"],
    "2021%": ["about 2021?", "2021%"],
    "2021-09-23/2021-09-24": [
        *["23–24 September 2021", "23-24 September 2021", "September 23–24, 2021", "23.9.2021 - 24.9.2021"],
        *["23 to 24 September 2021", "2021年9月23日至24日", "23 تا 24 ستمبر 2021", "23.09.2021/24.09.2021"],
    ],
    "2026-01-30/2026-02-02": ["30 January – 2 February 2026", "2026-1-30 - 2026-2-2"],
    "2021/2022": ["2021–2022", "2021-2022", "2021 / 2022"],
    "2026-33": ["Q1 2026", "2026-Q1", "first quarter of 2026", "the first quarter of 2026", "2026年第一季度"],
    "2024-40": ["H1 2024", "first half of 2024", "2024 کی پہلی ششماہی", "2024年上半年"],
    "2026-33/2026-34": ["Q1–Q2 2026"],
    "[2022-05-03,2022-05-05]": ["3 or 5 May 2022", "3 یا 5 مئی 2022", "2022年5月3日或5日", "[2022-05-03, 2022-05-05]"],
    "[2022-05-03,2022-05-04,2022-05-05]": ["3, 4 or 5 May 2022", "May 3, 4 or 5, 2022", "2022年5月3日、4日或5日"],
    "[2022-04-30,2022-05-02]": ["30 April or 2 May 2022", "April 30, 2022 or May 2, 2022"],
    "../2026-01-29": ["on or before 29 January 2026", "../29.1.2026", "/29.1.2026"],
    "2026-01-29/..": ["on or after 29 January 2026", "29.1.2026/.."],
    "XXXX-07-02": ["xxxx-07-02", "2 July, year unknown"],
    "": ["", "   "],
}
NO_DATES = [
    *["early 2024", "soon", "May", "5 May", "5", "23.09.21", "33/2021", "2011/12", "3/5 May 2022"],
    *["May or soon", "3 or 5", "32 May 2021", "before 2021", "2021 2022", "x" * 300, "?" * 200],
    "2 July, year unknowable",
]


@pytest.mark.parametrize(("text", "notation"), [(text, notation) for notation in TYPED for text in TYPED[notation]])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_date_as_people_write_it_is_read_in_any_language(language, text, notation):
    with translation.override(language):
        assert edtf.read(text) == notation


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_or_not_a_whole_one_is_refused(text):
    with pytest.raises(ValidationError, match=r"is not a date we can read\. Write 2021-09-23"):
        edtf.read(text)


@pytest.mark.parametrize("text", ["23.13.2021", "13/13/2021", "23-13-2021"])
def test_day_of_a_thirteenth_month_is_refused_with_the_reason(text):
    with pytest.raises(ValidationError) as refusal:
        edtf.read(text)
    message = f"“{text}” is no day: there are twelve months. Write it as you would say it."
    assert refusal.value.messages == [message]


@pytest.mark.parametrize("text", ["03/04/2021", "3-4-2021", "3/4/2021 - 5/4/2021"])
def test_date_with_two_readings_is_refused_with_both(text):
    with pytest.raises(ValidationError) as refusal:
        edtf.read(text)
    (message,) = refusal.value.messages
    assert message.endswith("” may be 3 April 2021 or 4 March 2021. Write 2021-04-03 or 2021-03-04, or name the month.")


@pytest.mark.parametrize("text", ["31 September 2021", "31.09.2021", "2021-09-31"])
def test_day_that_no_calendar_has_is_refused_as_such(text):
    with pytest.raises(ValidationError, match=r"“2021-09-31” is not a day of the calendar\."):
        edtf.read(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_every_notation_are_read_as_a_date_of_the_same_words(language):
    with translation.override(language):
        words = {edtf.in_words(notation) for notation in READABLE if not notation.startswith("20XX")}
        words -= {edtf.in_words("201X")}
        assert {text: edtf.in_words(edtf.read(text)) for text in words} == {text: text for text in words}


def test_any_text_is_read_or_refused():
    chance = Random(7)
    read = 0
    for _round in range(3000):
        text = random_text(chance)
        try:
            notation = edtf.read(text)
        except ValidationError:
            continue
        edtf.validate(notation)
        assert edtf.read(notation) == notation
        read += 1
    assert read > 300


class Form(forms.Form):
    held = EDTFFormField(max_length=80, required=False)


def test_form_field_keeps_the_notation_and_sees_no_change_in_the_same_date_written_otherwise():
    form = Form({"held": "23 September 2021"}, initial={"held": "2021-09-23"})
    assert (form.is_valid(), form.cleaned_data, form.changed_data) == (True, {"held": "2021-09-23"}, [])


def test_form_of_a_record_reads_dates_as_people_write_them():
    form = forms.modelform_factory(Meeting, fields=["held"])({"held": "23.09.2021"})
    form.is_valid()
    assert (form.cleaned_data["held"], edtf.bounds(form.cleaned_data["held"]).earliest) == (
        "2021-09-23",
        date(2021, 9, 23),
    )
