"""Measures on one database, which the environment names: with the product's own web server and a Valkey beside it."""

import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections import deque
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from tests.bench.options import ROOT, parse
from tests.bench.reader import NoAnswer, Reader, watched_growth
from tests.bench.table import EMPTY_ADDRESS, EMPTY_VIEW, Figure, write
from tests.services.smtp import free_port
from tests.services.valkey import throwaway_valkey
from tests.services.web import web_server

# Of the environment of this process, as the settings of the tests fill it in.
SHARED = ("PATH", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "REDIS_URL", "DEFAULT_FROM_EMAIL", "TIME_ZONE")
# All else is compared with it: it is asked for so many times as often.
EMPTY_TIMES = 20
# Whoever bears a cookie of ours may have logged in, and is answered anew.
DRAWN_ANEW = {"Cookie": "csrftoken=none"}
MOST_SECONDS_TO_BUILD = 1800


def main(arguments: list[str]) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    options = parse(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as folder:
        environment = production(Path(folder), os.environ["DATABASE_URL"])
        with throwaway_valkey(os.environ["REDIS_URL"]):
            found = list(measure(environment, options))
    write(found, options.results)
    return 0


def production(folder: Path, database_url: str) -> dict[str, str]:
    """The environment of the product's own processes, with the static files where they look for them."""
    environment = {name: os.environ[name] for name in SHARED} | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": database_url,
        "TRACKER_VAR": str(folder),
        "EMAIL_URL": "dummy://",
        "REQUIRE_TOTP": "false",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    return environment


def measure(environment: dict[str, str], options: Namespace) -> Iterator[Figure]:
    """Yield each figure, and say it, as it comes."""
    for figure in _measure(environment, options):
        value = figure.value if isinstance(figure.value, str) else f"{figure.value:,.1f} {figure.unit}"
        print(f"  {figure.name}: {value}", flush=True)
        yield figure


def _measure(environment, options):
    from tests.bench.addresses import EXPORTS, KEPT, pages, pages_of_the_desk

    yield from versions()
    desk = deque((name, address) for name, address in pages_of_the_desk().items() if is_wanted(name, options))
    waiting = deque((name, address) for name, address in pages().items() if is_wanted(name, options))
    # Whether the machine has become slower meanwhile.
    waiting.append((f"{EMPTY_VIEW}, again", EMPTY_ADDRESS))
    while waiting:  # with another server after each page that kept one busy
        yield from _pages(environment, options, waiting, DRAWN_ANEW)
    while desk:
        yield from _pages(environment, options, desk, as_reviewer())
    for name, address in KEPT.items():
        if is_wanted(name, options):
            yield from kept(environment, options, name, address)
    for name, address in EXPORTS.items():
        if is_wanted(name, options):
            yield from export(environment, name, address)
    yield Figure("load of the machine afterwards", load())


def is_wanted(name: str, options: Namespace) -> bool:
    return name == EMPTY_VIEW or options.only is None or options.only in name


def as_reviewer() -> dict[str, str]:
    """The headers of a reviewer who has logged in."""
    from django.conf import settings
    from django.contrib.auth.models import Group
    from django.test import Client

    from tracker.accounts.models import User

    fields = {"email": "reviewer@bench.example", "is_staff": True}
    account, _made = User.objects.get_or_create(username="bench-reviewer", defaults=fields)
    account.groups.set(Group.objects.filter(name="reviewer"))
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    return {"Cookie": f"{name}={client.cookies[name].value}"}


def _pages(environment, options, waiting, headers):
    """Figures of one page after the other, each drawn anew, until one does not answer."""
    from tests.bench.addresses import AFTER_A_CHANGE
    from tracker.records.models import DataVersion

    port = free_port()
    with web_server(environment, port), closing(Reader(port, headers)) as reader:
        await_indexes(reader, Path(environment["TRACKER_VAR"]))
        while waiting:
            name, address = waiting.popleft()
            requests = options.requests * (EMPTY_TIMES if address == EMPTY_ADDRESS else 1)
            try:
                before = [DataVersion.bump] if name == AFTER_A_CHANGE else []
                yield Figure(name, reader.milliseconds(address, requests, options.seconds, *before), "ms")
            except NoAnswer as error:
                yield Figure(name, str(error))
                return


def await_indexes(reader: Reader, folder: Path) -> None:
    """A process that finds no file of an index answers from the database until it has built one and written it down."""
    from django.conf import settings

    from tracker.site.registers import REGISTERS

    files = {folder / settings.INDEX_FOLDER.name / f"{register.name}.npz": register for register in REGISTERS}
    ends = time.monotonic() + MOST_SECONDS_TO_BUILD
    for register in files.values():
        with suppress(NoAnswer):
            reader.seconds(f"/{register.name}/")
    while missing := [register.name for file, register in files.items() if not file.exists()]:
        if time.monotonic() > ends:
            raise RuntimeError(f"No index of {', '.join(missing)}")
        time.sleep(0.1)


def kept(environment: dict[str, str], options: Namespace, name: str, address: str) -> Iterator[Figure]:
    """By readers who have not logged in: what comes from memory, and what they have already."""
    port, requests = free_port(), options.requests * EMPTY_TIMES
    with web_server(environment, port), closing(Reader(port)) as reader:
        yield Figure(f"{name}, from memory", reader.milliseconds(address, requests, options.seconds), "ms")
        mark = reader.mark(address)
        with closing(Reader(port, {"If-None-Match": mark})) as again:
            yield Figure(f"{name}, the same as before", again.milliseconds(address, requests, options.seconds), "ms")


def export(environment: dict[str, str], name: str, address: str) -> Iterator[Figure]:
    """By a process that has made a small one: what it grows by from there is for the size alone."""
    from meetings.models import Commitment
    from meetings.registers import COMMITMENTS

    number, port = Commitment.objects.published().count(), free_port()
    with web_server(environment, port) as server, closing(Reader(port)) as reader:
        reader.download(f"{address}?q=zzyzxq")
        with watched_growth(server.pid) as growth:
            taken = reader.download(address)
    if taken.body.count(b"COM-") < number:
        raise RuntimeError(f"{address} is not whole")
    yield Figure(f"{name}, {number:,} rows of {len(COMMITMENTS.columns)} columns", number / taken.seconds, "rows/s")
    yield Figure(f"{name}, first byte", taken.first_byte * 1000, "ms")
    yield Figure(f"{name}, growth of the web process", growth.megabytes, "MB")


def versions() -> Iterator[Figure]:
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
        else:
            database = f"SQLite {sqlite3.sqlite_version}"
    yield Figure("versions", f"{database}, Python {platform.python_version()}, Django {django.get_version()}")
    yield Figure("processors", str(os.cpu_count()))
    yield Figure("load of the machine before", load())


def load() -> str:
    return " ".join(f"{number:.1f}" for number in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
