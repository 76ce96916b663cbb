"""A database for each test process, copied from templates that are made once: an empty one, and the starter data.

Tables are made from the models. Hundreds of migration operations take twenty times as long;
`tests/test_migrations.py` sees to it that they come to the same.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState, StateApps
from django.test import TransactionTestCase, override_settings

ROOT = Path(__file__).resolve().parent.parent.parent
# What migrations put into the tables beside making them, in their order: (module, function).
FIRST_ROWS = (
    ("meetings.migrations.0002_default_policy", "create_default_policy"),
    ("tracker.site.migrations.0001_roles", "make_roles"),
    ("tracker.site.migrations.0002_mail_for_administrators", "grant"),
    ("tracker.site.migrations.0003_roles_in_follow_ups", "set_roles"),
    ("tracker.site.migrations.0004_roles_in_reminders", "set_roles"),
    ("tracker.site.migrations.0007_administrators_see_who_came", "grant"),
    ("tracker.site.migrations.0008_rights_follow_reach", "set_roles"),
    ("tracker.site.migrations.0010_error_reports", "set_roles"),
    ("tracker.site.migrations.0012_roles_in_subscriptions", "grant"),
    ("tracker.site.migrations.0014_roles_in_mergers", "grant"),
)


@contextmanager
def copied_database(cache: Path, folder: Path, suffix: str, template: str = "empty") -> Iterator[None]:
    """Point Django at a copy named after `suffix` for the length of the block; `cache` keeps the templates.

    ``template`` is a key of ``TEMPLATES``. Blocks may stand within each other.
    """
    original = connection.settings_dict["NAME"]
    kind = SqliteCopy(cache, folder) if connection.vendor == "sqlite" else PostgresCopy()
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        whole = kind.template(template)
        name = kind.copy(whole, suffix)
    use(name)

    def start_afresh(test_case: TransactionTestCase) -> None:
        connections.close_all()
        kind.drop(name)
        kind.copy(whole, suffix)

    # Django would empty all tables after a test that commits, of roles and permissions too, and the next test
    # would miss its first rows. A new copy misses nothing, and takes less time.
    with patch.object(TransactionTestCase, "_fixture_teardown", start_afresh):
        yield
    use(original)
    kind.drop(name)


def address() -> str:
    """The DATABASE_URL with which another process sees the database that Django uses here."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    url, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{url.rpartition('/')[0]}/{name}?{query}"


def fingerprint() -> str:
    """What the templates depend on: the models, what saving derives, the migrations' rows, and the fixtures."""
    paths = {ROOT / "requirements.txt", Path(__file__), *(ROOT / "fixtures").glob("*.yaml")}
    for top in ("tracker", "agreements", "meetings"):
        paths.update((ROOT / top).rglob("*.py"))
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def create_tables() -> None:
    """As after all migrations, which count as applied."""
    with override_settings(MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()}):
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    # As migrations see the models: without revisions and without what saving derives.
    models = ProjectState.from_apps(apps).apps
    for module, function in FIRST_ROWS:
        getattr(import_module(module), function)(models, None)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations:
        recorder.record_applied(app, name)


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def migrate_to(state: str) -> Callable[[], None]:
    def migrate_there() -> None:
        for app, name in STATES[state]:
            call_command("migrate", app, name, verbosity=0, interactive=False)

    return migrate_there


def models_of(state: str) -> StateApps:
    """The historical models of a former state of the tables."""
    return MigrationExecutor(connection).loader.project_state(STATES[state]).apps


def load_starter_data() -> None:
    create_tables()
    call_command("load_starter_data", verbosity=0)


# Former states of the tables, by the last migrations of each.
STATES = {
    # Where the history still stood in a table for each kind of row.
    "former": [
        ("meetings", "0005_one_table_of_reminders"),
        ("agreements", "0003_moment_of_publication"),
        ("site", "0004_roles_in_reminders"),
    ],
    # The first with the history in revisions.
    "revisions": [
        ("records", "0003_without_former_history"),
        ("agreements", "0004_without_former_history"),
        ("meetings", "0007_without_former_history"),
        ("mail", "0003_fewer_indexes"),
        ("site", "0005_without_former_history"),
    ],
}
# A template that goes on from another: so all migrations run once, and people's databases were migrated in steps too.
GOES_ON_FROM = {"revisions": "former", "migrated": "revisions"}
TEMPLATES: dict[str, Callable[[], None]] = {
    "empty": create_tables,
    "migrated": migrate,
    "former": migrate_to("former"),
    "revisions": migrate_to("revisions"),
    "starter": load_starter_data,
}


def make(name: str, template: str) -> None:
    original = connection.settings_dict["NAME"]
    use(name)
    TEMPLATES[template]()
    use(original)


class SqliteCopy:
    def __init__(self, cache: Path, folder: Path) -> None:
        self.cache, self.folder = cache, folder

    def template(self, template: str) -> str:
        path = self.cache / f"{template}-{fingerprint()}.sqlite3"
        if not path.exists():
            for old in self.cache.glob(f"{template}-*"):
                old.unlink()
            base = GOES_ON_FROM.get(template)
            whole = self.template(base) if base else None
            unfinished = self.cache / "unfinished.sqlite3"
            unfinished.unlink(missing_ok=True)
            if whole:
                shutil.copyfile(whole, unfinished)
            make(str(unfinished), template)
            unfinished.rename(path)
        return str(path)

    def copy(self, whole: str, suffix: str) -> str:
        return shutil.copyfile(whole, str(self.folder / f"{suffix}.sqlite3"))

    def drop(self, name: str) -> None:
        for path in self.folder.glob(Path(name).name + "*"):
            path.unlink()


class PostgresCopy:
    def __init__(self) -> None:
        self.prefix = f"test_{urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}"

    def template(self, template: str) -> str:
        prefix = f"{self.prefix}_{template}_"
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
            existing = [name for (name,) in cursor.fetchall()]
        name = prefix + fingerprint()
        if name not in existing:
            for old in existing:
                self.drop(old)
            base = GOES_ON_FROM.get(template)
            whole = self.template(base) if base else "template1"
            self.drop(f"{self.prefix}_unfinished")
            self._execute(f'CREATE DATABASE "{self.prefix}_unfinished" TEMPLATE "{whole}"')
            make(f"{self.prefix}_unfinished", template)
            self._execute(f'ALTER DATABASE "{self.prefix}_unfinished" RENAME TO "{name}"')
        return name

    def copy(self, whole: str, suffix: str) -> str:
        name = f"{self.prefix}_{suffix}"
        self.drop(name)
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{whole}"')
        return name

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
