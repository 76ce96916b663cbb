"""Plain text in columns of letters of one width, as mail programs show it."""

import unicodedata
from textwrap import wrap

WIDTH = 72


def labelled(pairs: list[tuple[str, str]]) -> list[str]:
    """Return lines with the labels in a column of their own, and the values beside them."""
    margin = max(width(label) for label, value in pairs) + 2
    return [line for label, value in pairs for line in _beside(label, value, margin)]


def _beside(label, value, margin):
    first, *rest = wrapped(value, WIDTH - margin) or [""]
    yield label + " " * (margin - width(label)) + first
    yield from (" " * margin + line for line in rest)


def width(text: str) -> int:
    """Return the columns that a text takes: letters of Chinese take two (UAX 11), marks on a letter none."""
    letters = [each for each in text if not unicodedata.combining(each)]
    return len(letters) + sum(unicodedata.east_asian_width(each) in "WF" for each in letters)


def wrapped(text: str, columns: int = WIDTH) -> list[str]:
    """Return the text in lines of at most about so many columns. Addresses are never broken."""
    letters = columns * len(text) // max(1, width(text))
    return wrap(text, letters, break_on_hyphens=False, break_long_words="://" not in text)
