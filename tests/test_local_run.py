"""`make run` starts everything with one command, keeps to itself, and leaves no process behind."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from agreements.models import Country
from tests.services.process import ROOT, WatchedProcess
from tests.services.smtp import free_port
from tracker.environment import local_values
from tracker.local.configuration import remove_socket, socket_path, write_configuration

pytestmark = pytest.mark.once

COMMAND = [sys.executable, "-m", "tracker.local"]
# What tells each program's first process by its command.
PROGRAMS = {"valkey": "valkey-server", "web": "tracker.web", "worker": " worker ", "beat": " beat "}


@pytest.fixture
def var(tmp_path: Path, transactional_db: None) -> Path:
    """A folder with a migrated database that holds a country, so that a start takes no time for either."""
    if connection.vendor != "sqlite":
        pytest.skip("`make run` is on SQLite whatever the tests are on")
    Country.objects.create(code="PAK", alpha2="PK", name="Pakistan")
    connection.close()
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(connection.settings_dict["NAME"], folder / "tracker.sqlite3")
    return folder


@pytest.fixture
def start(var: Path) -> Iterator[Callable[..., WatchedProcess]]:
    started: list[WatchedProcess] = []

    def start_one(port: int | str, folder: Path = var) -> WatchedProcess:
        started.append(WatchedProcess(COMMAND, environment(folder, PORT=str(port))))
        return started[-1]

    yield start_one
    for process in started:
        left_behind(process)
        process.kill()


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "TRACKER_VAR": str(folder)} | more


def programs(runner: WatchedProcess) -> dict[str, int]:
    """The number of each program's first process, by name."""
    listed = ps("-o", "pid=,ppid=,args=")
    children = [line.split(maxsplit=2) for line in listed if line.split()[1] == str(runner.pid)]
    return {name: int(number) for number, _, command in children for name, mark in PROGRAMS.items() if mark in command}


def left_behind(runner: WatchedProcess) -> list[str]:
    """Kill what still runs of all that the runner started: the folder is in its environment or arguments."""
    folder = runner.environment["TRACKER_VAR"]
    found = [line for line in ps("-E" if sys.platform == "darwin" else "e", "-o", "pid=,args=") if folder in line]
    for line in found:
        with suppress(ProcessLookupError):
            os.kill(int(line.split()[0]), signal.SIGKILL)
    return found


def ps(*options: str) -> list[str]:
    return subprocess.run(["ps", "axww", *options], capture_output=True, text=True, check=True).stdout.splitlines()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def kept(var: Path) -> tuple[str, str]:
    """The secret and the accounts of an installation."""
    return local_values(var / "local.env")["SECRET_KEY"], (var / "demo-accounts.txt").read_text()


def test_start_says_address_and_accounts_and_ends_on_sigterm_and_again_keeps_them_and_ends_with_one_program(start, var):
    port = free_port()
    process = start(port)
    process.wait_for("Ctrl-C ends it.")
    assert programs(process).keys() == PROGRAMS.keys()
    assert f"The tracker runs at http://localhost:{port}/\n" in process.log
    with urllib.request.urlopen(f"http://localhost:{port}/admin/login/") as answer:
        assert answer.status == 200

    accounts = [line.split(" ") for line in (var / "demo-accounts.txt").read_text().splitlines()]
    assert [(role, name) for role, name, _ in accounts] == [
        ("administrator", "admin"), ("editor", "editor"), ("reviewer", "reviewer"), ("focal-point", "focal"),
    ]  # fmt: skip
    assert all(f"{name:12}{password}\n" in process.log for _, name, password in accounts)
    private = (var, var / "demo-accounts.txt", var / "local.env")
    assert [mode(path) for path in private] == [0o700, 0o600, 0o600]

    second = start(free_port())
    assert (second.wait(), second.log) == (
        1,
        f"Already running on {var} as process {process.pid}; for a second one set TRACKER_VAR.\n",
    )
    neighbour = start(port, var.parent / "other")
    assert (neighbour.wait(), neighbour.log) == (
        1,
        f"Port {port} is in use: choose another with PORT=9000 make run.\n",
    )
    # Anybody's `manage.py` finds the local installation by its file alone.
    users = "from tracker.accounts.models import User; print(User.objects.count())"
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", users]
    found = subprocess.run(shell, cwd=ROOT, env=environment(var), capture_output=True, text=True)
    assert (found.stdout, found.stderr) == ("4\n", "")

    process.signal(signal.SIGTERM)
    assert process.wait() == 128 + signal.SIGTERM
    assert left_behind(process) == []
    assert not (var / "valkey.sock").exists()
    before = kept(var)

    again = start(free_port())
    again.wait_for("Ctrl-C ends it.")
    assert kept(var) == before
    os.kill(programs(again)["worker"], signal.SIGKILL)
    assert again.wait() != 0
    assert left_behind(again) == []


@pytest.mark.parametrize(
    ("said", "number"),
    [("Preparing the database", signal.SIGINT), ("Starting", signal.SIGHUP)],
)
def test_run_when_told_to_end_before_it_is_up_leaves_nothing(start, said, number):
    process = start(free_port())
    process.wait_for(said)
    process.signal_group(number)  # as a terminal does
    assert process.wait() == 128 + number
    assert left_behind(process) == []


@pytest.mark.parametrize("port", ["http", "0", "65536", "٣"])
def test_start_when_port_is_no_port_says_so_in_one_line(start, port):
    process = start(port)
    assert (process.wait(), process.log) == (1, f"PORT is {port}: expected a number from 1 to 65535.\n")


def test_socket_path_when_the_folder_is_deep_is_short_private_and_removed(tmp_path):
    deep = tmp_path / ("d" * 90)
    socket = socket_path(deep)
    assert len(str(socket)) < 100
    assert mode(socket.parent) == 0o700
    socket.touch()
    remove_socket(socket, deep)
    assert not socket.parent.exists()


def test_configuration_when_the_folder_has_an_odd_name_is_read_back_as_written(tmp_path):
    var = tmp_path / "it's a # folder"
    var.mkdir()
    written = write_configuration(var, 8000, var / "valkey.sock")
    assert local_values(var / "local.env") == written
    assert write_configuration(var, 9000, var / "valkey.sock")["SECRET_KEY"] == written["SECRET_KEY"]
