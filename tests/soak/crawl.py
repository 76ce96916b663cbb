"""Every page in every language and every export, in random order: there, well formed, in the language asked for."""

from collections.abc import Iterable
from random import Random

from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.registers.reading import parse
from tests.registers.taking_away import as_text
from tests.site.crawl import START, links
from tracker.site.addresses import in_language, language_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def run(chance: Random, rounds: Iterable[int]) -> int:
    """One page a round, until none is left; return how many there were."""
    waiting = [in_language(address, language) for address in sorted(START) for language in LANGUAGES]
    known, opened = set(waiting), 0
    for _round in rounds:
        if not waiting:
            break
        place = chance.randrange(len(waiting))
        waiting[place], waiting[-1] = waiting[-1], waiting[place]
        opened += 1
        further = open_page(waiting.pop()) - known
        waiting += sorted(further)
        known |= further
    return opened


def open_page(address: str) -> set[str]:
    """Check one page; return the addresses that it leads to."""
    language = language_of(address.partition("?")[0])
    with translation.override(language):  # in which the page would leave this thread
        response = Client().get(address)
        body = as_text(response.getvalue())
    assert response.status_code == 200, address
    if "text/html" not in response["Content-Type"]:
        assert body, address
        return set()
    root = parse(body)
    assert root.get("lang") == language, address
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert sorted(ids) == sorted(set(ids)), address
    path = address.partition("?")[0]
    return {path + link if link.startswith("?") else link for link in links(body, language)}
