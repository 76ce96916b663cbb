"""`make mutants`: each fault in turn, then a table and the share that was caught; 1 if one was not.

make mutants ARGS="--only 3 17"; ARGS="--list" names them.
"""

import argparse
import signal
import sys
from pathlib import Path

from tests.mutants.chosen import Lines
from tests.mutants.faults import FAULTS
from tests.mutants.trial import Verdict, copied, judge
from tests.services.process import ROOT


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name the faults and end")
    parser.add_argument("--only", type=int, nargs="+", metavar="N", help="these faults, by their numbers")
    parser.add_argument("--seconds", type=float, default=300, help="the most that the tests of one fault may take")
    parser.add_argument("--tree", type=Path, default=ROOT, help="another checkout whose tests are to be tried")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    # A request to end must take the server along, also where a shell in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    options = parse(arguments)
    numbered = dict(enumerate(FAULTS, start=1))
    chosen = {number: numbered[number] for number in options.only or numbered}
    if options.list:
        for number, fault in chosen.items():
            print(f"{number:2}  {fault.database:10}  {fault.file}: {fault.note}")
        return 0
    verdicts: dict[int, Verdict] = {}
    lines = Lines(options.tree, options.tree / ".pytest_cache" / "mutants")
    try:
        with copied(options.tree) as tree:
            for number, fault in chosen.items():
                verdicts[number] = judge(fault, lines.tests(fault), tree, options.seconds)
                print(row(number, verdicts[number]), flush=True)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 128 + signal.SIGINT
    return report(verdicts)


def row(number: int, verdict: Verdict) -> str:
    fault = FAULTS[number - 1]
    by = f" by {verdict.test}" if verdict.is_caught else f" ({verdict.tests} tests)"
    return f"{number:2}  {verdict.word:8} {verdict.seconds:4.0f} s  {fault.file}: {fault.note}{by}"


def report(verdicts: dict[int, Verdict]) -> int:
    missed = [number for number, verdict in verdicts.items() if not verdict.is_caught]
    print(f"\n{len(verdicts) - len(missed)} of {len(verdicts)} caught", flush=True)
    if missed:
        print("not caught:")
        print("\n".join(row(number, verdicts[number]) for number in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
