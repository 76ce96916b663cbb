"""`make faults`: the scenarios on SQLite and on a PostgreSQL made for it, then a table; 1 if a target was missed."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.faults.figures import Figure, read
from tests.faults.options import DATABASES, parse
from tests.services.postgres import throwaway_postgres

# As an installation has it: what is committed is on the disk, and dead rows are cleared away.
DURABLE = ()


def main(arguments: list[str]) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    options = parse(arguments)
    databases = DATABASES if options.database == "both" else (options.database,)
    print(f"seed {options.seed}, {options.people} people, {options.commitments} commitments", flush=True)
    found = []
    try:
        for name in databases:
            with a_database(name) as url:
                found += run_on(name, url, arguments)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 128 + signal.SIGINT
    return report(found)


@contextmanager
def a_database(name: str):
    with throwaway_postgres(DURABLE) if name == "postgresql" else nullcontext() as url:
        yield url


def run_on(name: str, url: str | None, arguments: list[str]) -> list[Figure]:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "tests.faults.run", *arguments, "--on", name, "--results", str(results)]
        process = subprocess.Popen(command, env=environment)
        try:
            process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise
        if not results.exists():
            return [Figure("all", name, "ended early", process.returncode, "finished", is_met=False)]
        return read(results)


def report(found: list[Figure]) -> int:
    print("\n" + "\n".join(str(figure) for figure in found))
    missed = [figure for figure in found if not figure.is_met]
    print(f"\n{sum(bool(figure.target) for figure in found)} targets, {len(missed)} missed", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
