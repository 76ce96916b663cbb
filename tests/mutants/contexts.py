"""A pytest plugin that writes down which test runs which line of the product, and how long each test takes.

A line that a fixture of several tests runs is noted under the file of these tests; one that an import runs under "".
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

FOLDER = Path(os.environ["MUTANTS_FOLDER"])
ROOMS = ["tracker", "agreements", "meetings"]

recorder = Coverage(data_file=FOLDER / "lines", data_suffix=True, source=ROOMS, config_file=False, messages=False)
seconds: dict[str, float] = {}


def runs_tests(session: pytest.Session) -> bool:
    """Which the process does not that only hands them out to others."""
    return bool(os.environ.get("PYTEST_XDIST_WORKER")) or not session.config.getoption("numprocesses", None)


def pytest_sessionstart(session: pytest.Session) -> None:
    if runs_tests(session):
        recorder.start()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    started = time.monotonic()
    recorder.switch_context(item.nodeid)
    result = yield
    seconds[item.nodeid] = time.monotonic() - started
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> Iterator[None]:
    if fixturedef.scope == "function":
        return (yield)
    item = request._pyfuncitem
    recorder.switch_context(item.nodeid.partition("::")[0])
    result = yield
    recorder.switch_context(item.nodeid)
    return result


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not runs_tests(session):
        return
    recorder.stop()
    recorder.save()
    (FOLDER / f"seconds-{os.getpid()}.json").write_text(json.dumps(seconds))
