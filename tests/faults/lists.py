"""Lists as readers see them, with counts and rows; and what the database says that they are to show."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from random import Random
from threading import Event

from django.http import QueryDict
from django.test import override_settings
from django.utils.timezone import localdate

from tests.faults.asked import COUNTED_BY, DRAWN_AT, INDEX
from tracker.records.models import Publication, Slugged
from tracker.registers.listing import Listing
from tracker.registers.register import Register
from tracker.registers.templatetags.registers import facet_options
from tracker.site.registers import REGISTERS

# Of each list some facets: those of a column of its own, and those that name other records.
FACETS = {
    "agreements": ("type", "forum"),
    "meetings": ("kind", "forum"),
    "commitments": ("standing", "strength", "forum"),
    "forums": ("kind",),
    "organisations": ("kind", "country"),
}
LISTS = {register.name: register for register in REGISTERS if register.name in FACETS}
QUERIES = {
    "/agreements/": ("", "sort=title", "type=mou"),
    "/meetings/": ("", "from=2020"),
    "/commitments/": ("", "strength=agreed&sort=title"),
    "/forums/": ("", "sort=-name"),
    "/organisations/": ("",),
}
ADDRESSES = [path + (f"?{query}" if query else "") for path, queries in QUERIES.items() for query in queries]
# Of these only that they answer: their counts are made of the same.
MORE_ADDRESSES = ["/", "/pairs/"]
OPTION = re.compile(
    r'name="(\w+)" value="([^"]*)"[^>]*>\s*'
    r'<span class="facet-label">(.*?)</span>\s*<span class="facet-count">(\d+)<',
    re.DOTALL,
)
COUNT = re.compile(r'id="results-count">(.*?)</p>', re.DOTALL)
ROW = re.compile(r'class="row-title"[^>]*>\s*<a href="([^"]+)"')
Options = dict[str, dict[str, tuple[str, int]]]


@dataclass(frozen=True)
class Shown:
    """The total in words, and of each facet by value its label and number."""

    count: str
    options: Options


@dataclass(frozen=True)
class Answer:
    """Moments are those of ``time.monotonic()``. ``shown`` is what a list showed, where it was one; ``is_kept`` is true
    where the page had been drawn before it was asked for."""

    address: str
    begun: float
    ended: float
    status: int
    shown: Shown | None
    rows: tuple[str, ...]
    is_by_index: bool
    is_kept: bool


def options_of(html: str, names: Sequence[str]) -> Options:
    found: Options = {}
    for name, value, label, number in OPTION.findall(html):
        if name in names:
            found.setdefault(name, {})[value] = label, int(number)
    return found


def expected(address: str) -> Shown:
    """What the database says."""
    path, _, query = address.partition("?")
    register = LISTS[path.strip("/")]
    listing = Listing(_with_some_facets(register), QueryDict(query), localdate())
    with override_settings(INDEX_REGISTERS=False):
        assert not listing.errors, listing.errors
        html = "".join(facet_options(facet["name"], facet["options"]) for facet in listing.facets)
        return Shown(listing.apart_in_words, options_of(html, FACETS[register.name]))


def _with_some_facets(register: Register) -> Register:
    return replace(register, facets=tuple(each for each in register.facets if each.name in FACETS[register.name]))


def public_addresses() -> Iterator[str]:
    """Of all records that any of the lists may show, from the database."""
    for name, register in LISTS.items():
        model = register.records(localdate()).model
        key = "slug" if issubclass(model, Slugged) else "reference"
        for value in model._base_manager.filter(state=Publication.State.PUBLISHED).values_list(key, flat=True):
            yield f"/{name}/{value}/"


def ask(client: HTTPConnection, address: str, beside: str = "") -> Answer:
    """``beside`` is a parameter that the list does not read: nobody has asked for this page before."""
    begun = time.monotonic()
    client.request("GET", address + ("&" if "?" in address else "?") * bool(beside) + beside)
    response = client.getresponse()
    html = response.read().decode()
    ended = time.monotonic()
    is_kept = float(response.getheader(DRAWN_AT, "inf")) < begun
    is_by_index = response.getheader(COUNTED_BY) == INDEX
    rows = tuple(ROW.findall(html))
    return Answer(address, begun, ended, response.status, shown(address, html), rows, is_by_index, is_kept)


def shown(address: str, html: str) -> Shown | None:
    name, count = address.strip("/").partition("/")[0], COUNT.search(html)
    return Shown(count[1].strip(), options_of(html, FACETS[name])) if name in FACETS and count else None


def read_on(port: int, chance: Random, is_over: Event) -> list[Answer]:
    """Ask for one list after the other, as one reader; every other page is drawn anew."""
    answers = []
    with closing(HTTPConnection("localhost", port, timeout=60)) as client:
        while not is_over.is_set():
            address = chance.choice([*ADDRESSES, *ADDRESSES, *MORE_ADDRESSES])
            answers.append(ask(client, address, f"apart={chance.random()}" if chance.random() < 0.5 else ""))
    return answers
