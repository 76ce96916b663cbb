"""A migrated database for each test process: migrations run once, every process gets a copy.

Hundreds of migration operations take many seconds; copying what they made takes a moment.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

ROOT = Path(__file__).resolve().parent.parent.parent
# What a freshly migrated database depends on: the permissions in it come from the models.
INGREDIENTS = ("migrations/*.py", "models.py", "models/*.py", "apps.py")


@contextmanager
def copied_database(cache: Path, folder: Path, suffix: str) -> Iterator[None]:
    """Point Django at a copy named after `suffix` for the length of the block; `cache` keeps the template."""
    original = connection.settings_dict["NAME"]
    kind = SqliteCopy(cache, folder) if connection.vendor == "sqlite" else PostgresCopy(original)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = kind.template(fingerprint())
        name = kind.copy(template, suffix)
    use(name)

    def start_afresh(test_case: TransactionTestCase) -> None:
        connections.close_all()
        kind.drop(name)
        kind.copy(template, suffix)

    # Django would empty all tables after a test that commits, of roles and permissions too, and the next test
    # would miss what migrations made. A new copy misses nothing, and takes less time.
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
    paths = {ROOT / "requirements.txt"}
    for top in ("tracker", "agreements", "meetings"):
        paths.update(path for pattern in INGREDIENTS for path in (ROOT / top).rglob(pattern))
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def migrate(name: str) -> None:
    use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


class SqliteCopy:
    def __init__(self, cache: Path, folder: Path) -> None:
        self.cache, self.folder = cache, folder

    def template(self, mark: str) -> str:
        path = self.cache / f"template-{mark}.sqlite3"
        if not path.exists():
            for old in self.cache.glob("template-*"):
                old.unlink()
            unfinished = self.cache / "unfinished.sqlite3"
            unfinished.unlink(missing_ok=True)
            migrate(str(unfinished))
            unfinished.rename(path)
        return str(path)

    def copy(self, template: str, suffix: str) -> str:
        return shutil.copyfile(template, str(self.folder / f"{suffix}.sqlite3"))

    def drop(self, name: str) -> None:
        for path in self.folder.glob(Path(name).name + "*"):
            path.unlink()


class PostgresCopy:
    def __init__(self, original: str) -> None:
        self.prefix = f"test_{original}"

    def template(self, mark: str) -> str:
        prefix = f"{self.prefix}_template_"
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
            existing = [name for (name,) in cursor.fetchall()]
        if prefix + mark not in existing:
            for old in existing:
                self.drop(old)
            self.drop(f"{self.prefix}_unfinished")
            self._execute(f'CREATE DATABASE "{self.prefix}_unfinished"')
            migrate(f"{self.prefix}_unfinished")
            self._execute(f'ALTER DATABASE "{self.prefix}_unfinished" RENAME TO "{prefix + mark}"')
        return prefix + mark

    def copy(self, template: str, suffix: str) -> str:
        name = f"{self.prefix}_{suffix}"
        self.drop(name)
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
