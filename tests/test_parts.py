"""Every test has its part on each database, so that after both commands everything has run on both."""

import pytest

from tests.parts import (
    DECIDED_BY_THE_DATABASE,
    LONGEST,
    ON_POSTGRESQL,
    ON_SQLITE,
    PARTS,
    TESTS,
    THOROUGH,
    WITH_REVISIONS,
    WITHOUT_REVISIONS,
    goes_without_revisions,
    keep,
    parts_of,
)


@pytest.mark.parametrize("pattern", DECIDED_BY_THE_DATABASE + THOROUGH + LONGEST + WITHOUT_REVISIONS + WITH_REVISIONS)
def test_each_pattern_stands_for_tests(pattern):
    assert list(TESTS.glob(pattern))


def test_parts_are_all_tests_and_none_is_empty(request):
    """Asked of the tests that run with this one."""
    chosen = {part: list(request.session.items) for part in PARTS}
    for part, items in chosen.items():
        others = keep(part, items)
        assert len(items) + len(others) == len(request.session.items)
        assert [item for item in others if part in parts_of(item)] == []
    assert request.node in chosen["once"] and request.node in chosen["usual"]
    for parts in (ON_SQLITE, ON_POSTGRESQL):
        assert sum(len(chosen[part]) for part in parts) == len(request.session.items)
    folders = {item.path.parent for item in request.session.items}
    if TESTS / "records" in folders and TESTS / "browser" in folders:
        left_out = {"thorough"} if request.config.getoption("part") == "usual" else set()
        assert {part for part, items in chosen.items() if not items} == left_out


def test_records_come_without_revisions_where_these_are_not_looked_at_and_only_in_the_usual_part():
    queue, seen = TESTS / "mail" / "test_queue.py", TESTS / WITH_REVISIONS[0]
    assert [part for part in (None, *PARTS) if goes_without_revisions(queue, part)] == ["usual"]
    assert not goes_without_revisions(seen, "usual")
    assert not goes_without_revisions(TESTS / "records" / "test_revisions.py", "usual")


@pytest.mark.thorough
@pytest.mark.django_db
def test_what_is_thorough_is_left_to_the_rest_on_both_databases(request):
    assert parts_of(request.node) == {"thorough", "rest"}


@pytest.mark.thorough
def test_what_is_thorough_and_asks_no_database_runs_once(request):
    assert parts_of(request.node) == {"thorough", "once"}
