"""`make test`: what is usual on SQLite, then on a PostgreSQL made for it what the database decides (`tests/parts.py`).

`make test-rest`, which says "rest" first: what has not run by then, on both. Further arguments are pytest's.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tests.parts import OF_MAKE_TEST, OF_MAKE_TEST_REST
from tests.services.postgres import PostgresNotFound, throwaway_postgres

PYTEST = [sys.executable, "-m", "pytest", "--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
NOTHING_CHOSEN = 5  # pytest's exit code


@dataclass
class Result:
    database: str
    exit_code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def main(arguments: list[str]) -> int:
    # A request to end must take the servers along, also where a shell in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    parts = OF_MAKE_TEST
    if arguments[:1] == ["rest"]:
        parts, arguments = OF_MAKE_TEST_REST, arguments[1:]
    results = []
    try:
        results.append(run_on("SQLite", None, [f"--part={parts[0]}", *arguments]))
        with throwaway_postgres() as url:
            results.append(run_on("PostgreSQL", url, [f"--part={parts[1]}", *arguments]))
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 128 + signal.SIGINT
    except PostgresNotFound as error:
        results.append(Result("PostgreSQL", exit_code=1, seconds=0, failed=1))
        print(error, file=sys.stderr)
    report(results)
    codes = {result.exit_code for result in results}
    if codes == {0, NOTHING_CHOSEN}:  # a few tests were asked for, and not on this database
        return 0
    return max(codes)


def run_on(database: str, url: str | None, arguments: list[str]) -> Result:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    print(f"== {database}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.xml"
        exit_code = run_pytest([f"--junitxml={file}", *arguments], environment)
        result = Result(database, exit_code, time.monotonic() - started)
        if file.exists():
            count(result, file)
    return result


def run_pytest(arguments: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen([*PYTEST, *arguments], env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)  # pytest then tears its fixtures down
        process.wait()
        raise


def count(result: Result, file: Path) -> None:
    for suite in ElementTree.parse(file).getroot().iter("testsuite"):
        result.failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        result.skipped += int(suite.get("skipped", 0))
        result.passed += int(suite.get("tests", 0))
    result.passed -= result.failed + result.skipped


def report(results: list[Result]) -> None:
    """One line a database, then the total in the words that build servers look for."""
    print()
    for result in results:
        counts = f"{result.passed} passed, {result.failed} failed, {result.skipped} skipped"
        print(f"{result.database + ':':12}{counts} in {result.seconds:.0f} s")
    passed, failed, skipped = (
        sum(getattr(result, name) for result in results) for name in ("passed", "failed", "skipped")
    )
    print(f"total: {passed} passed, {failed} failed, {skipped} skipped", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
