"""A pasted list becomes its points, and nothing that was in it is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.records.pasted import points_of

MARKED = [
    "1. ",
    "2. ",
    "(3) ",
    "۴۔ ",
    "٥. ",
    "四、",
    "a) ",
    "ii. ",
    "• ",
    "- ",
    "1\t",
    "\u200f۱۔ ",
    "①",
    "2021. ",
    "I. ",
]
WORDS = st.text(alphabet="ab ۱1.)-•\t、一\u200f\u2028", max_size=8)
# A machine that is busy with other tests takes seconds to make up its texts.
UNDER_LOAD = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES = st.lists(st.tuples(st.sampled_from(["", *MARKED]), WORDS).map("".join), max_size=6)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1. Set up a group\n2. Meet\n3. Report", ["Set up a group", "Meet", "Report"]),
        ("۱۔ گروپ کا قیام\n۲۔ اجلاس", ["گروپ کا قیام", "اجلاس"]),
        ("\u200f١. أولا\n\u200f٢. ثانيا", ["أولا", "ثانيا"]),
        ("一、成立工作组\n二、开会\n三、报告", ["成立工作组", "开会", "报告"]),
        ("九、甲\n十、乙\n十一、丙", ["甲", "乙", "丙"]),
        ("1.Set up\n2.Build", ["Set up", "Build"]),
        ("(a) Trade\n(b) Transit", ["Trade", "Transit"]),
        ("i. Trade\nii. Transit\niii. Tourism", ["Trade", "Transit", "Tourism"]),
        ("①甲\n②乙", ["甲", "乙"]),
        ("• Trade\n•Transit", ["Trade", "Transit"]),
        ("Trade\nTransit", ["Trade", "Transit"]),
        ("Trade\r\n\r\nTransit\r\n", ["Trade", "Transit"]),
        ("7. Trade\n8. Transit", ["Trade", "Transit"]),
        ("1.\nTrade\n2.\nTransit", ["Trade", "Transit"]),
        ("1\tTrade\tChina\n2\tTransit\t31.12.2026", ["Trade; China", "Transit; 31.12.2026"]),
        ("1. Trade in\ngoods\n2. Transit", ["Trade in goods", "Transit"]),
        ("1. Trade\n\nBoth sides met.", ["Trade", "Both sides met."]),
        ("2021. A year\n3 agreements", ["2021. A year", "3 agreements"]),
        ("1.5 million\n2.5 million", ["1.5 million", "2.5 million"]),
        ("5. Trade\n9. Transit", ["5. Trade", "9. Transit"]),
        ("1. Trade\n1. Transit", ["Trade", "Transit"]),
        ("21.", ["21."]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_a_list_when_pasted_becomes_its_points(text, points):
    assert [point.text for point in points_of(text)] == points


@UNDER_LOAD
@given(LINES.map("\n".join) | st.text())
def test_a_list_when_taken_apart_keeps_every_character_in_order(text):
    kept = "".join(point.mark + "".join(point.cells) for point in points_of(text))
    assert "".join(kept.split()) == "".join(text.split())


@UNDER_LOAD
@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=30))
def test_a_list_when_it_is_numbered_gives_back_its_points(texts):
    numbered = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
    assert [point.text for point in points_of(numbered)] == texts
