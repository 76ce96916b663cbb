"""Where a canary is seen: in the answers to addresses, and in any other text that leaves the house."""

import re

from tests.registers.taking_away import as_text
from tests.site.canaries import WORD
from tracker.site.addresses import in_language

# Whole words: a signed link is a long row of letters by chance.
NAMED = re.compile(rf"\b{WORD}(?:\d{{3}}|land|per|src|thm)?\b|\b(?:AGR|MTG|COM)-\d{{4,}}", re.IGNORECASE)
SIGNED = "http"  # links in mail are absolute


def ask(client, address, language):
    """Return the status and the text of the answer in a language, which stands in the address of public pages. What a
    signed link leads to speaks that of the person."""
    response = client.get(address if address.startswith(SIGNED) else in_language(address, language))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, as_text(body)


class Leaks:
    """Where a canary was seen: ``{relation: [place]}``."""

    def __init__(self, world):
        self._world, self.found = world, {}
        self._references = {
            canary.record.reference: word
            for word, canary in world.canaries.items()
            if hasattr(canary.record, "reference")
        }

    def look(self, text, place):
        for name in {self._references.get(name.upper(), name.lower()) for name in NAMED.findall(text)}:
            if name.startswith(WORD):
                canary = self._world.canaries.get(name)
                relation = f"{canary.relation}, {canary.state}" if canary else name
                self.found.setdefault(relation, []).append(place)
