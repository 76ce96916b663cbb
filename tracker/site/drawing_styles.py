"""What the style sheets say of a drawing, as attributes of the drawing itself: for a file, which has no style sheet, in
the light colours."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from django.conf import settings

SHEETS = ("tokens", "base", "components", "findings")
# The properties that SVG knows as attributes too (SVG 2, 6.6), of those that the sheets use.
ATTRIBUTES = {
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order"),
    *("color", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "direction", "overflow"),
}
COMMENT, BLOCK = re.compile(r"/\*.*?\*/", re.S), re.compile(r"([^{}]+)\{([^{}]*)\}")
# An element, classes, or both: what a step of a selector asks of an element. Others are of states, or of languages.
STEP = re.compile(r"([a-z]*)((?:\.[\w-]+)*)")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
LIGHT = re.compile(r"light-dark\(([^(),]+),[^()]*\)")
MIX = re.compile(r"color-mix\(in srgb, (#\w{6}) (\d+)%, (#\w{6})\)")

Asked = tuple[str, frozenset[str]]


class DrawingStyles:
    """``within`` are the classes of what the drawing stands in on its page."""

    def __init__(self, within: frozenset[str]) -> None:
        self.within = within
        # Few kinds of elements, and many of each.
        self._known: dict[Asked, dict[str, str]] = {}

    def of(self, name: str, classes: frozenset[str]) -> dict[str, str]:
        """``{attribute: value}`` of an element; rules that ask for more come later, as in a browser."""
        if (name, classes) not in self._known:
            fitting = [said for rule, said in _rules() if self._fits(rule, name, classes)]
            self._known[name, classes] = {key: value for said in fitting for key, value in said.items()}
        return self._known[name, classes]

    def _fits(self, rule, name, classes):
        *around, (own, asked) = rule
        if own not in ("", name) or not asked <= classes:
            return False
        return all(each in ("", "svg") and wanted <= self.within for each, wanted in around)


@cache
def _rules() -> list[tuple[list[Asked], Mapping[str, str]]]:
    """``[(what is asked of the elements from the outermost on, {attribute: value})]``, those that ask for least first;
    read once. A condition on the size of the screen, or on paper, is met by no file."""
    text = "\n".join((settings.BASE_DIR / "static" / "css" / f"{name}.css").read_text() for name in SHEETS)
    blocks = BLOCK.findall(_without_conditions(COMMENT.sub("", text)))
    variables = {name: value for selector, said in blocks if ":root" in selector for name, value in _said(said)}
    found = []
    for selectors, said in blocks:
        values = {name: _plain(value, variables) for name, value in _said(said) if name in ATTRIBUTES}
        for steps in filter(None, map(_steps, selectors.split(",") if values else ())):
            found.append((steps, values))
    return sorted(found, key=lambda rule: (sum(len(c) for _n, c in rule[0]), sum(bool(n) for n, _c in rule[0])))


def _without_conditions(text: str) -> str:
    """Without blocks in blocks."""
    return re.sub(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)


def _said(block: str) -> Iterator[tuple[str, str]]:
    for declaration in block.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), " ".join(value.split())


def _steps(selector: str) -> list[Asked]:
    """Empty of a selector that asks for anything else."""
    steps = [STEP.fullmatch(step) for step in selector.split()]
    return [(step[1], frozenset(filter(None, step[2].split(".")))) for step in steps if step] if all(steps) else []


def _plain(value: str, variables: Mapping[str, str]) -> str:
    """A value that needs no style sheet."""
    while VARIABLE.search(value):
        value = VARIABLE.sub(lambda match: variables[match[1]], value)
    return MIX.sub(_mixed, LIGHT.sub(r"\1", value)).removesuffix("px")


def _mixed(match):
    one, share, other = match[1], int(match[2]) / 100, match[3]
    parts = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)
