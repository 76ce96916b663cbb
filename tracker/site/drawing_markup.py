"""A drawing of a page made to stand alone: with its colours as attributes, its shapes in it, and whole addresses."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.conf import settings

from tracker.registers.plain import in_lines

from . import map_shapes
from .drawing_styles import DrawingStyles

NAMESPACE = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", NAMESPACE)
# Files of shapes, by the beginning of their names: what follows in an address is a mark of their state.
FILES = {PurePosixPath(path).stem: path for path in ("img/glyphs.svg", map_shapes.FILE)}
# What is for a page alone.
OF_PAGES = ("class", "id", "role", "tabindex", "focusable", "lang", "data-x", "data-y")


def svg(name: str, text: str = "", **attributes: object) -> Element:
    """An element; a minus in the name of an attribute is written as a low line."""
    given = {key.replace("_", "-"): str(value) for key, value in attributes.items() if value not in ("", None)}
    element = Element(f"{{{NAMESPACE}}}{name}", given)
    element.text = text or None
    return element


def standing_alone(markup: str, styles: DrawingStyles) -> Element:
    """The drawing of one ``<svg>`` as it stands in a page."""
    root = ElementTree.fromstring(in_lines(markup).strip().replace("<svg", f'<svg xmlns="{NAMESPACE}"', 1))
    for each in list(root):
        if _name(each) in ("title", "desc"):  # those of the file say it
            root.remove(each)
    return _alone(root, styles)


def _name(element):
    return element.tag.partition("}")[2]


def _alone(element, styles):
    name, classes = _name(element), frozenset(element.get("class", "").split())
    said = styles.of(name, classes)
    if name == "use":
        return _shape(element, said)
    own = {key: value for key, value in element.attrib.items() if key not in OF_PAGES and not key.startswith("aria-")}
    if name == "a":
        own["href"] = settings.SITE_URL + own["href"]
    found = Element(element.tag, own | said)
    found.text, found.tail = _trimmed(element.text), _trimmed(element.tail)
    found.extend(_alone(each, styles) for each in element)
    return found


def _trimmed(text):
    """Blanks between elements, and around text, are those of a template."""
    return " ".join(text.split()) if text else None


def _shape(use, said):
    """What ``use`` takes from a file, in its place."""
    path, _hash, name = use.get("href").partition("#")
    shape = _shapes(FILES[PurePosixPath(path).name.partition(".")[0]])[name]
    kept = {key: value for key, value in shape.attrib.items() if key not in OF_PAGES}
    placed = {key: use.get(key) for key in ("x", "y", "width", "height") if use.get(key)}
    found = Element(shape.tag.replace("symbol", "svg"), kept | placed | said)
    for each in map(deepcopy, shape):
        for key in OF_PAGES:
            each.attrib.pop(key, None)
        each.tail = None
        found.append(each)
    return found


@cache
def _shapes(path: str) -> dict[str, Element]:
    return {name: each for each in _elements(path) if (name := each.get("id"))}


def _elements(path: str) -> Iterator[Element]:
    return ElementTree.parse(settings.BASE_DIR / "static" / path).iter()
