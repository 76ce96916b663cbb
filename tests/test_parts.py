"""Every test has its parts, so that after both commands each has run on PostgreSQL, or asks no database."""

import pytest

from tests.parts import (
    DECIDED_BY_THE_DATABASE,
    LONGEST,
    OF_MAKE_TEST,
    PARTS,
    TESTS,
    USUAL,
    keep,
    may_hold,
    parts_of,
)


@pytest.mark.parametrize("pattern", DECIDED_BY_THE_DATABASE + LONGEST + USUAL)
def test_each_pattern_stands_for_tests(pattern):
    assert list(TESTS.glob(pattern))


def test_parts_are_all_tests(request):
    """Asked of the tests that run with this one."""
    items = request.session.items
    chosen = {part: list(items) for part in PARTS}
    for part, those in chosen.items():
        others = keep(part, those)
        assert len(those) + len(others) == len(items)
        assert [item for item in others if part in parts_of(item)] == []
    assert {item for those in chosen.values() for item in those} == set(items)
    assert [part for part in PARTS if request.node in chosen[part]] == ["test-sqlite"]
    folders = {item.path.parent for item in items}
    if TESTS / "records" in folders and TESTS / "browser" in folders:
        assert [part for part in PARTS if not chosen[part]] == []


def test_no_test_runs_twice_on_one_database(request):
    allowed = [
        {"test-sqlite"},  # asks no database, or it matters little which
        {"rest-sqlite"},
        {"test-sqlite", "test-postgresql"},
        {"test-sqlite", "rest-postgresql"},
        {"rest-sqlite", "rest-postgresql"},
        {"rest-postgresql"},
    ]
    assert [item for item in request.session.items if parts_of(item) not in allowed] == []


def test_make_test_reads_the_files_of_its_tests_alone():
    usual, other = TESTS / "records" / "test_constraints.py", TESTS / "test_local_run.py"
    assert [part for part in (None, *PARTS) if not may_hold(part, other)] == list(OF_MAKE_TEST)
    assert all(may_hold(part, usual) for part in (None, *PARTS))


@pytest.mark.thorough
@pytest.mark.django_db
def test_what_is_thorough_is_left_to_the_rest(request):
    assert parts_of(request.node) == {"rest-postgresql"}


@pytest.mark.thorough
def test_what_is_thorough_and_asks_no_database_runs_once(request):
    assert parts_of(request.node) == {"rest-sqlite"}
