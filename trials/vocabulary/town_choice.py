"""Which of several towns a published city means. Never guesses between states: a city of another state is not taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trials.vocabulary.place_names import fold_place, regions_of

_IN_BRACKETS = re.compile(r"[(（].*?[)）]")
_KINDS = ("shi", "ku", "si", "gu", "gun", "cho", "machi", "city", "shiqu", "cedex")
_DISTRICT = re.compile(r"\s+\d+$")


@dataclass(frozen=True, slots=True)
class NamedTown:
    """A town with one of its names, folded."""

    folded: str
    country_code: str
    region: str
    latitude: float
    longitude: float
    population: int


def city_names(city: str) -> list[str]:
    """The folded names to look a published city up by, the best first: "Suita-shi, Osaka" is "suita shi" or "suita"."""
    bare = _IN_BRACKETS.sub(" ", city)
    names = [fold_place(text) for text in (city, bare, bare.split(",")[0], bare.split("/")[0])]
    names += [_DISTRICT.sub("", name) for name in names]
    names += [first for name in names for first, _, kind in [name.rpartition(" ")] if kind in _KINDS]
    return [name for name in dict.fromkeys(names) if name]


def city_position(city: str, state: str, country_code: str, towns: Iterable[NamedTown]) -> tuple[float, float] | None:
    """Latitude and longitude of the city, None where no town of that name is known in that state and country."""
    here = [town for town in towns if town.country_code == country_code]
    regions = {name for country, name in regions_of(state) if country == country_code}
    if regions:
        here = [town for town in here if town.region in regions]
    for name in city_names(city):
        if called := [town for town in here if town.folded == name]:
            largest = max(called, key=lambda town: (town.population, town.latitude, town.longitude))
            return largest.latitude, largest.longitude
    return None


def real_position(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """The published coordinates, None where there are none; (0, 0) is in the sea and means that nobody filled it in."""
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude
