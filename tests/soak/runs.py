"""The long random runs by name, with what each needs in the database, and the dose that `make test` keeps of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from tests.soak import crawl, editors, index, notations, past, planner, proposals, publication, statuses


@dataclass(frozen=True)
class Run:
    """``template`` is the database that it starts from (``tests.services.database.TEMPLATES``)."""

    run: Callable[[Random, Iterable[int]], object]
    dose: int
    template: str = "empty"


RUNS = {
    "crawl": Run(crawl.run, 60, "starter"),
    "editors": Run(editors.run, 2),
    "index": Run(index.run, 1, "starter"),
    "notations": Run(notations.run, 700),
    "past": Run(past.run, 1),
    "planner": Run(planner.run, 1),
    "proposals": Run(proposals.run, 2),
    "publication": Run(publication.run, 3),
    "statuses": Run(statuses.run, 4),
}
DOSE_SEED = 7
