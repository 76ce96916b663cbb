"""Which tests run on which database: all on SQLite; on PostgreSQL first what the database decides, then the rest.

Where the database plays no part, a test runs once. ``--part`` chooses one of ``PARTS``; without it all tests run.
"""

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PARTS = ("database", "rest", "once")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
# Constraints, versions and locks; filters, lists, facets and exports; leases and races; the planner; admin lists.
DECIDED_BY_THE_DATABASE = (
    "records/test_constraints.py",
    "records/test_reference.py",
    "records/test_revisions.py",
    "records/test_version.py",
    "registers/test_exports.py",
    "registers/test_facets.py",
    "registers/test_filters.py",
    "registers/test_lists.py",
    "mail/test_bad_addresses.py",
    "mail/test_leases.py",
    "mail/test_queue.py",
    "mail/test_relay.py",
    "meetings/followups/test_answers.py",
    "meetings/followups/test_planner*.py",
    "meetings/followups/test_worker_killed.py",
    "accounts/test_guessing.py",
    "admin/test_*lists.py",
    "site/test_pairs.py",
)
# The files that take longest come first: one that starts last would keep a single process busy.
LONGEST = (
    "test_local_run.py",
    "browser/test_accessibility.py",
    "test_migrations.py",
    "site/test_publication.py",
    "browser/test_analyst.py",
    "meetings/followups/test_worker_killed.py",
    "test_starter_data.py",
    "admin/*.py",
    "meetings/followups/*.py",
    "registers/*.py",
    "site/*.py",
)


def rank(item: pytest.Item) -> int:
    path = item.path.relative_to(TESTS).as_posix()
    return next((place for place, pattern in enumerate(LONGEST) if fnmatch(path, pattern)), len(LONGEST))


def part_of(item) -> str:
    """The one of ``PARTS`` that a test belongs to."""
    has_database = "django_db" in item.keywords or DATABASE_FIXTURES & set(item.fixturenames)
    if not has_database or {"browser", "once"} & item.keywords.keys():
        return "once"
    path = item.path.relative_to(TESTS).as_posix()
    return "database" if any(fnmatch(path, pattern) for pattern in DECIDED_BY_THE_DATABASE) else "rest"


def keep(part: str, items: list[pytest.Item]) -> list[pytest.Item]:
    """Leave in ``items`` only those of the part; return the others."""
    others = [item for item in items if part_of(item) != part]
    items[:] = [item for item in items if part_of(item) == part]
    return others
