"""Marks between values and grouped numbers, as each language writes them."""

from decimal import Decimal

import pytest
from django.utils import translation

from tracker.records import typography

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["A, B", "A, B", "A; B", "A: B"]),
        ("ur", ["A، B", "A، B", "A؛ B", "A: B"]),
        ("zh-hans", ["A、B", "A，B", "A；B", "A：B"]),
    ],
)
def test_values_side_by_side_have_the_marks_of_the_language(language, expected):
    with translation.override(language):
        joined = [join(["A", "B"]) for join in (typography.names, typography.clauses, typography.statements)]
        assert [*joined, typography.labelled("A", "B")] == expected


@pytest.mark.parametrize("language", ["en", "ur", "zh-hans"])
def test_numbers_are_in_groups_of_three_in_every_language(language):
    numbers = [7, 22000, Decimal("1234567.5000"), Decimal("22000.0000"), Decimal("1E+3")]
    with translation.override(language):
        assert [typography.grouped(number) for number in numbers] == ["7", "22,000", "1,234,567.5", "22,000", "1,000"]
