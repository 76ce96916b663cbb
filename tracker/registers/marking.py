"""Where the terms of a search stand in a text: what a result shows of why it was found."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tracker.records.languages import Composed, Written, in_force
from tracker.records.words import CHINESE, Term, normalised, words_of

# What parts words in any of the scripts; a word keeps the signs that stand over or under its letters.
PARTED = re.compile(r"[^\s\-–—/.,;:!?()\[\]{}“”„«»\"'‘’،؛؟۔。，、；：（）《》「」『』]+")
MOST_CHARACTERS = 180
BEFORE = 60


class Passage(NamedTuple):
    text: Written
    is_marked: bool


def pieces_of(text: str, terms: Iterable[Term]) -> list[Passage]:
    """Return the text in pieces; those that meet a term are marked. Each keeps its language."""
    if isinstance(text, Composed):
        return [piece for part in text.pieces for piece in pieces_of(part, terms)]
    text = text if isinstance(text, Written) else in_force(text)
    return [
        Passage(Written(text[start:end], text.language), is_marked) for start, end, is_marked in _spans(text, terms)
    ]


def excerpt(text: Written, terms: Iterable[Term]) -> list[Passage]:
    """Return as much of the text as fits into a line or two around the first place that meets a term; nothing where
    there is none."""
    first = next((start for start, _end, is_marked in _spans(text, terms) if is_marked), None)
    if first is None:
        return []
    start = text.rfind(" ", 0, max(first - BEFORE, 0)) + 1 if first > BEFORE else 0
    end = len(text)
    if end - start > MOST_CHARACTERS:
        last_space = text.rfind(" ", start, start + MOST_CHARACTERS)
        end = last_space if last_space > first else start + MOST_CHARACTERS
    shown = Written(text[start:end], text.language)
    pieces = pieces_of(shown, terms)
    return [
        *([Passage(Written("… "), False)] if start else []),
        *pieces,
        *([Passage(Written(" …"), False)] if end < len(text) else []),
    ]


def is_said(text: str, term: Term) -> bool:
    """Whether the term stands in a text; a phrase, its words side by side."""
    return term.asked(is_exact=False) in normalised(text)


def _is_marked(words, term):
    """Of a phrase each word by itself, since it is marked word by word."""
    return any(word in term.words if term.is_phrase else word.startswith(term.words[0]) for word in words)


def _spans(text, terms):
    """``[(start, end, whether it meets a term)]`` without gaps; neighbours that are alike are one."""
    terms, spans, done = list(terms), [], 0
    for match in PARTED.finditer(text):
        for start, end, words in _parts(match):
            if any(_is_marked(words, term) for term in terms):
                spans += [(done, start, False), (start, end, True)]
                done = end
    joined: list[tuple[int, int, bool]] = []
    for start, end, is_marked in [*spans, (done, len(text), False)]:
        if start == end:
            continue
        if joined and joined[-1][2] == is_marked:
            joined[-1] = (joined[-1][0], end, is_marked)
        else:
            joined.append((start, end, is_marked))
    return joined


def _parts(match):
    """A word as it stands; of Chinese, which is found by its pairs, each character with the pairs that it is in."""
    text, begin = match.group(), match.start()
    if not CHINESE.search(text):
        yield begin, match.end(), words_of(text)
        return
    for place in range(len(text)):
        around = [text[max(place - 1, 0) : place + 1], text[place : place + 2]]
        yield begin + place, begin + place + 1, [word for pair in around for word in words_of(pair)[:1]]
