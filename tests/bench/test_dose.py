"""A small dose of `make bench`: every figure comes, on the database that the tests are on."""

import os
import socket
from argparse import Namespace
from contextlib import closing

import pytest
from django.core.management import call_command

from tests.bench.addresses import EXPORTS, pages, pages_of_the_desk
from tests.bench.data import a_database, fingerprint
from tests.bench.options import parse
from tests.bench.reader import NoAnswer, Reader
from tests.bench.run import measure, production
from tests.bench.table import EMPTY_VIEW, Figure, read, table, write
from tests.services.database import address

COMMITMENTS = 300


def test_every_figure_is_measured_on_a_small_sample(transactional_db, valkey, tmp_path):
    call_command("make_sample_data", commitments=COMMITMENTS, yes=True, verbosity=0)
    environment = production(tmp_path, address()) | {"REDIS_URL": valkey}
    found = {figure.name: figure for figure in measure(environment, parse(["--requests", "1", "--seconds", "0"]))}
    measured = {name: figure.value for name, figure in found.items() if figure.unit == "ms"}
    assert {*pages(), *pages_of_the_desk()} <= set(measured)
    assert all(value > 0 for value in measured.values())
    for name in EXPORTS:
        (speed,) = (figure for figure in found.values() if figure.name.startswith(name) and figure.unit == "rows/s")
        assert speed.value > 0
        assert found[f"{name}, growth of the web process"].unit == "MB"
    assert "Django" in found["versions"].value


@pytest.mark.once
def test_page_that_answers_with_an_error_ends_the_run(live_server):
    with closing(Reader(live_server.thread.port)) as reader, pytest.raises(RuntimeError, match="404"):
        reader.seconds("/nowhere/")


@pytest.mark.once
def test_page_that_does_not_answer_is_told_as_such(monkeypatch):
    monkeypatch.setattr("tests.bench.reader.MOST_SECONDS", 0.1)
    with (
        socket.create_server(("localhost", 0)) as silent,
        closing(Reader(silent.getsockname()[1])) as reader,
        pytest.raises(NoAnswer, match=r"more than 0\.1 s"),
    ):
        reader.milliseconds("/", 1, 1)


@pytest.mark.once
def test_data_are_made_once_and_anew_when_what_they_depend_on_changes(tmp_path, monkeypatch):
    made = []

    def make(url, options):
        made.append(url)
        (tmp_path / "unfinished" / "tracker.sqlite3").touch()

    options = Namespace(folder=tmp_path, commitments=5)
    for version in ("first", "first", "second"):
        monkeypatch.setattr("tests.bench.data.fingerprint", lambda version=version: version)
        with a_database("sqlite", options, make) as url:
            assert os.path.exists(url.removeprefix("sqlite:///"))
    assert len(made) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["sqlite-5-second"]
    assert len(fingerprint()) == 12


@pytest.mark.once
def test_table_has_a_column_for_each_database_and_ratios_to_the_empty_view(tmp_path):
    write([Figure(EMPTY_VIEW, 2.0, "ms"), Figure("list", 50.0, "ms"), Figure("rows", 1620.4, "rows/s")], tmp_path / "a")
    lines = table({"sqlite": read(tmp_path / "a"), "postgresql": [Figure("list", 7.0, "ms")]}).splitlines()
    assert lines[0].split() == ["sqlite", "postgresql"]
    assert lines[1].split() == [*EMPTY_VIEW.split(), "2.0", "ms", "1.0", "×", "–"]
    assert lines[2].split() == ["list", "50.0", "ms", "25.0", "×", "7.0", "ms"]
    assert lines[3].split() == ["rows", "1,620", "rows/s", "–"]
