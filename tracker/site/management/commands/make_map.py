"""Projects the shapes of countries once, into the file that the map is drawn from."""

import json
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.core.management.base import BaseCommand

# Of the file, for the whole world in Equal Earth (Šavrič, Patterson and Jenny 2018), north of what is left out.
WIDTH, NORTH, SOUTH = 2000, 84, -57
LEFT_OUT = {"ATA"}
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">\n'
    "<!-- Natural Earth 4.1.0, public domain, from world-atlas 2.0.2; Equal Earth. Made by manage.py make_map. -->\n"
)


class Command(BaseCommand):
    help = (
        "Make static/vendor/world-atlas-2.0.2/countries.svg anew: of the folder that “npm pack world-atlas@2.0.2” "
        "brings, and of iso_3166-1.json of Debian’s iso-codes, which knows the three letters of a numeric code."
    )

    def add_arguments(self, parser):
        parser.add_argument("atlas", type=Path)
        parser.add_argument("codes", type=Path)
        parser.add_argument("file", type=Path)

    def handle(self, *, atlas, codes, file, **options):
        known = {each["numeric"]: each["alpha_3"] for each in json.loads(codes.read_text())["3166-1"]}
        large = _countries(json.loads((atlas / "countries-110m.json").read_text()), known)
        small = _countries(json.loads((atlas / "countries-50m.json").read_text()), known)
        drawn = {code for code, _polygons in large}
        shapes = [_shape(code, polygons) for code, polygons in large if code not in LEFT_OUT]
        dots = [_dot(code, polygons) for code, polygons in small if code and code not in drawn | LEFT_OUT]
        parts = ['<g id="land">', *shapes, "</g>", '<g id="small">', *dots, "</g>", "</svg>", ""]
        file.write_text(HEAD.format(width=WIDTH, height=_place((0, SOUTH))[1]) + "\n".join(parts))


def _countries(topology, known):
    """``[(code or empty, [polygon of rings of places])]`` of a file in TopoJSON, in order of their codes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    found = []
    for each in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [each["arcs"]], "MultiPolygon": each["arcs"]}[each["type"]]
        rings = [[part for ring in polygon for part in _parts(_ring(arcs, ring))] for polygon in polygons]
        found.append((known.get(each.get("id"), ""), [list(map(_places, polygon)) for polygon in rings]))
    return sorted(found, key=lambda pair: (not pair[0], pair[0]))


def _ring(arcs, numbers):
    """The places of arcs that follow each other; one that is counted from the end runs backwards (TopoJSON, 2.1.4)."""
    found = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += line[1:] if found else line
    return found


def _parts(ring):
    """The parts of a ring in degrees on either side of the 180th meridian, where it goes across."""
    turned, line = 0, []
    for (longitude, latitude), (before, _latitude) in zip(ring, [ring[0], *ring], strict=False):
        turned += 360 if longitude - before < -180 else -360 if longitude - before > 180 else 0
        line.append((longitude + turned, latitude))
    for turn in (-360, 0, 360):
        part = [(longitude + turn, latitude) for longitude, latitude in line]
        for sign in (1, -1):
            part = _cut(part, sign)
        if len(part) > 2:
            yield part


def _cut(line, sign):
    """What of a ring is west of the 180th meridian (1), or east of it (-1), on the other side of the world."""
    found = []
    for (x, y), (u, v) in pairwise([*line, *line[:1]]):
        if sign * x <= 180:
            found.append((x, y))
        if (sign * x <= 180) != (sign * u <= 180):
            found.append((sign * 180, y + (v - y) * (sign * 180 - x) / (u - x)))
    return found


def _places(ring):
    found = list(map(_place, ring))
    return found if found[0] == found[-1] else [*found, found[0]]


def _place(degrees):
    longitude, latitude = (radians(each) for each in degrees)
    scale = WIDTH / 2 / _equal_earth(radians(180), 0)[0]
    x, y = _equal_earth(longitude, latitude)
    return round(WIDTH / 2 + scale * x), round(scale * (_equal_earth(0, radians(NORTH))[1] - y))


def _equal_earth(longitude, latitude):
    m = sqrt(3) / 2
    t = asin(m * sin(latitude))
    x = longitude * cos(t) / (m * (A1 + 3 * A2 * t**2 + t**6 * (7 * A3 + 9 * A4 * t**2)))
    return x, t * (A1 + A2 * t**2 + t**6 * (A3 + A4 * t**2))


def _shape(code, polygons):
    path = "".join(_path(ring) for polygon in polygons for ring in polygon)
    names = f'id="{code}" data-x="{{}}" data-y="{{}}" '.format(*_middle(polygons)) if code else ""
    return f'<path {names}fill-rule="evenodd" vector-effect="non-scaling-stroke" d="{path}"/>'


def _dot(code, polygons):
    x, y = _middle(polygons)
    return f'<circle id="{code}" cx="{x}" cy="{y}" r="2"/>'


def _path(ring):
    """In steps from one place to the next."""
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(ring[:-1])]
    steps = [f"{x} {y}" for x, y in steps if (x, y) != (0, 0)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-") if len(steps) > 1 else ""


def _middle(polygons):
    """Of the largest part: the centroid of its outer ring, or the mean of its places where it is but a point."""
    ring = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))
    area = _area(ring)
    if not area:
        return tuple(round(sum(each) / len(ring)) for each in zip(*ring, strict=True))
    moments = [(x * v - u * y, x + u, y + v) for (x, y), (u, v) in pairwise(ring)]
    return tuple(round(sum(cross * each[axis] for cross, *each in moments) / (6 * area)) for axis in (0, 1))


def _area(ring):
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2
