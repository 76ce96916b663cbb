"""Dates as sources give them: bounds, words, refusals; never more precise than the notation."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from tracker.records import edtf

# notation: (earliest, latest, words)
READABLE = {
    "": (None, None, ""),
    "2021-09-23": ("2021-09-23", "2021-09-23", "23 September 2021"),
    "2020-02-29": ("2020-02-29", "2020-02-29", "29 February 2020"),
    "2025-07": ("2025-07-01", "2025-07-31", "July 2025"),
    "2024-02": ("2024-02-01", "2024-02-29", "February 2024"),
    "2026": ("2026-01-01", "2026-12-31", "2026"),
    "2026-33": ("2026-01-01", "2026-03-31", "first quarter of 2026"),
    "2026-34": ("2026-04-01", "2026-06-30", "second quarter of 2026"),
    "2026-35": ("2026-07-01", "2026-09-30", "third quarter of 2026"),
    "2026-36": ("2026-10-01", "2026-12-31", "fourth quarter of 2026"),
    "2026-40": ("2026-01-01", "2026-06-30", "first half of 2026"),
    "2026-41": ("2026-07-01", "2026-12-31", "second half of 2026"),
    "2026-21": ("2026-03-01", "2026-05-31", "spring of 2026"),
    "2026-22": ("2026-06-01", "2026-08-31", "summer of 2026"),
    "2026-23": ("2026-09-01", "2026-11-30", "autumn of 2026"),
    "2026-24": ("2026-12-01", "2027-02-28", "winter of 2026"),
    "2027-24": ("2027-12-01", "2028-02-29", "winter of 2027"),
    "2025?-07-02": ("2025-07-02", "2025-07-02", "2 July 2025 (year inferred)"),
    "2015?-11": ("2015-11-01", "2015-11-30", "November 2015 (year inferred)"),
    "../2026-01-29": (None, "2026-01-29", "on or before 29 January 2026"),
    "/2026-01-29": (None, "2026-01-29", "on or before 29 January 2026"),
    "../2026-01": (None, "2026-01-31", "on or before January 2026"),
    "../2026-33": (None, "2026-03-31", "on or before first quarter of 2026"),
    "2026-01-29/..": ("2026-01-29", None, "on or after 29 January 2026"),
    "2026-01-29/": ("2026-01-29", None, "on or after 29 January 2026"),
    "2026/..": ("2026-01-01", None, "on or after 2026"),
    "2011-07-04/2011-07-05": ("2011-07-04", "2011-07-05", "4–5 July 2011"),
    "2011-07-04/2011-07-04": ("2011-07-04", "2011-07-04", "4 July 2011"),
    "2026-01-30/2026-02-02": ("2026-01-30", "2026-02-02", "30 January 2026 to 2 February 2026"),
    "2024-06/2024-07": ("2024-06-01", "2024-07-31", "June 2024 to July 2024"),
    "2014/2030": ("2014-01-01", "2030-12-31", "2014 to 2030"),
    "2026-33/2026-34": ("2026-01-01", "2026-06-30", "first quarter of 2026 to second quarter of 2026"),
    "XXXX-07-02": (None, None, "2 July, year unknown"),
    "XXXX-02-29": (None, None, "29 February, year unknown"),
    "XXXX-01-12/XXXX-01-13": (None, None, "12 January, year unknown to 13 January, year unknown"),
    "2021-XX": ("2021-01-01", "2021-12-31", "2021"),
    "2021-07-XX": ("2021-07-01", "2021-07-31", "July 2021"),
    "201X": ("2010-01-01", "2019-12-31", "some year of 2010–2019"),
    "20XX": ("2000-01-01", "2099-12-31", "some year of 2000–2099"),
    "2025?": ("2025-01-01", "2025-12-31", "2025 (uncertain)"),
    "2005~": ("2005-01-01", "2005-12-31", "about 2005"),
    "2021%": ("2021-01-01", "2021-12-31", "about 2021 (uncertain)"),
    "2021-07?": ("2021-07-01", "2021-07-31", "July 2021 (uncertain)"),
    "2021-07~": ("2021-07-01", "2021-07-31", "about July 2021"),
    "2021-07-02?": ("2021-07-02", "2021-07-02", "2 July 2021 (uncertain)"),
    "2021-07-~02": ("2021-07-02", "2021-07-02", "about 2 July 2021"),
    "2026-33?": ("2026-01-01", "2026-03-31", "first quarter of 2026 (uncertain)"),
    "1984?/2004~": ("1984-01-01", "2004-12-31", "1984 (uncertain) to about 2004"),
    "2025~-07-02?": ("2025-07-02", "2025-07-02", "2 July 2025 (year inferred) (uncertain)"),
    "2026-40~": ("2026-01-01", "2026-06-30", "about first half of 2026"),
    "2025-40/2026-33": ("2025-01-01", "2026-03-31", "first half of 2025 to first quarter of 2026"),
    "2025-24/2026-21?": ("2025-12-01", "2026-05-31", "winter of 2025 to spring of 2026 (uncertain)"),
    "2026-41/..": ("2026-07-01", None, "on or after second half of 2026"),
    "[2022-05-03,2022-05-05]": ("2022-05-03", "2022-05-05", "3 or 5 May 2022"),
    "[2022-05-05,2022-05-03]": ("2022-05-03", "2022-05-05", "5 or 3 May 2022"),
    "[2022-05-03,2022-05-04,2022-05-05]": ("2022-05-03", "2022-05-05", "3, 4 or 5 May 2022"),
    "[2022-04-30,2022-05-02]": ("2022-04-30", "2022-05-02", "30 April 2022 or 2 May 2022"),
    "[2022-05-03?,2022-05-05]": ("2022-05-03", "2022-05-05", "3 May 2022 (uncertain) or 5 May 2022"),
    "[2021-12-30,2022,2023-04]": ("2021-12-30", "2023-04-30", "30 December 2021, 2022 or April 2023"),
    "[2022-05,2022-07]": ("2022-05-01", "2022-07-31", "May 2022 or July 2022"),
    "[2021,2023]": ("2021-01-01", "2023-12-31", "2021 or 2023"),
    "[2025-41,2026-33]": ("2025-07-01", "2026-03-31", "second half of 2025 or first quarter of 2026"),
    "[2022-05-03..2022-06-20]": ("2022-05-03", "2022-06-20", "some time from 3 May 2022 to 20 June 2022"),
    "1500": ("1500-01-01", "1500-12-31", "1500"),
    "2200": ("2200-01-01", "2200-12-31", "2200"),
}
NOT_A_DATE = [
    *["tomorrow", "unknown", "open", "..", "/", "../..", "/..", "28", "2021-30", "../", "2021-01-01-01"],
    *["21-01-01", "2021-1-1", "20211231", "2021-09-23T10:00:00Z", "2026-W03", "Y17000", "-0044"],
    *["{2021,2022}", "2021–2022", "2021-33-XX", "201X-05", "2021,2022"],
    *["2021-09-2X", "2XXX", "199X-05", "XXXX", "XXXX-07", "XXXX-XX-02"],
    *["2021-XX-15", "2021-00", "2021-13", "2021-20", "2026-25", "2026-32", "2026-37", "2026-42", "2026-99"],
    *["XXXX-02-30", "XXXX-13-01", "0000", "9999", "1499", "2201", "1499-12-31", "2201-01-01", "9999-12-31"],
    *[" 2021", "2021 ", "2021\n", "2021-09-23\n", "2021/2022\n", "\x00", "٢٠٢١-٠٩-٢٣", "２０２１-09-23", "x" * 300],
    *["2021/2022/2023", "2200/2201", "2021//2022", "../tomorrow", "2021??", "?"],
]
NOT_A_DAY = ["2021-02-30", "2021-02-29", "2021-06-31", "2021-00-10", "2021-10-00", "2021-33-01", "0000-01-01"]
BACKWARDS = ["2026/2025", "2026-02-01/2026-01-01", "2026-34/2026-33", "2026-01-29/2026-01-28", "2026-02/2026-01-15"]
BACKWARDS += ["[2026..2025]", "[2026-02..2026-01-15]"]


def iso(day):
    return day and day.isoformat()


@pytest.mark.parametrize("notation", READABLE)
def test_bounds_of_a_readable_notation_are_the_first_and_last_day_it_allows(notation):
    earliest, latest, _words = READABLE[notation]
    assert tuple(map(iso, edtf.bounds(notation))) == (earliest, latest)


@pytest.mark.parametrize("notation", READABLE)
def test_words_of_a_readable_notation(notation):
    assert edtf.in_words(notation) == READABLE[notation][2]


@pytest.mark.parametrize("notation", NOT_A_DATE)
def test_nonsense_is_refused_with_examples_of_what_can_be_read(notation):
    with pytest.raises(ValidationError) as refusal:
        edtf.validate(notation)
    assert refusal.value.messages[0].endswith(
        "is not a date we can read. Write 2021-09-23, 2025-07, 2026, 2026-21 (spring), 2026-33 (first quarter), "
        "2026-40 (first half), 2025?-07-02 (year inferred), ../2026-01-29 (on or before), "
        "2011-07-04/2011-07-05 (from one to the other), [2022-05-03,2022-05-05] (one of the two) or XXXX-07-02."
    )


NO_SETS = [
    "[2021,2022]/2023",
    *["[", "[]", "[2021]", "[2021,2022", "[2021,2021]", "[2022,2022-XX]", "[2021, 2022]"],
    *["[2021,]", "[2021,2022]x"],
    *["[..2022-05-03]", "[2022-05-03..]", "[..]", "[2020..2021..2022]", "[2020,2022..2024]", "[XXXX-05-03,XXXX-05-05]"],
    *["[tomorrow,2022]", "[2021/2022,2023]", "[XXXX-05-03..2022]", "[2021..2021]"],
]


@pytest.mark.parametrize("notation", NO_SETS)
def test_set_of_another_form_is_refused_with_those_that_can_be_read(notation):
    with pytest.raises(ValidationError) as refusal:
        edtf.validate(notation)
    assert refusal.value.messages == [
        f"“{notation}” is not a set we can read. Write [2022-05-03,2022-05-05] (one of the two), "
        "[2022-05-03..2022-05-20] (one day from the first to the last), or an interval where one side is open: "
        "../2022-05-20."
    ]


@pytest.mark.parametrize("notation", NOT_A_DAY)
@pytest.mark.parametrize("frame", ["{}", "{}/..", "../{}"])
def test_day_that_no_calendar_has_is_refused_as_such(notation, frame):
    with pytest.raises(ValidationError) as refusal:
        edtf.validate(frame.format(notation))
    assert refusal.value.messages == [f"“{notation}” is not a day of the calendar."]


@pytest.mark.parametrize("notation", BACKWARDS)
def test_interval_that_ends_before_it_starts_is_refused_as_such(notation):
    with pytest.raises(ValidationError) as refusal:
        edtf.validate(notation)
    assert refusal.value.messages == [f"“{notation}” ends before it starts."]


def fixture_notations():
    """Every value of a date column in the starter data."""
    names = "on|held|due|joined|left|term|published_on|used_from|used_until|planned_for|reported_on|as_of|closed_on"
    quoted, bare = r"'([0-9X./?~%,\[\]-]+)'", r"([0-9X./?~%-]+)"
    line = re.compile(rf"\b(?:{names}|due_before|due_after|agreed_on)'?: *(?:{quoted}|{bare})")
    texts = (path.read_text() for path in Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))
    return sorted({one or other for text in texts for one, other in line.findall(text)})


def test_every_notation_of_the_starter_data_can_be_read_and_worded():
    notations = fixture_notations()
    assert len(notations) > 100
    assert [notation for notation in notations if not edtf.in_words(notation)] == []
    assert [notation for notation in notations if not isinstance(edtf.bounds(notation), edtf.Bounds)] == []


@pytest.mark.parametrize("language", ["en", "ur", "zh-hans"])
def test_every_notation_has_words_in_every_language(language):
    with translation.override(language):
        words = {notation: edtf.in_words(notation) for notation in [*READABLE, *fixture_notations()]}
    assert [notation for notation, text in words.items() if notation and not text.strip()] == []


# notation: (Urdu, Chinese)
WORDS = {
    "2026-01-28": ("28 جنوری 2026", "2026年1月28日"),
    "2024-40": ("2024 کی پہلی ششماہی", "2024年上半年"),
    "2024-41?": ("2024 کی دوسری ششماہی (غیر یقینی)", "2024年下半年（不确定）"),
    "2025-40/2026-33": ("2025 کی پہلی ششماہی تا 2026 کی پہلی سہ ماہی", "2025年上半年至2026年第一季度"),
    "2026-21~": ("تقریباً موسمِ بہار 2026", "约2026年春季"),
    "../2026-36": ("2026 کی چوتھی سہ ماہی یا اس سے پہلے", "2026年第四季度或之前"),
    "[2022-05-03,2022-05-05]": ("3 یا 5 مئی 2022", "2022年5月3日或5日"),
    "[2022-05-03,2022-05-04,2022-05-05]": ("3، 4 یا 5 مئی 2022", "2022年5月3日、4日或5日"),
    "[2022-04-30,2022-05-02]": ("30 اپریل 2022 یا 2 مئی 2022", "2022年4月30日或2022年5月2日"),
    "[2021,2023-40]": ("2021 یا 2023 کی پہلی ششماہی", "2021年或2023年上半年"),
    "[2022-05-03..2022-06-20]": ("3 مئی 2022 سے 20 جون 2022 تک کسی وقت", "2022年5月3日至2022年6月20日间的某个时间"),
}


@pytest.mark.parametrize("notation", WORDS)
def test_dates_are_worded_in_the_language_of_the_reader(notation):
    found = []
    for language in ("ur", "zh-hans"):
        with translation.override(language):
            found.append(edtf.in_words(notation))
    assert tuple(found) == WORDS[notation]


STATED = {
    ("2024-40", "early 2024"): ("first half of 2024 (“early 2024”)", "2024 کی پہلی ششماہی (”⁨early 2024⁩“)"),
    ("", "early 2024"): ("“early 2024”", "”⁨early 2024⁩“"),
    ("2024", ""): ("2024", "2024"),
    ("", ""): ("", ""),
}


@pytest.mark.parametrize("date", STATED, ids=lambda date: "+".join(date))
def test_words_of_the_source_follow_those_of_the_notation_in_quotation_marks(date):
    english = edtf.in_words(*date)
    with translation.override("ur"):
        assert (english, edtf.in_words(*date)) == STATED[date]
    with translation.override("zh-hans"):
        assert edtf.in_words("2024-40", "early 2024") == "2024年上半年（“early 2024”）"


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_month_allows_all_its_days_and_no_other(year):
    for month in range(1, 13):
        earliest, latest = edtf.bounds(f"{year}-{month:02}")
        assert (earliest, latest + timedelta(days=1)) == (
            date(year, month, 1),
            date(year + month // 12, month % 12 + 1, 1),
        )


EXACTNESS = {
    "exact": ["2021-09-23", "2011-07-04/2011-07-05", "2011-07-04/2011-07-04", "2020-12-31/2021-01-02"],
    "inexact": [
        *["2021?-09-23", "2021-09-23~", "2021-09-23%", "2021-09", "2021", "2021-40", "../2021-09-23", "2021-09-23/.."],
        *["XXXX-09-23", "2011-07-04/2011-07-05?", "2011-07-04/2011-07", "[2022-05-03,2022-05-05]"],
        "[2022-05-03..2022-05-05]",
    ],
    "unknown": [""],
}


@pytest.mark.parametrize(("notation", "expected"), [(one, name) for name, each in EXACTNESS.items() for one in each])
def test_date_is_exact_only_where_every_day_of_it_is_known(notation, expected):
    assert edtf.exactness(notation) == expected


def test_day_that_is_only_inferred_is_not_exact_and_no_date_stays_none():
    inferred = [edtf.exactness(notation, is_inferred=True) for notation in ("2021-09-23", "2021-09", "")]
    assert inferred == ["inexact", "inexact", "unknown"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2021-09-23", "2021-09", True),
        ("2021-09-23", "2021-09-24", False),
        ("2023-06-08", "2021-01", False),
        ("2024-40", "2024-06/2024-07", True),
        ("../2020", "2020-12-31", True),
        ("../2020", "2021", False),
        ("../2020", "../1999", True),
        ("2020/..", "2019", False),
        ("../2020", "2019/..", True),
        ("../2020", "2021/..", False),
        ("[2022-05-03,2022-05-05]", "2022-05-04", False),
        ("[2022-05-03,2022-05-05]", "2022-05-05", True),
        ("[2022-05-03,2022-05-05]", "[2022-05-04,2022-05-06]", False),
        ("[2022-05-03,2022-05-05]", "2022-05-04/2022-05-06", True),
        ("[2022-05-03..2022-05-05]", "2022-05-04", True),
        ("XXXX-07-02", "2021-07-02", None),
        ("XXXX-07-02", "XXXX-07-02", True),
        ("XXXX-07-02/2021", "2020", None),
        ("", "2021", None),
        ("", "", None),
        ("in spring", "2021", None),
    ],
)
def test_two_notations_agree_where_one_date_can_be_both(one, other, expected):
    assert (edtf.agree(one, other), edtf.agree(other, one)) == (expected, expected)
