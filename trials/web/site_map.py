"""The sites of a trial as a map, and as a table with the same content. Never queries, never asks another server.

The land is a static drawing of our own; here is which part of it is shown, and where the towns lie on it. A town's dot
is a stroke of no length, so that it keeps its size on every screen; its shape tells what its colour tells.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trials.models import Site
from trials.vocabulary.countries import country_name
from trials.vocabulary.place_names import fold_place
from trials.vocabulary.registry_terms import OverallStatus

_LEAST_HEIGHT, _LEAST_WIDTH = 16.0, 26.0  # degrees: less would show neither a coast nor a border
_MARGIN = 0.08  # of the height and width
_NARROWEST, _WIDEST = 1.35, 2.4  # width by height
_FARTHEST = 85.0  # degrees north and south: beyond is ice
_SIZES = ((10, "large"), (3, "medium"), (1, "small"))  # from so many sites on
_MANY = 120  # towns: drawn smaller
_PARTS = ((120.0, "#far"), (45.0, "#middle"), (0.0, ""))  # from so many degrees of longitude on
_LEAST_STRETCH = 0.4


@dataclass(frozen=True, slots=True)
class TownView:
    """One line of the table. recruiting counts those that the record lists so."""

    name: str
    country: str
    sites: int
    recruiting: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Dots:
    """Towns of one look: kind is open or other, path the strokes."""

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
class SiteMap:
    view_box: str
    lands: Sequence[Land]
    dots: Sequence[Dots]
    towns: Sequence[TownView]
    description: str
    unplaced: str
    is_doubtful: bool
    is_crowded: bool

    @property
    def kinds(self) -> set[str]:
        """The looks that the key has to explain."""
        return {dots.kind for dots in self.dots}


def present_map(sites: Iterable[Site], *, doubtful: bool) -> SiteMap | None:
    """The map, None where no site has a place. doubtful: no town is drawn as open, whatever the record says."""
    placed, unplaced = _towns(sites)
    if not placed:
        return None
    west, width = _span(placed)
    north, south = max(town.latitude for town in placed), min(town.latitude for town in placed)
    # A degree of longitude is shorter away from the equator; drawn as long as at the map's middle.
    stretch = max(_LEAST_STRETCH, math.cos(math.radians((north + south) / 2)))
    left, wide, top, high = _window((west - 180.0) * stretch, width * stretch, north, south)
    part = next(name for least, name in _PARTS if wide / stretch >= least)
    lands = [
        Land(_short((turn - 180) * stretch), _short(360 * stretch), part)
        for turn in (-360, 0, 360)
        if (turn - 180) * stretch < left + wide and (turn + 180) * stretch > left
    ]
    return SiteMap(
        view_box=" ".join(_short(number) for number in (left, top, wide, high)),
        lands=lands,
        dots=_dots(placed, west, stretch, doubtful=doubtful),
        towns=placed,
        description=_description(placed, doubtful=doubtful),
        unplaced=_unplaced(unplaced),
        is_doubtful=doubtful,
        is_crowded=len(placed) > _MANY,
    )


def _towns(sites: Iterable[Site]) -> tuple[list[TownView], int]:
    """Sites by town, and how many have no place. The same name far apart is another town."""
    together: dict[tuple[str, str, float, float], list[Site]] = {}
    unplaced = 0
    for site in sites:
        if site.computed_latitude is None or site.computed_longitude is None:
            unplaced += 1
            continue
        place = round(site.computed_latitude), round(site.computed_longitude)
        together.setdefault((site.country_code or site.country, fold_place(site.city), *place), []).append(site)
    towns = [_town(group) for group in together.values()]
    return sorted(towns, key=lambda town: (fold_place(town.country), -town.recruiting, fold_place(town.name))), unplaced


def _town(sites: Sequence[Site]) -> TownView:
    first = sites[0]
    country = country_name(first.country_code, get_language() or "en") if first.country_code else first.country
    recruiting = sum(site.status == OverallStatus.RECRUITING for site in sites)
    # The place was asked for in _towns, but a type cannot say so.
    latitude, longitude = first.computed_latitude or 0.0, first.computed_longitude or 0.0
    return TownView(
        first.city or first.state or _("Town not stated"), country, len(sites), recruiting, latitude, longitude
    )


def _span(towns: Sequence[TownView]) -> tuple[float, float]:
    """The western edge, in degrees from the date line, and the width of the shortest way that holds all towns."""
    longitudes = sorted({_eastward(town.longitude) for town in towns})
    gaps = [
        ((following - here) % 360 or 360.0, following)
        for here, following in zip(longitudes, [*longitudes[1:], longitudes[0]], strict=True)
    ]
    widest, west = max(gaps)
    return west, 360.0 - widest


def _eastward(longitude: float) -> float:
    """Degrees from the date line, 0 to 360: 180 and -180 are one place."""
    return (longitude + 180.0) % 360.0


def _window(left: float, wide: float, north: float, south: float) -> tuple[float, float, float, float]:
    """Left, width, top and height in the map's own units, with a margin and a shape that fits a page."""
    width = max(wide * (1 + 2 * _MARGIN), _LEAST_WIDTH)
    height = max((north - south) * (1 + 2 * _MARGIN), _LEAST_HEIGHT)
    width, height = max(width, height * _NARROWEST), max(height, width / _WIDEST)
    middle = (north + south) / 2
    top = max(-_FARTHEST, min(-middle - height / 2, _FARTHEST - height))
    return left + wide / 2 - width / 2, width, top, height


def _dots(towns: Sequence[TownView], west: float, stretch: float, *, doubtful: bool) -> list[Dots]:
    """Open towns last, so that they lie on top; large ones first within a kind."""
    strokes: dict[tuple[str, str], list[str]] = {}
    for town in towns:
        kind = "open" if town.recruiting and not doubtful else "other"
        size = next(name for least, name in _SIZES if town.sites >= least)
        x = (west - 180.0 + (_eastward(town.longitude) - west) % 360) * stretch
        strokes.setdefault((kind, size), []).append(f"M{_short(x)} {_short(-town.latitude)}h0")
    order = [(kind, size) for kind in ("other", "open") for _least, size in _SIZES]
    return [Dots(kind, size, "".join(strokes[kind, size])) for kind, size in order if (kind, size) in strokes]


def _short(number: float) -> str:
    """Two decimals: a kilometre or so."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"


def _description(towns: Sequence[TownView], *, doubtful: bool) -> str:
    countries = len({town.country for town in towns})
    recruiting = sum(town.recruiting > 0 for town in towns)
    town_words = ngettext("%(count)d town", "%(count)d towns", len(towns)) % {"count": len(towns)}
    country_words = ngettext("%(count)d country", "%(count)d countries", countries) % {"count": countries}
    where = _("Map: sites in %(towns)s in %(countries)s.") % {"towns": town_words, "countries": country_words}
    if not recruiting:
        return where
    said = (
        ngettext(
            "In %(count)d of them a site is listed as recruiting.",
            "In %(count)d of them a site is listed as recruiting.",
            recruiting,
        )
        if doubtful
        else ngettext("In %(count)d of them a site recruits.", "In %(count)d of them a site recruits.", recruiting)
    )
    return f"{where} {said % {'count': recruiting}}"


def _unplaced(count: int) -> str:
    if not count:
        return ""
    said = ngettext(
        "%(count)d site names no place that we can put on a map.",
        "%(count)d sites name no place that we can put on a map.",
        count,
    )
    return said % {"count": count}
