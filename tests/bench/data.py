"""Databases with sample data, kept from one run to the next; run as a program it fills the one of the environment."""

import hashlib
import os
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.options import ROOT, parse
from tests.services.postgres import throwaway_postgres

# Nothing of the database's own runs beside what is measured; statistics are gathered once, when the data are made.
QUIET = ("fsync=off", "synchronous_commit=off", "autovacuum=off")
Make = Callable[[str, Namespace], None]


def fingerprint() -> str:
    """What the data depend on: the code that makes them, and the tables."""
    paths = [*(ROOT / "tracker" / "site" / "sample").iterdir(), *(ROOT / "fixtures").glob("0[12]_*.yaml")]
    paths += [path for app in ("tracker", "agreements", "meetings") for path in (ROOT / app).rglob("migrations/*.py")]
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def a_database(name: str, options: Namespace, make: Make) -> Iterator[str]:
    """The address of a database with as many commitments as ``options`` say; made first, unless it was before."""
    beginning = f"{name}-{options.commitments}-"
    place = options.folder / f"{beginning}{fingerprint()}"
    for old in options.folder.glob(f"{beginning}*"):
        if old != place:
            shutil.rmtree(old)
    with (sqlite if name == "sqlite" else postgresql)(place, options, make) as url:
        yield url


@contextmanager
def sqlite(place: Path, options: Namespace, make: Make) -> Iterator[str]:
    if not place.exists():
        unfinished = place.with_name("unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        make(f"sqlite:///{unfinished / 'tracker.sqlite3'}", options)
        unfinished.rename(place)
    yield f"sqlite:///{place / 'tracker.sqlite3'}"


@contextmanager
def postgresql(place: Path, options: Namespace, make: Make) -> Iterator[str]:
    if not place.exists():
        with throwaway_postgres(QUIET, kept=place) as url:
            make(url, options)
    with throwaway_postgres(QUIET, kept=place) as url:
        yield url


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.services.database import create_tables

    started = time.monotonic()
    create_tables()
    call_command("make_sample_data", commitments=options.commitments, yes=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"{connection.vendor}: data made in {time.monotonic() - started:.0f} s, tables included", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
