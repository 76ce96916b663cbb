"""A drawing as a file of its own: with its finding above it, its key, and where it is from beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional, east_asian_width
from xml.etree import ElementTree

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from tracker.records.typography import clauses
from tracker.registers.edition import Edition
from tracker.registers.export import LICENCE, LICENCE_ADDRESS

from .drawing_markup import standing_alone, svg
from .drawing_styles import DrawingStyles

# Of text that runs another way (UAX 9).
ISOLATES = ("LRI", "RLI", "FSI", "PDI")
CONTENT_TYPE = "image/svg+xml"
MARGIN, TITLE, SMALL = 24, 20, 12
# Between the lines of text of a size, and of a swatch of the key.
LEADING, SWATCH, GAP = 1.4, 20, 18
# How wide a character is for its size, where nobody knows the typeface: rather too wide; and how much wider in bold.
WIDE, OTHER, BOLD = 1.0, 0.58, 1.1


@dataclass(frozen=True)
class DrawingFile:
    """``template`` draws one ``<svg>`` of ``context``; ``key`` is ``[(template of a swatch, its context, words)]``.
    ``within`` are the classes around it on its page, whose address is ``page``."""

    name: str
    title: str
    template: str
    context: dict
    key: Sequence[tuple[str, dict, str]]
    page: str
    notes: Sequence[str] = ()
    within: frozenset[str] = frozenset({"chart", "finding"})

    def answer(self, edition: Edition) -> HttpResponse:
        """The file; ``edition`` was made for this request, so that it may be kept, and has a mark."""
        response = HttpResponse(self.file(edition), content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{self.name}.svg"'
        response["Link"] = f'<{edition.site}{self.page}>; rel="canonical", <{LICENCE_ADDRESS}>; rel="license"'
        response["Data-Version"] = edition.version
        return response

    def file(self, edition: Edition) -> str:
        return _Sheet(self, edition).text()


class _Sheet:
    """Lays out a file from its upper edge down; right to left where the language is."""

    def __init__(self, drawing, edition):
        self.drawing, self.edition, self.styles = drawing, edition, DrawingStyles(drawing.within)
        self.art = standing_alone(render_to_string(drawing.template, drawing.context), self.styles)
        _left, _top, self.art_width, self.art_height = map(float, self.art.get("viewBox").split())
        self.width, self.y, self.parts = self.art_width + 2 * MARGIN, MARGIN, []
        self.colours = {"soft": self.styles.of("text", frozenset({"text-soft"}))["fill"]}
        self.colours["ink"] = self.styles.of("text", frozenset())["fill"]
        self.paper = self.styles.of("circle", frozenset({"dot"}))["stroke"]

    def text(self):
        self._lines(self.drawing.title, TITLE, self.colours["ink"], font_weight=650)
        self._key()
        self._art()
        for note in self.drawing.notes:
            self._lines(note, SMALL, self.colours["soft"])
        for line in self._source():
            self._lines(line, SMALL, self.colours["soft"])
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(self._root(), encoding="unicode") + "\n"
        )

    def _root(self):
        width, height = f"{self.width:g}", f"{self.y + MARGIN / 2:g}"
        family = self.styles.of("svg", frozenset())["font-family"]
        root = svg("svg", width=width, height=height, viewBox=f"0 0 {width} {height}", role="img", font_family=family)
        root.set("lang", get_language() or "")
        root.append(svg("title", str(self.drawing.title)))
        root.append(svg("desc", " ".join([*self.drawing.notes, *self._source()])))
        root.append(svg("rect", width=width, height=height, fill=self.paper))
        root.extend(self.parts)
        return root

    def _source(self):
        words = _("State of %(day)s, data version %(version)s.")
        state = words % {"day": self.edition.day, "version": self.edition.version}
        address = _from_left_to_right(self.edition.site + self.drawing.page)
        return [str(clauses([_("Digital Cooperation Tracker"), address])), f"{state} {LICENCE}"]

    def _write(self, x, text, size, colour, **further):
        if get_language_bidi():
            x, further = self.width - x, further | {"direction": "rtl"}
        self.parts.append(svg("text", text, x=f"{x:g}", y=f"{self.y:.1f}", font_size=size, fill=colour, **further))

    def _lines(self, text, size, colour, **further):
        most = (self.width - 2 * MARGIN) / size / (BOLD if further else 1)
        for line in _wrapped(str(text), most):
            self.y += size
            self._write(MARGIN, line, size, colour, **further)
            self.y += size * (LEADING - 1)

    def _key(self):
        x, self.y = MARGIN, self.y + SMALL * 2
        for template, context, words in self.drawing.key:
            room = SWATCH + 6 + _ems(words) * SMALL
            if x > MARGIN and x + room > self.width - MARGIN:
                x, self.y = MARGIN, self.y + SMALL * 1.8
            swatch = standing_alone(render_to_string(template, context), self.styles)
            left = self.width - x - SWATCH if get_language_bidi() else x
            for name, value in (("x", left), ("y", self.y - 11), ("width", SWATCH), ("height", 14)):
                swatch.set(name, f"{value:g}")
            self.parts.append(swatch)
            self._write(x + SWATCH + 6, words, SMALL, self.colours["ink"])
            x += room + GAP
        self.y += SMALL

    def _art(self):
        self.y += SMALL
        place = {"x": MARGIN, "y": self.y, "width": self.art_width, "height": self.art_height}
        for name, value in place.items():
            self.art.set(name, f"{value:g}")
        self.parts.append(self.art)
        self.y += self.art_height + SMALL


def _from_left_to_right(text):
    """An address in a line that may run the other way."""
    return f"\u2066{text}\u2069"


def _ems(text):
    return sum(map(_em, text))


def _em(character):
    if east_asian_width(character) in "WF":
        return WIDE
    return 0 if bidirectional(character) in ("NSM", *ISOLATES) else OTHER


def _wrapped(text, most):
    """Lines of at most so many ems; between words, or, in a script without blanks, between signs."""
    lines = [""]
    for word in _words(text):
        if _ems((lines[-1] + word).rstrip()) > most and lines[-1]:
            lines.append("")
            word = word.lstrip()
        lines[-1] += word
    return [line.strip() for line in lines]


def _words(text):
    """Each with the blank before it."""
    word = ""
    for character in text:
        if character == " " or east_asian_width(character) in "WF":
            yield word
            word = ""
        word += character
    yield word
