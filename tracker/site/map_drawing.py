"""The geometry of a map: which part of the world it shows, and where its numbers have room. East is on the right in
every language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .map_shapes import HEIGHT, WIDTH

# In units of the shapes: around the outermost middles, and how wide it is at least, that neighbours may be known.
MARGIN, LEAST = 130, 700
# How wide it is for its height, where it need not show all the world; and in pixels, unless the screen is narrower.
RATIO, WIDE = 2.2, 720
# Of a number in pixels, on wide screens and on narrow ones, where the style sheet draws it so much larger.
DIGIT, LINE, NARROW = 7.5, 13, 2.2
ABOVE_A_DOT = 8


@dataclass(frozen=True)
class MapMark:
    """A country; ``x`` and ``y`` are of its dot, from the top left of the drawing, empty of one that has a shape."""

    entry: Any
    level: int
    x: str = ""
    y: str = ""


@dataclass(frozen=True)
class MapNumber:
    """A number with the middle of its baseline; ``is_tight`` is whether it has no room on narrow screens."""

    text: str
    x: str
    y: str
    is_tight: bool


class MapDrawing:
    """``entries`` are ``[(entry, level)]``, those that matter most first; each entry has a ``place`` and a ``number``.
    ``chosen`` is a country with its place, if all others are told of it."""

    width = WIDE

    def __init__(self, entries: Sequence[tuple[Any, int]], chosen: Any = None) -> None:
        self._entries, self._chosen = entries, chosen

    @cached_property
    def _window(self):
        """Left, top, width and height of what is shown, in units of the shapes."""
        everything = [entry for entry, _level in self._entries] + ([self._chosen] if self._chosen else [])
        xs, ys = [each.place.x for each in everything], [each.place.y for each in everything]
        high = max(ys) - min(ys) + 2 * MARGIN
        width = min(WIDTH, max(LEAST, max(xs) - min(xs) + 2 * MARGIN, high * RATIO))
        height = min(HEIGHT, max(high, width / RATIO))
        left = _within((max(xs) + min(xs) - width) / 2, WIDTH - width)
        top = _within((max(ys) + min(ys) - height) / 2, HEIGHT - height)
        return left, top, width, height

    @property
    def _scale(self):
        return self.width / self._window[2]

    @property
    def height(self) -> str:
        return f"{self._window[3] * self._scale:.0f}"

    @property
    def transform(self) -> str:
        """From the units of the shapes."""
        left, top, _width, _height = self._window
        return f"scale({self._scale:.4f}) translate({-left:.1f} {-top:.1f})"

    def _at(self, place):
        left, top, _width, _height = self._window
        return (place.x - left) * self._scale, (place.y - top) * self._scale

    @property
    def shapes(self) -> list[MapMark]:
        return [MapMark(entry, level) for entry, level in self._entries if entry.place.has_shape]

    @property
    def dots(self) -> list[MapMark]:
        return [self._dot(entry, level) for entry, level in self._entries if not entry.place.has_shape]

    @property
    def chosen(self) -> MapMark | None:
        if self._chosen is None:
            return None
        return MapMark(self._chosen, 0) if self._chosen.place.has_shape else self._dot(self._chosen, 0)

    def _dot(self, entry, level):
        x, y = self._at(entry.place)
        return MapMark(entry, level, f"{x:.1f}", f"{y:.1f}")

    @cached_property
    def numbers(self) -> list[MapNumber]:
        """As many as have room, those that matter most first; that of a dot stands above it."""
        found, wide, narrow = [], [], []
        for entry, _level in self._entries:
            text, (x, y) = f"{entry.number:,}", self._at(entry.place)
            y += LINE / 3 if entry.place.has_shape else -ABOVE_A_DOT
            if _takes(wide, x, y, len(text) * DIGIT, LINE):
                is_roomy = _takes(narrow, x, y, len(text) * DIGIT * NARROW, LINE * NARROW)
                found.append(MapNumber(text, f"{x:.1f}", f"{y:.1f}", not is_roomy))
        return found

    @property
    def has_all_numbers(self) -> bool:
        """Also where the screen is narrow."""
        return len(self.numbers) == len(self._entries) and not any(each.is_tight for each in self.numbers)


def _takes(taken, x, y, width, height):
    """Whether there is room for a box above the middle of its lower edge, which then is taken."""
    box = (x - width / 2, y - height, x + width / 2, y)
    if any(_overlap(box, other) for other in taken):
        return False
    taken.append(box)
    return True


def _within(place, most):
    return max(0, min(place, most))


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
