"""One file that holds the whole database as it was at one moment, and the way back from it.

SQLite by its online backup, PostgreSQL by pg_dump and pg_restore: others may write meanwhile.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

ENDINGS = {"sqlite": "sqlite3", "postgresql": "pgdump"}
FIRST_BYTES = {"sqlite": b"SQLite format 3\0", "postgresql": b"PGDMP"}
# What libpq reads from the environment, where nobody but the account itself can see it.
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
WHOLE = ["--no-owner", "--no-privileges"]


class CannotBackUp(Exception):
    """Its text is the one line that an administrator sees."""


def back_up(folder: Path, now: datetime) -> Path:
    """Write the database to a new file in ``folder`` and return it. It has its name only once it is whole."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"tracker-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.{ENDINGS[connection.vendor]}"
    unfinished = path.with_suffix(".unfinished")
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _write_sqlite(unfinished) if connection.vendor == "sqlite" else _write_postgresql(unfinished)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        return unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Delete all backups of this kind of database but the newest ``count``; return those that went."""
    old = sorted(folder.glob(f"tracker-*Z.{ENDINGS[connection.vendor]}"))[:-count]
    for path in old:
        path.unlink()
    return old


def restore(path: Path) -> None:
    """Fill the database of the settings, which must be new, from a backup."""
    with path.open("rb") as file:
        start = file.read(16)
    if not start.startswith(FIRST_BYTES[connection.vendor]):
        raise CannotBackUp(f"{path} is not a backup of the kind of database that DATABASE_URL leads to.")
    if connection.vendor == "sqlite":
        _read_sqlite(path)
    elif connection.introspection.table_names():
        raise CannotBackUp("DATABASE_URL leads to a database that holds tables: restore into a new, empty one.")
    else:
        _read_postgresql(path)


def _write_sqlite(target):
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        # One file, without a second one for its journal; and a look at each page of it.
        copy.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise CannotBackUp(f"The copy is damaged: {verdict}")


def _read_sqlite(path):
    target = Path(connection.settings_dict["NAME"])
    if target.exists():
        raise CannotBackUp(f"{target} is there already: restore into a new file.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    shutil.copyfile(path, unfinished)
    unfinished.rename(target)


def _write_postgresql(target):
    _run("pg_dump", "--format=custom", *WHOLE, f"--file={target}")
    # Reads it back: a file that was cut off has no list of contents.
    _run("pg_restore", "--list", str(target))


def _read_postgresql(path):
    name = connection.get_connection_params()["dbname"]
    _run("pg_restore", "--single-transaction", "--exit-on-error", *WHOLE, f"--dbname={name}", str(path))


def _run(program, *arguments):
    known = connection.get_connection_params()
    environment = {LIBPQ[name]: str(value) for name, value in known.items() if name in LIBPQ and value}
    try:
        done = subprocess.run([program, *arguments], env=os.environ | environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise CannotBackUp(f"{program} is missing: on Debian, apt-get install postgresql-client.") from None
    if done.returncode:
        raise CannotBackUp(f"{program}: {done.stderr.strip()}")
