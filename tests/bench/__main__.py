"""`make bench`: makes sample data where there are none of this version yet, measures on SQLite and on PostgreSQL, and
prints one table."""

import os
import signal
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from tests.bench.data import a_database
from tests.bench.options import DATABASES, parse
from tests.bench.table import Figure, read, table


def main(arguments: list[str]) -> int:
    # A request to end must take the servers along, also where a shell in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    options = parse(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Figure]] = {}
    try:
        for name in DATABASES if options.database == "both" else (options.database,):
            with a_database(name, options, make) as url:
                found[name] = measure(url, arguments)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 128 + signal.SIGINT
    print(f"\n{options.commitments:,} commitments\n{table(found)}", flush=True)
    return 0


def make(url: str, options: Namespace) -> None:
    """Fill an empty database, in a process of its own."""
    run("tests.bench.data", url, ["--commitments", str(options.commitments)])


def measure(url: str, arguments: list[str]) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "figures.json"
        run("tests.bench.run", url, [*arguments, "--results", str(results)])
        return read(results)


def run(module: str, url: str, arguments: list[str]) -> None:
    process = subprocess.Popen([sys.executable, "-m", module, *arguments], env=os.environ | {"DATABASE_URL": url})
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise
    if code:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
