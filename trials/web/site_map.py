"""The sites of a trial as a map, and as a table with the same content. Never queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trials.models import Site
from trials.vocabulary.countries import country_name
from trials.vocabulary.place_names import fold_place
from trials.vocabulary.registry_terms import OverallStatus
from trials.web.map_drawing import MapDrawing, Spot, draw_map

_SIZES = ((10, "large"), (3, "medium"), (1, "small"))  # from so many sites on


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
class SiteMap:
    drawing: MapDrawing
    towns: Sequence[TownView]
    description: str
    unplaced: str
    is_doubtful: bool


def present_map(sites: Iterable[Site], *, doubtful: bool) -> SiteMap | None:
    """The map, None where no site has a place. doubtful: no town is drawn as open, whatever the record says."""
    placed, unplaced = _towns(sites)
    if not placed:
        return None
    return SiteMap(
        drawing=draw_map([_spot(town, doubtful=doubtful) for town in placed]),
        towns=placed,
        description=_description(placed, doubtful=doubtful),
        unplaced=_unplaced(unplaced),
        is_doubtful=doubtful,
    )


def _spot(town: TownView, *, doubtful: bool) -> Spot:
    kind = "open" if town.recruiting and not doubtful else "other"
    return Spot(town.latitude, town.longitude, kind, next(name for least, name in _SIZES if town.sites >= least))


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
