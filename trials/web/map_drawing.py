"""Towns on a map: which part of the world it shows, and where on it they lie. Pure; never asks another server.

The land is a static drawing of our own. A town's dot is a stroke of no length, so that it keeps its size on every
screen; its shape tells what its colour tells.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_LEAST_HEIGHT, _LEAST_WIDTH = 16.0, 26.0  # degrees: less would show neither a coast nor a border
_MARGIN = 0.08  # of the height and width
_NARROWEST, _WIDEST = 1.35, 2.4  # width by height
_FARTHEST = 85.0  # degrees north and south: beyond is ice
_MANY = 120  # towns: drawn smaller
_PARTS = ((120.0, "#far"), (45.0, "#middle"), (0.0, ""))  # from so many degrees of longitude on
_LEAST_STRETCH = 0.4
_WORLD_FROM, _WORLD_WEST = 240.0, 10.0  # from so many degrees on the whole world, cut where it is on other maps: 170° W
KINDS, SIZES = ("other", "open"), ("large", "medium", "small")  # in the order of drawing: what is open lies on top


@dataclass(frozen=True, slots=True)
class Spot:
    """A town to be drawn: kind is one of KINDS, size one of SIZES."""

    latitude: float
    longitude: float
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Towns of one look; path are the strokes."""

    kind: str
    size: str
    path: str


@dataclass(frozen=True, slots=True)
class Land:
    """Where the drawing of the whole world is laid; twice where the map crosses the date line.

    part is what the drawing has for maps of that width: "", or the address within it of one with wider borders.
    """

    x: str
    width: str
    part: str


@dataclass(frozen=True, slots=True)
class MapDrawing:
    view_box: str
    lands: Sequence[Land]
    dots: Sequence[Dots]
    is_crowded: bool

    @property
    def kinds(self) -> set[str]:
        """The looks that the key has to explain."""
        return {dots.kind for dots in self.dots}


def draw_map(spots: Sequence[Spot]) -> MapDrawing:
    """The smallest part of the world that holds all spots, of which there is at least one."""
    west, width = _span(spots)
    margin = _MARGIN
    if width > _WORLD_FROM:
        west, width, margin = _WORLD_WEST, 360.0, 0.0
    north, south = max(spot.latitude for spot in spots), min(spot.latitude for spot in spots)
    # A degree of longitude is shorter away from the equator; drawn as long as at the map's middle.
    stretch = max(_LEAST_STRETCH, math.cos(math.radians((north + south) / 2)))
    left, wide, top, high = _window((west - 180.0) * stretch, width * stretch, north, south, margin)
    part = next(name for least, name in _PARTS if wide / stretch >= least)
    lands = [
        Land(_short((turn - 180) * stretch), _short(360 * stretch), part)
        for turn in (-360, 0, 360)
        if (turn - 180) * stretch < left + wide and (turn + 180) * stretch > left
    ]
    is_crowded = len(spots) > _MANY
    return MapDrawing(
        view_box=" ".join(_short(number) for number in (left, top, wide, high)),
        lands=lands,
        dots=_dots(spots, west, stretch, decimals=1 if is_crowded and part == _PARTS[0][1] else 2),
        is_crowded=is_crowded,
    )


def _span(spots: Sequence[Spot]) -> tuple[float, float]:
    """The western edge, in degrees from the date line, and the width of the shortest way that holds all spots."""
    longitudes = sorted({_eastward(spot.longitude) for spot in spots})
    gaps = [
        ((following - here) % 360 or 360.0, following)
        for here, following in zip(longitudes, [*longitudes[1:], longitudes[0]], strict=True)
    ]
    widest, west = max(gaps)
    return west, 360.0 - widest


def _eastward(longitude: float) -> float:
    """Degrees from the date line, 0 to 360: 180 and -180 are one place."""
    return (longitude + 180.0) % 360.0


def _window(left: float, wide: float, north: float, south: float, margin: float) -> tuple[float, float, float, float]:
    """Left, width, top and height in the map's own units, with a margin and a shape that fits a page."""
    width = max(wide * (1 + 2 * margin), _LEAST_WIDTH)
    height = max((north - south) * (1 + 2 * _MARGIN), _LEAST_HEIGHT)
    width, height = max(width, height * _NARROWEST), max(height, width / _WIDEST)
    middle = (north + south) / 2
    top = max(-_FARTHEST, min(-middle - height / 2, _FARTHEST - height))
    return left + wide / 2 - width / 2, width, top, height


def _dots(spots: Sequence[Spot], west: float, stretch: float, *, decimals: int) -> list[Dots]:
    """Open towns last, large ones first within a kind. Spots that would lie on each other are one stroke."""
    strokes: dict[tuple[str, str], dict[str, None]] = {(kind, size): {} for kind in KINDS for size in SIZES}
    for spot in spots:
        x = (west - 180.0 + (_eastward(spot.longitude) - west) % 360) * stretch
        strokes[spot.kind, spot.size][f"M{_short(x, decimals)} {_short(-spot.latitude, decimals)}h0"] = None
    return [Dots(kind, size, "".join(found)) for (kind, size), found in strokes.items() if found]


def _short(number: float, decimals: int = 2) -> str:
    """Two decimals are a kilometre or so."""
    return f"{number:.{decimals}f}".rstrip("0").rstrip(".") or "0"
