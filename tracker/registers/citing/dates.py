"""Dates as citations write them: as exact as they are known, and no more."""

import re

from django.conf import settings
from django.utils import translation

from tracker.records import edtf

# A year, a month or a day, without a mark of doubt: what programs that keep references read as a date.
PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
# Of the styles, whatever language the page is in.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)

Parts = tuple[int, ...]


def parts_of(notation: str) -> tuple[Parts, ...]:
    """The year, month and day that a notation states, as far as it does: once, or twice of a span of two such. Empty
    where there is doubt or an open end, or a part of the year that has no number in a calendar."""
    sides = notation.split("/")
    found = [PLAIN.fullmatch(side) for side in sides]
    if len(sides) > 2 or not all(found):
        return ()
    return tuple(tuple(int(part) for part in each.groups() if part) for each in found if each)


def in_english(notation: str) -> str:
    """“on or before 29 January 2026”: where there is no date in numbers."""
    with translation.override(settings.LANGUAGE_CODE):
        return edtf.in_words(notation)


def year_first(notation: str) -> str:
    """“2026, November 27”, as APA begins with the year; in words where it is no plain date."""
    return _said(notation, lambda year, rest: f"{year}, {rest}" if rest else year)


def month_first(notation: str) -> str:
    """“November 27, 2026”, as both styles write a date in a sentence."""
    return _said(notation, lambda year, rest: f"{rest}, {year}" if " " in rest else f"{rest} {year}".strip())


def _said(notation, put):
    parts = parts_of(notation)
    if len(parts) != 1:
        return in_english(notation)
    year, *rest = parts[0]
    words = [MONTHS[rest[0] - 1], *map(str, rest[1:])] if rest else []
    return put(f"{year:04}", " ".join(words))


def with_slashes(notation: str) -> str:
    """“2026/11/27/”, as RIS writes a date; empty where it is none."""
    parts = parts_of(notation)
    if not parts:
        return ""
    padded = [f"{part:02}" for part in parts[0]] + [""] * (4 - len(parts[0]))
    return "/".join(padded)
