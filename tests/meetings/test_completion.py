"""When a commitment was completed, how late that was, and on whose word: from its closure, updates and parties."""

from datetime import date
from types import SimpleNamespace

import pytest

from meetings.models import ProgressUpdate
from meetings.models.completion import assessment, completed_on, days_late, side_of
from tests.factories import make_commitment, make_country, make_person, make_source

DUE = date(2022, 12, 31)


def says(progress, as_of=""):
    return SimpleNamespace(progress=progress, as_of=as_of)


@pytest.mark.parametrize(
    ("closure", "closed_on", "update", "expected"),
    [
        ("", "", None, ""),
        ("", "", says("substantial", "2024"), ""),
        ("", "", says("complete", "2024-05"), "../2024-05-31"),
        ("", "", says("complete"), ""),
        ("completed", "2023", None, "2023"),
        ("completed", "2023", says("complete", "2024"), "2023"),
        ("completed", "", says("complete", "2024"), ""),
        ("dropped", "2023", says("complete", "2024"), ""),
    ],
)
def test_completed_on_is_the_day_of_the_closure_or_a_bound_by_the_last_report(closure, closed_on, update, expected):
    assert completed_on(closure, closed_on, update) == expected


@pytest.mark.parametrize(
    ("completed", "due", "expected"),
    [
        ("", DUE, (None, None)),
        ("2023-01-10", None, (None, None)),
        ("2022-12-31", DUE, (0, 0)),
        ("2021", DUE, (0, 0)),
        ("2023-01-10", DUE, (10, 10)),
        ("2023-01", DUE, (1, 31)),
        ("2022", DUE, (0, 0)),
        ("../2023-01-10", DUE, (0, 10)),
        ("2023-01-10/..", DUE, (None, None)),
    ],
)
def test_days_late_count_from_the_last_day_that_the_due_date_allows(completed, due, expected):
    assert days_late(completed, due) == expected


@pytest.mark.parametrize(
    ("side", "promised", "expected"),
    [(1, {1, 2}, "claimed"), (3, {1, 2}, "confirmed"), (None, {1}, ""), (1, set(), "")],
)
def test_word_of_a_side_that_promised_is_a_claim(side, promised, expected):
    assert assessment(side, promised) == expected


@pytest.mark.django_db
def test_who_answers_without_naming_a_side_speaks_for_their_country():
    pakistan, china = make_country("PAK"), make_country("CHN")
    person = make_person(country=pakistan)
    assert side_of(ProgressUpdate(answered_by=person)) == pakistan.pk
    assert side_of(ProgressUpdate(answered_by=person, side=china)) == china.pk
    assert side_of(ProgressUpdate(assessor="A chamber of commerce")) is side_of(None) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("PAK", "completed, says Pakistan"),
        ("CHN", "completed, confirmed by China"),
        (None, "completed, says A chamber"),
    ],
)
def test_closing_keeps_who_says_so_and_how_late_it_was_which_nobody_says(code, words):
    commitment = make_commitment(due="2022", closure="completed", closed_on="2026-03-01")
    side, assessor = (make_country(code), "") if code else (None, "A chamber")
    ProgressUpdate.objects.create(
        commitment=commitment, progress="complete", side=side, assessor=assessor, state="published", as_of="2026-03"
    )
    line = type(commitment).objects.with_status(date(2026, 11, 1)).get(pk=commitment.pk).status_line
    assert line[1:] == [words, "3 years late by our reckoning"]


@pytest.mark.django_db
def test_two_sides_that_differ_stand_side_by_side():
    commitment = make_commitment()
    for code, progress, as_of in (("PAK", "complete", "2026-01"), ("CHN", "limited", "2025"), ("CHN", "", "2024")):
        ProgressUpdate.objects.create(
            commitment=commitment,
            progress=progress,
            answer="" if progress else "late",
            side=make_country(code),
            as_of=as_of,
            state="published",
            source=make_source(),
        )
    line = type(commitment).objects.with_status(date(2026, 11, 1)).get(pk=commitment.pk).status_line
    assert line[1:] == ["completed, on or before 31 January 2026, says Pakistan", "China said, 2025: limited"]
