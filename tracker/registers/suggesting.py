"""“Did you mean …?”: in place of words that nobody has written, those of the records that look most like them."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.records.words import CHINESE, words_of

from .index import Index
from .word_parts import Words

MOST_CANDIDATES = 20
# Of shorter words everything is like everything; in long ones two letters may be wrong.
SHORTEST, LONG = 4, 6


def suggestion(text: str, indexes: Iterable[Index]) -> str:
    """Return the search with other words in place of those that no public record has; empty where there is no word to
    put in the place of one, or none is missing. Whether all of them together are in a record is another question."""
    known = [(index, index.parts["words", column]) for index in indexes for column in ("names", "texts")]
    chunks, is_changed = text.split(), False
    for place, chunk in enumerate(chunks):
        for word in words_of(chunk):
            if any(words.beginning_with(word) & index.all for index, words in known):
                continue
            other = _most_like(word, known)
            if not other:
                return ""
            chunks[place] = " ".join(other if each == word else each for each in words_of(chunks[place]))
            is_changed = True
    return " ".join(chunks) if is_changed else ""


def _most_like(word: str, known: list[tuple[Index, Words]]) -> str:
    """Of the words at the smallest distance the one in most records."""
    if len(word) < SHORTEST or CHINESE.search(word):
        return ""
    most_changes = 1 if len(word) < LONG else 2
    found: dict[str, int] = {}
    for _index, words in known:
        alike = process.extract(
            word, list(words.all()), scorer=OSA.distance, score_cutoff=most_changes, limit=MOST_CANDIDATES
        )
        found |= {other: int(changes) for other, changes, _place in alike}
    numbers = {other: _number(other, known) for other in found}
    written = [other for other in found if numbers[other]]
    return min(written, key=lambda other: (found[other], -numbers[other], other), default="")


def _number(word, known):
    return sum(len(words.exactly(word) & index.all) for index, words in known)
