"""A list as somebody pastes it from a communiqué, taken apart into its points. Nothing of it is lost.

A point begins with a number (``1.``, ``(2)``, ``۳۔``, ``四、``), a letter in brackets or a bullet; it is taken as such
where the numbers count up from line to line. Lines without a mark, in a list that has some, go on with the point before
them, as the lines of a PDF do; after an empty line, or in a list without marks, each line is a point.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

# Marks that steer the direction of a line stand before all else in it.
STEERS = r"[\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]*"
CHINESE = "一二三四五六七八九十"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
NUMBER = rf"(?P<enclosed>\d{{1,3}}|[{CHINESE}]{{1,3}}|[A-Za-z]{{1,4}})"
MARK = re.compile(
    rf"{STEERS}(?:"
    rf"[(（\[]{STEERS}{NUMBER}{STEERS}[)）\]][.:]?"
    rf"|(?P<number>\d{{1,3}}|[{CHINESE}]{{1,3}})(?:[.)）۔:](?=\s|$|[^\W\d])|[、．])"
    rf"|(?P<letter>[A-Za-z]{{1,4}})[.)](?=\s|$)"
    rf"|(?P<cell>\d{{1,3}})(?=\t)"
    rf"|(?P<circled>[{CIRCLED}])"
    rf"|(?P<bullet>[-–—−*·○□◆✓](?=\s)|[•◦‣⁃▪▫●■➢➤])"
    rf"){STEERS}"
)


@dataclass(frozen=True)
class ListPoint:
    """One point of a list: what stood before it, and the cells of its lines; a line without tabs is one cell."""

    mark: str
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return "; ".join(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class _Line:
    """A line that is not empty; ``orders`` is what its mark can count to, 0 for a bullet."""

    whole: str
    is_after_gap: bool
    mark: str = ""
    orders: frozenset[int] = frozenset()

    def without_mark(self):
        return replace(self, mark="", orders=frozenset())


def points_of(text: str) -> list[ListPoint]:
    """Return the points of a list, in order. All of ``text`` but white space is in their marks and cells."""
    lines = _without_chance_marks(list(_lines(text)))
    is_marked = any(line.mark for line in lines)
    points: list[ListPoint] = []
    for line in lines:
        cells = tuple(" ".join(cell.split()) for cell in line.whole[len(line.mark) :].split("\t"))
        if is_marked and points and not line.mark and not line.is_after_gap:
            former = points[-1].cells
            points[-1] = replace(points[-1], cells=(*former[:-1], f"{former[-1]} {cells[0]}".strip(), *cells[1:]))
        else:
            points.append(ListPoint(line.mark.strip(), cells))
    return points


def _lines(text: str) -> Iterator[_Line]:
    """A mark that stands alone in its line, as lists of web pages are copied, belongs to the next one."""
    is_after_gap, mark = False, ""
    for line in text.splitlines():
        if not line.strip():
            is_after_gap = True
            continue
        whole, mark = f"{mark} {line}" if mark else line, ""
        found = MARK.match(whole)
        if found and found.end() == len(whole):
            mark = whole
            continue
        yield _Line(whole, is_after_gap, found[0], frozenset(_orders(found))) if found else _Line(whole, is_after_gap)
        is_after_gap = False
    if mark:
        yield _Line(mark, is_after_gap)


def _without_chance_marks(lines: list[_Line]) -> list[_Line]:
    """A line that begins with “21.” or “I.” has no mark for that: the numbers of a list count up by one from line to
    line, from 1 on or, where part of it was pasted, from another."""
    numbered = [line for line in lines if line.mark and 0 not in line.orders]
    counts_up = all(
        1 in after.orders or any(order + 1 in after.orders for order in before.orders)
        for before, after in pairwise(numbered)
    )
    if counts_up and (len(numbered) > 1 or (numbered and 1 in numbered[0].orders)):
        return lines
    return [line if 0 in line.orders else line.without_mark() for line in lines]


def _orders(found: re.Match[str]) -> Iterator[int]:
    """What a mark can count to: “i” is one, or the ninth letter."""
    if found["bullet"]:
        yield 0
    if found["circled"]:
        yield CIRCLED.index(found["circled"]) + 1
    number = next(filter(None, found.group("enclosed", "number", "letter", "cell")), "").lower()
    if number.isdecimal():
        yield int(number)
    elif number and number[0] in CHINESE:
        yield from _chinese(number)
    if number and number in LETTERS:
        yield LETTERS.index(number) + 1
    if number in ROMAN:
        yield ROMAN.index(number) + 1


def _chinese(number: str) -> Iterator[int]:
    """Up to 九十九, as lists number their points."""
    tens, ten, ones = number.partition("十")
    if len(tens) <= 1 and len(ones) <= 1 and "十" not in ones:
        first, last = (CHINESE.find(each) + 1 if each else 0 for each in (tens, ones))
        yield (first or 1) * 10 + last if ten else first
