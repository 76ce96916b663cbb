"""The command line of `make faults`, shared by the command and the process that it starts for each database."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

NAMES = ("kill", "smtp", "broker", "crowd", "stop", "calendar", "races", "links", "pace", "index", "alerts")
DATABASES = ("sqlite", "postgresql")


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.faults", description="What the product does when its parts fail.")
    parser.add_argument("names", nargs="*", metavar="scenario", help=f"of {', '.join(NAMES)}; all where none is named")
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--commitments", type=int, help="10,000 where not given, or in proportion to --people")
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random here")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pauses", type=int, default=20)
    parser.add_argument("--hours", type=int, default=24, help="of the virtual day of `crowd`")
    parser.add_argument("--races", type=int, default=200)
    parser.add_argument("--mails", type=int, default=1000, help="of `links`")
    parser.add_argument("--tokens", type=int, default=10_000, help="that `links` changes")
    parser.add_argument("--shifts", type=int, default=1000, help="of `calendar`")
    parser.add_argument("--digests", type=int, default=10_000, help="of `pace`")
    parser.add_argument("--seconds", type=float, default=60, help="for which `index` reads and writes")
    parser.add_argument("--starts", type=int, default=12, help="of web processes that `index` kills")
    parser.add_argument("--results", type=Path, help="a file to write the figures to")
    parser.add_argument("--on", help="the name of the database in the environment")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    options.names = options.names or list(NAMES)
    options.commitments = options.commitments or options.people * 10 // 3
    return options
