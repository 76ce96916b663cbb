"""`make abuse`: what hostile strangers try, against what `make run` starts on this machine; 1 if it shows.

Each attack ends after its requests or its time. Others read pages meanwhile, and must not wait for a second.
"""

import os
import signal
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from random import Random

from tests.abuse.asking import Tally, others_waiting
from tests.abuse.site import Site, sites

NAMES = ("parameters", "names", "desk", "slow", "bodies", "guessing")
MOST_SECONDS_OF_OTHERS = 1.0


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="make abuse", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="attack", help=f"of {', '.join(NAMES)}; all where none is named")
    parser.add_argument("--minutes", type=float, default=5, help="for each attack, at most")
    parser.add_argument("--seed", type=int, default=1, help="of the order of requests")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no such attack: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    options.names = [name for name in NAMES if name in (options.names or NAMES)]
    return options


def main(arguments: list[str]) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    options = parse(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="abuse-", dir="/tmp") as folder, sites(Path(folder)) as found:
        print(f"{'site':10}{'attack':12}{'requests':>9}{'left':>7}{'5xx':>5}{'slowest':>10}{'others':>9}", flush=True)
        chosen = [(site, name) for site in found for name in options.names if not site.attacks or name in site.attacks]
        shown = sum(attack(site, name, options) for site, name in chosen)
    print(f"\n{shown} of {len(chosen)} attacks show", flush=True)
    return 1 if shown else 0


def attack(site: Site, name: str, options: Namespace) -> bool:
    """Carry one attack out, and print its line; whether it shows."""
    from tests.abuse.attacks import ATTACKS

    tally = Tally(name)
    with others_waiting(site, tally):
        chance, ends = Random(options.seed), time.monotonic() + options.minutes * 60
        left = ATTACKS[name](site, chance, tally, ends)
    number = sum(tally.codes.values())
    print(
        f"{site.name:10}{name:12}{number:9}{left:7}{tally.errors:5}{tally.slowest:9.2f}s{tally.others:8.2f}s"
        f"   {tally.slowest_address}",
        flush=True,
    )
    codes = ", ".join(f"{count} × {code or 'no answer'}" for code, count in sorted(tally.codes.items()))
    print(f"{'':22}{codes}", flush=True)
    for line in tally.bad:
        print(f"{'':22}{line}", flush=True)
    return bool(tally.bad) or tally.errors > 0 or tally.others > MOST_SECONDS_OF_OTHERS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
