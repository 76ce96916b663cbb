"""Which tests touch a line: run once under coverage, kept as long as neither product nor tests change."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from coverage import Coverage, CoverageData

from tests.mutants.faults import Fault

# Browsers and other programs: which lines they run nobody notes.
RECORDING = ["-m", "not browser", "-p", "tests.mutants.contexts", "-n", "2", "--dist", "loadfile", "-q", "--tb=line"]


class Lines:
    """The lines of a ``tree`` and the tests that run them. ``cache`` is a folder that outlives the run."""

    def __init__(self, tree: Path, cache: Path) -> None:
        self.tree, self.folder = tree, cache / fingerprint(tree)
        if not (self.folder / "lines").exists():
            self.record()

    def record(self) -> None:
        print("Recording which test runs which line ...", flush=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = without_database(os.environ) | {"MUTANTS_FOLDER": str(self.folder)}
        subprocess.run([sys.executable, "-m", "pytest", *RECORDING], cwd=self.tree, env=environment, check=True)
        self.combine()

    def combine(self) -> None:
        whole = Coverage(data_file=self.folder / "lines", config_file=False, messages=False)
        whole.combine([str(path) for path in self.folder.glob("lines.*")])
        whole.save()

    @cached_property
    def _data(self) -> CoverageData:
        data = CoverageData(str(self.folder / "lines"))
        data.read()
        return data

    @cached_property
    def _seconds(self) -> dict[str, float]:
        return {name: s for path in self.folder.glob("seconds-*") for name, s in json.loads(path.read_text()).items()}

    def tests(self, fault: Fault) -> list[str]:
        """The tests that touch the fault: those of its own room first, else quick files first. Every test touches what
        runs on import, and the rows that migrations make: then those that run any line of the file come before all
        others."""
        if fault.tests:
            return list(fault.tests)
        by_line = self._data.contexts_by_lineno(self._recorded(fault))
        source = (self.tree / fault.file).read_text()
        lines = () if "migrations" in Path(fault.file).parts else statement(source, fault.old)
        touching = self._named(name for line in lines for name in by_line.get(line, ()))
        if touching:
            return self._in_order(touching, fault)
        near = self._named(name for names in by_line.values() for name in names)
        return [*self._in_order(near, fault), *self._in_order(set(self._seconds) - near, fault)]

    def _recorded(self, fault: Fault) -> str:
        ends = f"/{fault.file}"
        return next((name for name in self._data.measured_files() if name.endswith(ends)), fault.file)

    def _named(self, contexts: Iterable[str]) -> set[str]:
        """A fixture of several tests is noted by their file: all of them have to do with what it ran."""
        contexts = set(filter(None, contexts))
        files = tuple(f"{name}::" for name in contexts if "::" not in name)
        return {name for name in self._seconds if name in contexts or (files and name.startswith(files))}

    def _in_order(self, tests: set[str], fault: Fault) -> list[str]:
        """File by file, for the sake of what a file sets up once."""
        files = defaultdict(list)
        for name in sorted(tests, key=self._seconds.__getitem__):
            files[name.partition("::")[0]].append(name)
        rooms = set(Path(fault.file).parts)

        def rank(file):
            seconds = sum(map(self._seconds.__getitem__, files[file]))
            return not rooms & set(Path(file).parts[1:-1]), seconds / len(files[file])

        return [name for file in sorted(files, key=rank) for name in files[file]]


def statement(source: str, text: str) -> set[int]:
    """The lines of the innermost statement around ``text``; none where it runs on import and not in a function."""
    first = source[: source.index(text)].count("\n") + 1
    last = first + text.count("\n")
    around = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and node.lineno <= first and last <= node.end_lineno
    ]
    if not any(isinstance(node, ast.FunctionDef) for node in around):
        return set()
    inner = min(around, key=lambda node: node.end_lineno - node.lineno)
    return set(range(inner.lineno, inner.end_lineno + 1))


def fingerprint(tree: Path) -> str:
    digest = hashlib.sha256()
    for top in ("tracker", "agreements", "meetings", "templates", "fixtures", "tests"):
        for path in sorted(path for path in (tree / top).rglob("*.*") if "__pycache__" not in path.parts):
            digest.update(str(path.relative_to(tree)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def without_database(environment) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name != "DATABASE_URL"}
