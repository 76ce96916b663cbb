"""Which tests run when, and on which database.

``make test``: on SQLite what is usual, on PostgreSQL what the database decides. ``make test-rest``: on SQLite what is
thorough, on PostgreSQL the rest. After both everything has run on both; where the database plays no part, once.

Thorough is what looks once more along a path that a usual test has taken (the further cases of a family, further
languages, random runs), and what is about former states of the database, which do not change.

``--part`` chooses one of ``PARTS``; without it all tests run.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
ON_SQLITE = ("usual", "thorough")
ON_POSTGRESQL = ("database", "rest", "once")
PARTS = (*ON_SQLITE, *ON_POSTGRESQL)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
# Constraints, versions and locks; filters, lists, facets and exports; leases and races; the planner; admin lists.
DECIDED_BY_THE_DATABASE = (
    "admin/test_merging.py",
    "records/test_constraints.py",
    "records/test_reference.py",
    "records/test_revisions.py",
    "records/test_version.py",
    "records/test_work.py",
    "registers/test_exports.py",
    "registers/test_facets.py",
    "registers/test_feeds.py",
    "registers/test_filters.py",
    "registers/test_lists.py",
    "registers/test_paging.py",
    "mail/test_bad_addresses.py",
    "mail/test_leases.py",
    "mail/test_queue.py",
    "mail/test_relay.py",
    "site/subscriptions/test_alerts.py",
    "site/subscriptions/test_worker_killed.py",
    "meetings/test_orders.py",
    "meetings/test_session_report.py",
    "meetings/test_session_report_before.py",
    "meetings/followups/test_answers.py",
    "meetings/followups/test_planner*.py",
    "meetings/followups/test_worker_killed.py",
    "accounts/test_guessing.py",
    "admin/test_*lists.py",
    "admin/test_search.py",
    "admin/test_new_records.py",
    "admin/test_row_order.py",
    "admin/test_list_files.py",
    "admin/test_bulk_changes.py",
    "admin/test_preview.py",
    "admin/test_steps.py",
    "admin/test_proposals_meet.py",
    "site/test_pair_limits.py",
    "site/test_pairs.py",
    "site/test_standing.py",
    "production/test_backup.py",
)
# Beside these, what is marked ``thorough``.
THOROUGH = (
    "test_migrations.py",
    "admin/test_rights_matrix.py",
    "former/test_*.py",
    "meetings/test_migration_of_a_former_database.py",
    "records/test_merging_at_random.py",
    "records/test_revisions_at_random.py",
    "records/test_revisions_of_the_past.py",
    "soak/test_doses.py",
    "bench/test_dose.py",
    "faults/test_dose.py",
    "strokes/test_entry.py",
)
# On SQLite in `make test` their records come without revisions, which take a third of the time that it takes to make a
# record. On PostgreSQL, and where such a test runs alone, the same tests have them.
WITHOUT_REVISIONS = ("agreements/*", "mail/*", "meetings/*", "registers/*", "site/*")
# But for those that look at them, read who changed what, or go by what has changed.
WITH_REVISIONS = (
    "agreements/test_session_words.py",
    "meetings/test_orders.py",
    "meetings/test_pages.py",
    "meetings/test_session_report.py",
    "meetings/followups/test_answers.py",
    "meetings/followups/test_unsubscribe.py",
    "registers/test_calendar_days.py",
    "registers/test_calendars.py",
    "registers/test_feeds.py",
    "registers/test_caching.py",
    "registers/test_index.py",
    "registers/test_merged.py",
    "registers/test_paging.py",
    "registers/test_past.py",
    "registers/test_public_history.py",
    "registers/test_queries_of_feeds.py",
    "registers/test_snapshot.py",
    "site/subscriptions/*.py",
    "site/test_changes.py",
    "site/test_error_reports.py",
    "site/test_people.py",
    "site/test_statistics.py",
    "site/test_load_starter_data.py",
    "site/test_publication.py",
    "site/test_releases*.py",
    "site/api/test_lists.py",
    "site/test_withdrawals.py",
)
# The files that take longest come first: one that starts last would keep a single process busy.
LONGEST = (
    "test_migrations.py",
    "test_local_run.py",
    "browser/test_accessibility.py",
    "site/test_publication.py",
    "site/test_names.py",
    "site/test_honest_words.py",
    "site/test_addresses.py",
    "browser/*.py",
    "meetings/followups/test_worker_killed.py",
    "test_starter_data.py",
    "admin/*.py",
    "meetings/followups/*.py",
    "registers/*.py",
    "site/*.py",
)


def rank(item: pytest.Item) -> int:
    return next((place for place, pattern in enumerate(LONGEST) if _is_among([pattern], item.path)), len(LONGEST))


def thinned(cases: Iterable[tuple], is_usual: Callable[..., bool]) -> list:
    """The cases of a family for ``parametrize``: those that are not usual are thorough."""
    return [case if is_usual(*case) else pytest.param(*case, marks=pytest.mark.thorough) for case in cases]


# For tests that read every page: the templates are the same in each language, so that further ones are thorough.
ENGLISH_FIRST = ["en", *(pytest.param(code, marks=pytest.mark.thorough) for code in ("ur", "zh-hans"))]


def parts_of(item: pytest.Item) -> set[str]:
    """The parts that a test belongs to: one of ``ON_SQLITE`` and one of ``ON_POSTGRESQL``."""
    is_thorough = "thorough" in item.keywords or _is_among(THOROUGH, item.path)
    return {"thorough" if is_thorough else "usual", _part_on_postgresql(item, is_thorough)}


def _part_on_postgresql(item: Any, is_thorough: bool) -> str:
    has_database = "django_db" in item.keywords or DATABASE_FIXTURES & set(item.fixturenames)
    if not has_database or {"browser", "once"} & item.keywords.keys():
        return "once"
    return "database" if _is_among(DECIDED_BY_THE_DATABASE, item.path) and not is_thorough else "rest"


def goes_without_revisions(path: Path, part: str | None) -> bool:
    """Whether the records of a file of tests come without revisions, in a run of this part."""
    return part == "usual" and _is_among(WITHOUT_REVISIONS, path) and not _is_among(WITH_REVISIONS, path)


def _is_among(patterns, path):
    return any(fnmatch(path.relative_to(TESTS).as_posix(), pattern) for pattern in patterns)


def keep(part: str, items: list[pytest.Item]) -> list[pytest.Item]:
    """Leave in ``items`` only those of the part; return the others."""
    others = [item for item in items if part not in parts_of(item)]
    items[:] = [item for item in items if part in parts_of(item)]
    return others
