"""The geometry of a map: which part of the world it shows, and where its numbers have room. East is on the right in
every language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .map_shapes import HEIGHT, WIDTH, MapPlace

# In units of the shapes: around the outermost middles, and how wide it is at least, that neighbours may be known.
MARGIN, LEAST = 130, 700
# How wide it is for its height, where it need not show all the world.
RATIO = {"wide": 2.2, "narrow": 1.5}
DOT, DIGIT, LINE = 4.5, 7.5, 13


@dataclass(frozen=True)
class MapNumber:
    """A number with the middle of its baseline, from the top left of the drawing."""

    text: str
    x: str
    y: str


class MapDrawing:
    """``marks`` are ``[(entry, level)]``, those that matter most first; each entry has a ``place`` and a ``number``.
    ``chosen`` is a country, and its place, if all others are told of it."""

    def __init__(self, marks: Sequence[tuple[Any, int]], chosen: tuple[Any, MapPlace | None], width: int, name: str):
        self._marks, self.width, self.name = marks, width, name
        self.chosen, self.chosen_place = chosen

    @cached_property
    def _window(self):
        """Left, top, width and height of what is shown, in units of the shapes."""
        shown = [entry.place for entry, _level in self._marks] + ([self.chosen_place] if self.chosen_place else [])
        xs, ys = [place.x for place in shown], [place.y for place in shown]
        high, ratio = max(ys) - min(ys) + 2 * MARGIN, RATIO[self.name]
        width = min(WIDTH, max(LEAST, max(xs) - min(xs) + 2 * MARGIN, high * ratio))
        height = min(HEIGHT, max(high, width / ratio))
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

    @property
    def radius(self) -> str:
        """Of a dot, in units of the shapes."""
        return f"{DOT / self._scale:.1f}"

    @property
    def marks(self) -> list[tuple[Any, int]]:
        """Dots after shapes, on which they may lie."""
        return sorted(self._marks, key=lambda mark: not mark[0].place.has_shape)

    @property
    def numbers(self) -> list[MapNumber]:
        """As many as have room, those that matter most first; that of a dot stands above it."""
        left, top, _width, _height = self._window
        found, taken = [], []
        for entry, _level in self._marks:
            text = f"{entry.number:,}"
            x, y = (entry.place.x - left) * self._scale, (entry.place.y - top) * self._scale
            y += LINE / 3 if entry.place.has_shape else -DOT - 3
            box = (x - len(text) * DIGIT / 2, y - LINE, x + len(text) * DIGIT / 2, y)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(MapNumber(text, f"{x:.1f}", f"{y:.1f}"))
        return found


def _within(place, most):
    return max(0, min(place, most))


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
