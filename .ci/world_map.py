"""Draws static/map/world.svg: .ci/world_map.py countries-50m.json static/map/world.svg. Downloads nothing.

Source: Natural Earth 1:50m Admin 0 countries, version 4.1.0 (https://www.naturalearthdata.com, public domain), as the
TopoJSON of npm's world-atlas 2.0.2 (countries-50m.json), taken on 2026-11-21. Plain equirectangular: x is the longitude
and y the latitude downwards, in twentieths of a degree. The colours stand in the drawing and show on light and dark
paper alike; where the browser lets a drawing have a style of its own, it follows the reader's light or dark setting;
world.svg#middle and world.svg#far then have wider borders, for maps of larger parts of the world. Without Antarctica.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # degrees east and north
_UNITS = 20  # to a degree
_COARSE = 0.015  # square degrees: a bend whose triangle is smaller is left out
_SMALLEST_RING = 0.06  # square degrees: smaller islands are left out
_ANTARCTICA = -60.0  # degrees: land that lies wholly beyond
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3600 -1800 7200 3600" preserveAspectRatio="none">'
    "<style>"
    "#land{fill:#d9d5c8}#borders{stroke:#fff}"
    "#middle:target~#borders{stroke-width:4}#far:target~#borders{stroke-width:8}"
    "@media(prefers-color-scheme:dark){#land{fill:#3a464d}#borders{stroke:#1a2024}}"
    "</style>"
    '<g id="middle"/><g id="far"/>'
)


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in deltas:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    return arcs


def simplified(points: list[Point]) -> list[Point]:
    """Visvalingam: the bend of the smallest triangle goes, until all are large enough. The ends stay."""
    points = list(points)
    while len(points) > 2:
        areas = [_triangle(*points[i - 1 : i + 2]) for i in range(1, len(points) - 1)]
        least = min(areas)
        if least >= _COARSE:
            break
        del points[areas.index(least) + 1]
    return points


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from polygon


def joined(ring: Iterable[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unwrapped(points: list[Point]) -> list[Point]:
    """The line without its leaps from one edge of the map to the other: it may go on beyond 180 degrees."""
    line = points[:1]
    for x, y in points[1:]:
        line.append((x + 360 * round((line[-1][0] - x) / 360), y))
    return line


def copies(points: list[Point]) -> Iterator[list[Point]]:
    """The line, and again one turn further where it leaves the map, so that the other edge has its part."""
    line = unwrapped(points)
    yield line
    for turn in (-360, 360):
        moved = [(x + turn, y) for x, y in line]
        if min(x for x, _ in moved) < 180 and max(x for x, _ in moved) > -180 and not _fits(line):
            yield moved


def _fits(line: list[Point]) -> bool:
    return all(-180 <= x <= 180 for x, _ in line)


def _area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def path(points: list[Point], *, close: bool) -> str:
    """Relative steps in whole units; steps of nothing are left out."""
    whole = [(round(x * _UNITS), round(-y * _UNITS)) for x, y in points]
    x, y = whole[0]
    steps = ""
    for to_x, to_y in whole[1:]:
        if (to_x, to_y) != (x, y):
            steps += f"{to_x - x}{to_y - y:+d} ".replace("+", " ").rstrip() + " "
            x, y = to_x, to_y
    return f"M{whole[0][0]} {whole[0][1]}l{steps.strip()}".replace(" -", "-") + ("z" if close else "") if steps else ""


def main(source: str, target: str) -> None:
    topology = json.loads(Path(source).read_text("utf-8"))
    whole = arcs_of(topology)
    arcs = [simplified(arc) for arc in whole]
    [land] = topology["objects"]["land"]["geometries"]
    coasts = [
        ring
        for numbers in rings_of(land)
        if _area(unwrapped(joined(numbers, whole))) >= _SMALLEST_RING
        and max(y for _, y in joined(numbers, whole)) > _ANTARCTICA
        for ring in copies(joined(numbers, arcs))
    ]
    uses: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        for number in {arc if arc >= 0 else ~arc for ring in rings_of(country) for arc in ring}:
            uses[number] += 1
    shared = [line for number, count in sorted(uses.items()) if count > 1 for line in copies(arcs[number])]
    drawing = (
        f'{_HEAD}<path id="land" fill="#8b9499" d="{"".join(path(ring, close=True) for ring in coasts)}"/>'
        '<path id="borders" fill="none" stroke="#c9ced0" stroke-width="1.6" '
        f'd="{"".join(path(line, close=False) for line in shared)}"/></svg>\n'
    )
    Path(target).write_text(drawing, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
