"""`make soak`: the random runs named, one after the other, each until its time is over or something is wrong."""

import logging
import os
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from random import Random, SystemRandom

NAMES = ("crawl", "editors", "index", "notations", "past", "planner", "proposals", "publication", "statuses")
MOST_MINUTES = 20


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}; all where none is named")
    parser.add_argument("--seed", type=int, help="of all that is random; another one each time where not given")
    parser.add_argument("--minutes", type=float, default=5, help=f"for each, {MOST_MINUTES} at most")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no such run: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    if not 0 < options.minutes <= MOST_MINUTES:
        parser.error(f"--minutes is more than 0 and {MOST_MINUTES} at most")
    options.names = options.names or list(NAMES)
    options.seed = SystemRandom().randrange(1_000_000) if options.seed is None else options.seed
    return options


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    print(f"seed {options.seed}, {options.minutes:g} minutes each", flush=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    logging.disable(logging.WARNING)  # a page that is not there is what many of these look for
    failed = 0
    with tempfile.TemporaryDirectory(prefix="soak-", dir="/tmp") as folder:
        for name in options.names:
            failed += not soak(name, options, Path(folder))
    return 1 if failed else 0


def soak(name: str, options: Namespace, folder: Path) -> bool:
    """One run in a database of its own; whether all was right."""
    import django

    django.setup()

    from tests.services.database import copied_database
    from tests.soak.runs import RUNS

    rounds = Rounds(options.minutes * 60)
    with copied_database(folder, folder, name, RUNS[name].template):
        try:
            RUNS[name].run(Random(options.seed), rounds)
        except Exception:
            print(f"{name}: wrong in round {rounds.done}, seed {options.seed}", flush=True)
            sys.excepthook(*sys.exc_info())
            return False
    print(f"{name}: {rounds.done} rounds, all right", flush=True)
    return True


class Rounds:
    """Numbers from 1 on, for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.ends, self.done = time.monotonic() + seconds, 0

    def __iter__(self) -> Iterator[int]:
        while time.monotonic() < self.ends:
            self.done += 1
            yield self.done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
