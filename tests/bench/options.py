"""What `make bench` can be told."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASES = ("sqlite", "postgresql")
NAMED = {"million": 1_000_000}


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="make bench", description="How fast pages and exports are, beside an empty view.")
    parser.add_argument("name", nargs="?", choices=NAMED, help="million: with 1,000,000 commitments")
    parser.add_argument("--commitments", type=int, default=100_000, help="of the sample data; all else in proportion")
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--requests", type=int, default=15, help="of which the median counts, after three to warm up")
    parser.add_argument("--seconds", type=float, default=20, help="at most, for one figure; one request at least")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench", help="where the data are kept")
    parser.add_argument("--only", help="figures in whose name this stands")
    # What `make bench` tells the processes that it starts.
    parser.add_argument("--results", type=Path)
    options = parser.parse_args(arguments)
    if options.name:
        options.commitments = NAMED[options.name]
    if options.commitments < 1 or options.requests < 1:
        parser.error("--commitments and --requests are 1 or more")
    return options
