"""Dates as people type them, in any language of the site: 23.09.2021 and “23 September 2021” are ``2021-09-23``.

What can be read in two ways is refused. What the site itself says of a date is read back as the same notation.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from . import words
from .notation import OPEN, PART, unreadable, validate

LONGEST = 200
YEAR = r"(?P<year>\d{4})"
MONTH = r"(?P<month>1[0-2]|0?[1-9])"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
NTH = rf"{DAY}(?:st|nd|rd|th)?"
NUMBERS = (
    rf"{YEAR}(?P<mark>[-./]){MONTH}(?P=mark){DAY}",
    rf"{YEAR}[-.]{MONTH}",  # 2011/12 may be a season
    rf"{DAY}\. ?{MONTH}\. ?{YEAR}",  # whoever writes points begins with the day
    rf"{MONTH}[-./]{YEAR}",
    rf"(?:{YEAR}年)?(?:{MONTH}月)?(?:{DAY}[日号])?",
    YEAR,
    rf"{NTH}(?:, ?{YEAR})?",
)
EITHER_FIRST = re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/])(?P<other>\d{1,2})(?P=mark)(?P<year>\d{4})")
IN_FIGURES = re.compile(r"(?:\d{4}[-./])?(?P<one>\d{1,2})[-./] ?(?P<other>\d{1,2})(?:[-./] ?\d{4})?")
PARTS_OF_YEAR = {"q1": 33, "q2": 34, "q3": 35, "q4": 36, "h1": 40, "h2": 41}
LAST_DAY_THAT_MAY_BE_A_MONTH = 12


class Piece(NamedTuple):
    """As much of one date as stands in one place: of “3 or 5 May 2022”, the first has only its day."""

    year: str = ""
    month: int = 0
    day: int = 0
    marks: str = ""
    is_year_inferred: bool = False

    @property
    def is_whole(self) -> bool:
        return bool(self.year and (self.month or not self.day))

    @property
    def notation(self) -> str:
        numbers = "".join(f"-{number:02}" for number in (self.month, self.day) if number)
        mark = "%" if {"?", "~"} <= set(self.marks) else self.marks[:1]
        return self.year + "?" * self.is_year_inferred + numbers + mark


def read(text: str) -> str:
    """Return the notation of a date as somebody typed it; raise ``ValidationError`` that says what is wrong with it."""
    plain = tidy(text[: LONGEST + 1])
    close = re.sub(r" ?(/|,|\.\.|\[|\]) ?", r"\1", plain).upper()
    if not close or close.startswith("[") or _is_notation(close):
        validate(close)
        return close
    notation = _notation_of(plain) if len(text) <= LONGEST else None
    if notation is None:
        raise _no_month(plain) or unreadable(text.strip()[:LONGEST])
    validate(notation)
    return notation


def _no_month(text):
    """The error for a day in figures whose month is none; None for what is no day in figures."""
    match = IN_FIGURES.fullmatch(text)
    numbers = [int(match[name]) for name in ("one", "other")] if match else [0]
    if min(numbers) <= LAST_DAY_THAT_MAY_BE_A_MONTH:
        return None
    message = _("“%(value)s” is no day: there are twelve months. Write it as you would say it.")
    return ValidationError(message, params={"value": text})


def tidy(text: str) -> str:
    """Return the text in one form of each letter, with the digits 0 to 9, single spaces and no marks of direction."""
    plain = (str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return re.sub("[‐‑‒–—−]", "-", " ".join(seen.split())).casefold()


def _is_notation(text):
    sides = text.split("/")
    return len(sides) <= 2 and all(side in OPEN or PART.fullmatch(side) for side in sides)


def _notation_of(text):
    """The notation of a date, an interval or a set; None for what is neither."""
    patterns = _patterns()
    for pattern, frame in patterns.open_sides:
        if (match := pattern.fullmatch(text)) and (piece := _piece(match["date"])) and piece.is_whole:
            return frame.format(piece.notation)
    if piece := _piece(text):
        return piece.notation if piece.is_whole else None
    for pattern, frame in patterns.spans:
        if (match := pattern.fullmatch(text)) and (sides := _completed([match["start"], match["end"]])):
            return frame.format(*sides)
    for pattern in patterns.alternatives:
        if (match := pattern.fullmatch(text)) and (members := _completed([*_listed(match["first"]), match["last"]])):
            return f"[{','.join(members)}]"
    return None


def _listed(text):
    """“3, 4” holds two dates, “September 23, 2021” one."""
    return [text] if _piece(text) else re.split(r" ?[,،、] ?", text)


def _completed(texts: list[str]) -> list[str] | None:
    """The notations of dates of which each takes what it lacks from its neighbour; None where one stays without."""
    pieces = [piece for piece in map(_piece, texts) if piece]
    if len(pieces) < len(texts):
        return None
    pieces = _carried(reversed(_carried(reversed(pieces))))
    return [piece.notation for piece in pieces] if all(piece.is_whole for piece in pieces) else None


def _carried(pieces: Iterable[Piece]) -> list[Piece]:
    """Each piece with the year and the month that were named last before it, where it lacks them."""
    found, year, month = [], "", 0
    for piece in pieces:
        full = piece._replace(year=piece.year or year, month=piece.month or (month if piece.day else 0))
        year, month = full.year, full.month
        found.append(full)
    return found


def _piece(text: str) -> Piece | None:
    """One date, or as much of it as there is, with its marks of doubt."""
    for pattern, change in _patterns().frames:
        if match := pattern.fullmatch(text):
            inner = _piece(match["date"])
            return inner and inner._replace(**change | {"marks": inner.marks + change.get("marks", "")})
    if match := EITHER_FIRST.fullmatch(text):
        return _unambiguous(text, int(match["one"]), int(match["other"]), match["year"])
    for pattern, month in _patterns().dates:
        if (match := pattern.fullmatch(text)) and text:
            found = match.groupdict()
            number = month or int(found.get("month") or 0)
            return Piece(found.get("year") or "", number, int(found.get("day") or 0))
    return None


def _unambiguous(text, one, other, year):
    """Of two numbers the one that is no month is the day."""
    if one == other or other > LAST_DAY_THAT_MAY_BE_A_MONTH:
        one, other = other, one
    elif one <= LAST_DAY_THAT_MAY_BE_A_MONTH:
        readings = [Piece(year, month, day).notation for month, day in ((other, one), (one, other))]
        for reading in readings:
            validate(reading)
        message = _(
            "“%(value)s” may be %(one)s or %(other)s. Write %(one_notation)s or %(other_notation)s, or name the month."
        )
        named = zip(("one", "other"), readings, strict=True)
        params = {name: words.in_words(reading) for name, reading in named}
        notations = {"one_notation": readings[0], "other_notation": readings[1]}
        raise ValidationError(message, params={"value": text} | params | notations)
    return Piece(year, other, one) if other <= LAST_DAY_THAT_MAY_BE_A_MONTH else None


# The patterns: those of the words in every language turned round, and what people write beside them.


class Patterns(NamedTuple):
    """``frames`` surround one date and change it; ``dates`` come with the month that they name."""

    open_sides: list[tuple[re.Pattern[str], str]]
    spans: list[tuple[re.Pattern[str], str]]
    alternatives: list[re.Pattern[str]]
    frames: list[tuple[re.Pattern[str], dict[str, Any]]]
    dates: list[tuple[re.Pattern[str], int]]


@lru_cache(maxsize=1)
def _patterns() -> Patterns:
    frames: list[tuple[str, dict[str, Any]]] = [(r"the (?P<date>.+)", {}), (r"(?P<date>.+?) ?%", {"marks": "?~"})]
    frames += [(r"(?P<date>.+?) ?\?", {"marks": "?"}), (r"(?P<date>.+?) ?~", {"marks": "~"})]
    frames += [(r"(?:c\.|ca\.?|circa|around|approximately) ?(?P<date>.+)", {"marks": "~"})]
    frames += _turned(words.UNCERTAIN, {"marks": "?"}, date=".+")
    frames += _turned(words.ABOUT, {"marks": "~"}, date=".+")
    frames += _turned(words.YEAR_INFERRED, {"is_year_inferred": True}, date=".+")
    frames += _turned(words.YEAR_UNKNOWN, {"year": "XXXX"}, date=".+")
    spans = [*_turned(words.SOME_TIME, "[{}..{}]", start=".+", end=".+")]
    spans += [*_turned(words.SPAN, "{}/{}", start=".+", end=".+"), (r"(?P<start>.+) - (?P<end>.+)", "{}/{}")]
    spans += [(r"(?P<start>[^-]+)-(?P<end>[^-]+)", "{}/{}")]
    spans += [(r"(?P<start>[^/]*\d{4}[^/]*)/(?P<end>[^/]*\d{4}[^/]*)", "{}/{}")]
    open_sides = [*_turned(words.ON_OR_BEFORE, "../{}", date=".+"), *_turned(words.ON_OR_AFTER, "{}/..", date=".+")]
    open_sides += [(r"(?:\.\.)? ?/(?P<date>[^/]+)", "../{}"), (r"(?P<date>[^/]+)/ ?(?:\.\.)?", "{}/..")]
    return Patterns(
        open_sides=_compiled(open_sides),
        spans=_compiled(spans),
        alternatives=[pattern for pattern, _none in _compiled(_turned(words.OR, None, first=".+", last=".+"))],
        frames=_compiled(frames),
        dates=_compiled([*((pattern, 0) for pattern in NUMBERS), *_named_months(), *_parts_of_year()]),
    )


def _compiled(patterns):
    return [(re.compile(pattern), meaning) for pattern, meaning in patterns]


def _turned(message, meaning, **groups) -> Iterator[tuple[str, Any]]:
    """The patterns of a message in each language, with groups in the place of its values."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            pattern = re.escape(tidy(str(message)))
        for name, inner in groups.items():
            pattern = pattern.replace(rf"%\({name}\)s", f"(?P<{name}>{inner})")
        yield pattern, meaning


def _named_months():
    for number in MONTHS:
        names = {pattern for pattern, _none in _turned(MONTHS[number], None)}
        with translation.override("en"):
            english = str(MONTHS[number]).casefold()
        names |= {english[:3], "sept"} if english.startswith("sep") else {english[:3]}
        name = rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})\.?"
        yield rf"{NTH}\.?(?: of)? ?{name}(?:,? ?{YEAR})?", number
        yield rf"{name} ?{NTH}(?:,? ?{YEAR})?", number
        yield rf"{name},? ?{YEAR}", number
        yield name, number


def _parts_of_year():
    for number, message in words.DIVISIONS.items():
        yield from _turned(message, number, year=r"\d{4}")
    for name, number in PARTS_OF_YEAR.items():
        yield rf"{name}(?:[ ,/-]*{YEAR})?", number
        yield rf"{YEAR}[ -]?{name}", number
