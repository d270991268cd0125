"""Where the sites of a record are: the published coordinates, else those of the city. Never asks anybody but our towns.

A site whose city is not known, or not in the state that it names, gets none: it is kept, and no distance is made up.
"""

from collections import defaultdict
from collections.abc import Sequence

from trials.ingest.rows import Row
from trials.models import TownName
from trials.vocabulary.town_choice import NamedTown, city_names, city_position, real_position

_OF_THE_TOWN = ("country_code", "region", "latitude", "longitude", "population")


def with_positions(sites: Sequence[Row]) -> list[Row]:
    """The rows of sites with computed_latitude and computed_longitude. One query at most."""
    published = [real_position(_number(site["latitude"]), _number(site["longitude"])) for site in sites]
    without = [site for site, position in zip(sites, published, strict=True) if position is None]
    towns = _towns(without)
    placed = []
    for site, position in zip(sites, published, strict=True):
        found = position or _of_the_city(site, towns)
        latitude, longitude = found or (None, None)
        placed.append({**site, "computed_latitude": latitude, "computed_longitude": longitude})
    return placed


def _number(value: object) -> float | None:
    return value if isinstance(value, float | int) else None


def _towns(sites: Sequence[Row]) -> dict[str, list[NamedTown]]:
    """The towns that the sites' cities may be, by folded name."""
    wanted = {name for site in sites if site["country_code"] for name in city_names(str(site["city"]))}
    towns: dict[str, list[NamedTown]] = defaultdict(list)
    if wanted:
        rows = TownName.objects.filter(folded__in=sorted(wanted)).order_by()
        for folded, *town in rows.values_list("folded", *(f"town__{name}" for name in _OF_THE_TOWN)):
            towns[folded].append(NamedTown(folded, *town))
    return towns


def _of_the_city(site: Row, towns: dict[str, list[NamedTown]]) -> tuple[float, float] | None:
    city, state, country_code = (str(site[name]) for name in ("city", "state", "country_code"))
    if not country_code:
        return None
    called = [town for name in city_names(city) for town in towns.get(name, ())]
    return city_position(city, state, country_code, called)
