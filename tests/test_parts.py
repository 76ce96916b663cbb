"""Every test is in one part, so that what runs in both parts on PostgreSQL has run on both databases."""

import pytest

from tests.parts import DECIDED_BY_THE_DATABASE, LONGEST, PARTS, TESTS, keep, part_of


@pytest.mark.parametrize("pattern", DECIDED_BY_THE_DATABASE + LONGEST)
def test_each_pattern_stands_for_tests(pattern):
    assert list(TESTS.glob(pattern))


def test_parts_are_all_tests_and_none_is_empty(request):
    """Asked of the tests that run with this one."""
    chosen = {part: list(request.session.items) for part in PARTS}
    for part, items in chosen.items():
        others = keep(part, items)
        assert len(items) + len(others) == len(request.session.items)
        assert [item for item in others if part_of(item) == part] == []
    assert request.node in chosen["once"]
    assert sum(map(len, chosen.values())) == len(request.session.items)
    folders = {item.path.parent for item in request.session.items}
    if TESTS / "records" in folders and TESTS / "browser" in folders:
        assert [part for part, items in chosen.items() if not items] == []
