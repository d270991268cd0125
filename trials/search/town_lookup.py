"""Towns by name, by likeness and by place. Nothing that is looked up enters a query or stays in memory."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from trials.search.gazetteer import Gazetteer, Named, gazetteer

_BEGINNING = 3  # letters that a misspelt name is expected to have right
_LIKE_ENOUGH, _MOST_SIMILAR, _MOST_COMPARED = 0.72, 6, 4000
_AROUND = (0.5, 5.0)  # degrees: nearly always enough, and the open sea
_FARTHEST_NORTH = 89.0


@dataclass(frozen=True, slots=True)
class FoundTown:
    """A town and the folded name that it was found by; is_own where that is what it is called in the first place."""

    called: str
    is_own: bool
    id: int
    name: str
    country_code: str
    region: str
    qualifier: str
    latitude: float
    longitude: float
    population: int


def towns_called(names: Iterable[str]) -> tuple[FoundTown, ...]:
    """The towns that bear one of these folded names, one entry for each name."""
    towns = gazetteer()
    return tuple(_found(towns, named) for name in dict.fromkeys(names) for named in towns.called(name))


def _found(towns: Gazetteer, named: Named) -> FoundTown:
    number = named.number
    text = towns.text(number)
    return FoundTown(
        named.folded,
        named.is_own,
        text.id,
        text.name,
        text.country_code,
        text.region,
        text.qualifier,
        towns.latitudes[number],
        towns.longitudes[number],
        towns.populations[number],
    )


def in_meaning_order(towns: Iterable[FoundTown]) -> list[FoundTown]:
    """Each town once, the largest first."""
    once = {town.id: town for town in sorted(towns, key=lambda town: town.is_own)}
    return sorted(once.values(), key=lambda town: (-town.population, town.id))


def similar_towns(folded: str) -> tuple[FoundTown, ...]:
    """Towns whose name is nearly this, or begins with it, the likeliest first."""
    if len(folded) < _BEGINNING:
        return ()
    towns, length = gazetteer(), len(folded)
    alike = towns.names_beginning(folded[:_BEGINNING])
    near = [named for named in alike if length - 2 <= len(named.folded) <= length + 4]
    near.sort(key=lambda named: -towns.populations[named.number])
    likeness: dict[int, tuple[float, Named]] = {}
    for named in near[:_MOST_COMPARED]:
        like = _likeness(folded, named.folded)
        if like >= _LIKE_ENOUGH and like > likeness.get(named.number, (0.0, named))[0]:
            likeness[named.number] = (like, named)
    found = [(round(like, 1), _found(towns, named)) for like, named in likeness.values()]
    found.sort(key=lambda pair: (-pair[0], -pair[1].population, pair[1].id))
    return tuple(town for _, town in found[:_MOST_SIMILAR])


def _likeness(typed: str, name: str) -> float:
    if name.startswith(typed):
        return 0.95
    matcher = SequenceMatcher(None, name, typed, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE_ENOUGH else 0.0


def town_at(latitude: float, longitude: float) -> FoundTown | None:
    """The town nearest to a place, None far from all of them."""
    towns = gazetteer()
    for around in _AROUND:
        number = _nearest(towns, latitude, longitude, around)
        if number is not None:
            return _found(towns, Named("", number, is_own=True))
    return None


def _nearest(towns: Gazetteer, latitude: float, longitude: float, around: float) -> int | None:
    """Flat geometry is good enough for a few degrees; the date line lies 360 degrees from itself."""
    scale = math.cos(math.radians(min(abs(latitude), _FARTHEST_NORTH)))
    least, nearest = around, None
    for number in towns.between(latitude - around, latitude + around):
        north, east = towns.latitudes[number] - latitude, (towns.longitudes[number] - longitude + 180) % 360 - 180
        away = math.hypot(north, east * scale)
        if away <= least:
            least, nearest = away, number
    return nearest
