"""A backup taken while others write is the database at one moment, row by row, in a new place."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from agreements.models import Agreement
from tests.factories import make_agreement
from tests.services import database
from tests.services.process import ROOT
from tracker.records.models import DataVersion
from tracker.records.models.change import one_change
from tracker.site import backup

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and not shutil.which("pg_dump"), reason="no pg_dump: install postgresql"
    ),
]
WRITERS, MOST_TRIES = 3, 100


@pytest.fixture
def new_place(tmp_path):
    """The name of a database that does not exist yet, in a folder that does."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "restored.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    copies = database.PostgresCopy()
    copies.drop(name)
    copies._execute(f'CREATE DATABASE "{name}"')
    yield name
    connection.close()
    copies.drop(name)


@pytest.fixture
def elsewhere(new_place):
    """Runs `manage.py` on the new place, and has Django look into it."""
    original = connection.settings_dict["NAME"]
    database.use(new_place)
    address = database.address()
    database.use(original)
    names = ("TRACKER_VAR", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "REDIS_URL")
    environment = {name: os.environ[name] for name in names} | {"DATABASE_URL": address, "PATH": os.environ["PATH"]}

    def run(*arguments):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    run.look = lambda: database.use(new_place)
    yield run
    database.use(original)


def all_rows():
    """``{table: rows, sorted}`` of the whole database."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


class Writers:
    """Threads that change records; ``states`` holds all rows at each data version, read before it is committed."""

    def __init__(self):
        self.states, self._enough, self._changed = {}, threading.Event(), threading.Condition()
        self._threads = [threading.Thread(target=self._write, args=[number]) for number in range(WRITERS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more):
        with self._changed:
            count = len(self.states) + more
            assert self._changed.wait_for(lambda: len(self.states) >= count, 60)

    def _write(self, number):
        turn = 0
        while not self._enough.is_set():
            turn += 1
            with transaction.atomic(durable=True):
                with one_change():
                    agreement = Agreement.objects.order_by("pk")[(turn * WRITERS + number) % Agreement.objects.count()]
                    agreement.title = f"Written by {number}, time {turn}"
                    agreement.save()
                state = DataVersion.current(), all_rows()
            with self._changed:
                self.states[state[0]] = state[1]
                self._changed.notify_all()
        connection.close()


def back_up_amid_commits(writers, folder):
    """The backup, and how many commits there were while it was written: one at least."""
    for second in range(MOST_TRIES):
        before = len(writers.states)
        path = backup.back_up(folder, datetime(2026, 11, 26, tzinfo=UTC) + timedelta(seconds=second))
        if during := len(writers.states) - before:
            return path, during
        path.unlink()
    raise AssertionError("nobody wrote while backups were written")


def differences(one, other):
    """How many rows stand in one of the two alone."""
    tables = one.keys() | other.keys()
    return sum(len(set(one.get(name, [])) ^ set(other.get(name, []))) for name in tables)


def test_backup_under_load_when_restored_differs_in_no_row(starter_data, tmp_path, elsewhere):
    with Writers() as writers:
        writers.wait_for(5)
        path, during = back_up_amid_commits(writers, tmp_path / "backups")
        writers.wait_for(5)
    assert path.stat().st_mode & 0o777 == 0o600 and list(path.parent.iterdir()) == [path]
    restored = elsewhere("restore", path)
    assert (restored.returncode, restored.stderr) == (0, "")
    elsewhere.look()
    state = writers.states[DataVersion.current()]
    assert sum(map(len, state.values())) > 3000
    assert differences(state, all_rows()) == 0
    print(f"{sum(map(len, state.values()))} rows, {during} commits during the backup, 0 differ")
    # It is a database to work with: nothing to migrate, and the next number is free.
    assert elsewhere("migrate", "--check").returncode == 0
    known = set(Agreement.objects.values_list("pk", "reference"))
    made = make_agreement()
    assert known.isdisjoint({(made.pk, made.reference)}) and len(known) + 1 == Agreement.objects.count()


def test_rows_when_one_differs_are_counted():
    assert differences({"a": ["1", "2"], "b": []}, {"a": ["1", "3"]}) == 2


def test_restore_into_what_is_not_new_or_not_of_the_kind_refuses_and_changes_nothing(tmp_path, elsewhere):
    make_agreement(title="Memorandum on cables")
    path = backup.back_up(tmp_path, datetime(2026, 11, 26, tzinfo=UTC))
    assert elsewhere("restore", path).returncode == 0
    again = elsewhere("restore", path)
    assert again.returncode == 1 and again.stderr.startswith("CommandError: ") and "restore into a new" in again.stderr
    path.write_bytes(b"something else")
    other = elsewhere("restore", path)
    assert other.stderr == (
        f"CommandError: {path} is not a backup of the kind of database that DATABASE_URL leads to.\n"
    )
    assert "No such file" in elsewhere("restore", tmp_path / "gone").stderr
    elsewhere.look()
    assert Agreement.objects.filter(title="Memorandum on cables").count() == 1


def test_backup_that_cannot_be_finished_leaves_nothing(tmp_path, monkeypatch):
    connection.close()
    nowhere = str(tmp_path / "no" / "such") if connection.vendor == "sqlite" else "no_such_database"
    monkeypatch.setitem(connection.settings_dict, "NAME", nowhere)
    with pytest.raises((backup.CannotBackUp, sqlite3.OperationalError)):
        backup.back_up(tmp_path / "backups", datetime(2026, 11, 26, tzinfo=UTC))
    assert list((tmp_path / "backups").iterdir()) == []


def test_backup_keeps_the_newest(tmp_path, capsys):
    moment = datetime(2026, 11, 20, 2, 10, tzinfo=UTC)
    old = [backup.back_up(tmp_path, moment + timedelta(days=day)) for day in range(3)]
    (tmp_path / "notes.txt").write_text("not ours")
    call_command("backup", tmp_path, keep=2)
    newest = Path(capsys.readouterr().out.strip())
    assert sorted(tmp_path.iterdir()) == sorted([old[2], newest, tmp_path / "notes.txt"])
    with pytest.raises(CommandError, match="--keep"):
        call_command("backup", tmp_path, keep=0)
