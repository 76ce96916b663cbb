"""One fault in a copy of the tree, and the tests that should find it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from tests.mutants.chosen import without_database
from tests.mutants.faults import POSTGRESQL, Fault
from tests.services.postgres import throwaway_postgres

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".pytest_cache", ".ruff_cache", "__pycache__", "var")
PYTEST = ["-m", "pytest", "-n", "0", "-x", "-q", "--tb=no", "-rfE"]
FIRST_FAILURE = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
ALL_PASSED, SOME_FAILED, NONE_RAN = 0, 1, 5


@dataclass(frozen=True)
class Verdict:
    """``test`` is the one that caught the fault; empty where none did, and ``word`` says how that came."""

    word: str
    tests: int
    seconds: float
    test: str = ""

    @property
    def is_caught(self) -> bool:
        return bool(self.test)


@contextmanager
def copied(tree: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mutants-", dir="/tmp") as folder:
        yield Path(shutil.copytree(tree, Path(folder) / "tree", ignore=LEFT_OUT))


@contextmanager
def made(fault: Fault, tree: Path) -> Iterator[None]:
    """The fault is in the tree for the length of the block."""
    path = tree / fault.file
    source = path.read_text()
    if source.count(fault.old) != 1:
        raise ValueError(f"{fault.file} holds {fault.old!r} {source.count(fault.old)} times")
    write(path, source.replace(fault.old, fault.new))
    try:
        yield
    finally:
        write(path, source)


def write(path: Path, source: str) -> None:
    """Python tells a changed file by its length and second: what it compiled before must go."""
    path.write_text(source)
    Path(cache_from_source(str(path))).unlink(missing_ok=True)


def judge(fault: Fault, tests: list[str], tree: Path, seconds: float) -> Verdict:
    """Run the tests until one fails, for so many seconds at most."""
    started = time.monotonic()
    if not tests:
        return Verdict("no test touches it", 0, 0)
    on_its_own = fault.database == POSTGRESQL
    with made(fault, tree), throwaway_postgres() if on_its_own else nullcontext() as url:
        code, printed = run(tests, tree, url, seconds)
    took = time.monotonic() - started
    if code is None:
        return Verdict("out of time", len(tests), took)
    if code in (ALL_PASSED, NONE_RAN):
        return Verdict("survived", len(tests), took)
    failed = FIRST_FAILURE.search(printed)
    if code != SOME_FAILED or not failed:
        return Verdict(f"pytest ended with {code}", len(tests), took)
    return Verdict("caught", len(tests), took, failed[1])


def run(tests: list[str], tree: Path, url: str | None, seconds: float) -> tuple[int | None, str]:
    """The exit code, None if time ran out, and what was printed."""
    chosen = tree / "chosen-tests.txt"
    chosen.write_text("\n".join(tests))
    environment = without_database(os.environ) | ({"DATABASE_URL": url} if url else {})
    command = [sys.executable, *PYTEST, f"@{chosen}"]
    try:
        ended = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None, ""
    return ended.returncode, ended.stdout
