"""Which tests run when, and on which database.

``make test``, in three minutes: on SQLite what is usual, on PostgreSQL what of it the database decides. ``make
test-rest``: on PostgreSQL all that has not run there, on SQLite what the database decides and what asks none. After
both every test has run on PostgreSQL, or asks no database; what is usual and what the database decides, on both.

Usual is what fails first where a rule is broken. Thorough is what looks once more along a path that another test has
taken (the further cases of a family, further languages, random runs), and what is about former states of the database.

``--part`` chooses one of ``PARTS``; without it all tests run.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
OF_MAKE_TEST = ("test-sqlite", "test-postgresql")
OF_MAKE_TEST_REST = ("rest-sqlite", "rest-postgresql")
PARTS = OF_MAKE_TEST + OF_MAKE_TEST_REST
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
# But for what is marked ``thorough``.
USUAL = (
    "test_architecture.py",
    "test_documentation.py",
    "test_parts.py",
    "test_templates.py",
    "test_terms.py",
    "accounts/test_*.py",
    "records/test_*.py",
    "mail/test_*.py",
    "registers/test_facets.py",
    "registers/test_filters.py",
    "registers/test_reading.py",
    "agreements/test_models_*.py",
    "agreements/test_status_in_any_order.py",
    "agreements/test_targets.py",
    "agreements/test_validity.py",
    "meetings/test_completion.py",
    "meetings/test_implementation.py",
    "meetings/test_models_*.py",
    "meetings/followups/test_planner.py",
    "meetings/followups/test_rules.py",
    "meetings/followups/test_working_days.py",
    "admin/test_publication.py",
    "admin/test_rights.py",
    "admin/test_steps.py",
    "site/test_pairs.py",
)
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
    # Each database makes and changes tables in its own way; and long random runs.
    "test_migrations.py",
    "former/test_*.py",
    "meetings/test_migration_of_a_former_database.py",
    "records/test_merging_at_random.py",
    "soak/test_doses.py",
)
# The files that take longest come first: one that starts last would keep a single process busy.
LONGEST = (
    "records/test_revisions_of_the_past.py",
    "test_migrations.py",
    "former/test_*.py",
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
    """The parts in which a test runs: one or two, never two on the same database."""
    is_usual = _is_among(USUAL, item.path) and "thorough" not in item.keywords
    is_decided = _is_among(DECIDED_BY_THE_DATABASE, item.path)
    parts = {"test-sqlite"} if is_usual else set()
    if _is_asked_once(item):
        return parts or {"rest-sqlite"}
    if is_decided and not is_usual:
        parts.add("rest-sqlite")
    return parts | {"test-postgresql" if is_decided and is_usual else "rest-postgresql"}


def _is_asked_once(item: Any) -> bool:
    """Whether a test asks no database, or it matters little which."""
    has_database = "django_db" in item.keywords or DATABASE_FIXTURES & set(item.fixturenames)
    return not has_database or bool({"browser", "once"} & item.keywords.keys())


def may_hold(part: str | None, path: Path) -> bool:
    """Whether a file can have tests of the part: `make test` need not read the others."""
    return part not in OF_MAKE_TEST or _is_among(USUAL, path)


def _is_among(patterns, path):
    return any(fnmatch(path.relative_to(TESTS).as_posix(), pattern) for pattern in patterns)


def keep(part: str, items: list[pytest.Item]) -> list[pytest.Item]:
    """Leave in ``items`` only those of the part; return the others."""
    others = [item for item in items if part not in parts_of(item)]
    items[:] = [item for item in items if part in parts_of(item)]
    return others
