"""Where each country lies on the map: what ``manage.py make_map`` made of Natural Earth, read once."""

from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from django.conf import settings

FILE = "vendor/world-atlas-2.0.2/countries.svg"
# In units of the file.
WIDTH, HEIGHT = 2000, 870
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class MapPlace:
    """The middle of a country; ``has_shape`` is whether it is large enough to be more than a dot."""

    x: int
    y: int
    has_shape: bool


@cache
def places() -> dict[str, MapPlace]:
    """``{alpha-3 code: place}``; unions, and what no file of Natural Earth knows, are not among them."""
    root = ElementTree.parse(settings.BASE_DIR / "static" / FILE).getroot()
    shapes = {
        each.get("id", ""): _place(each, "data-x", "data-y", True) for each in root.iterfind(f".//{SVG}path[@id]")
    }
    dots = {each.get("id", ""): _place(each, "cx", "cy", False) for each in root.iter(f"{SVG}circle")}
    return dots | shapes


def _place(element, x, y, has_shape):
    return MapPlace(int(element.get(x)), int(element.get(y)), has_shape)
