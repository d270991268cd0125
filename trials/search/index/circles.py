"""Distances from a place to the sites of the index. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from pyroaring import BitMap

from trials.search.index.rows import Position
from trials.search.index.state import IndexState, SiteGroup
from trials.search.near import distances
from trials.search.selection import Circle

_MOST_PLACES = 256


@lru_cache(maxsize=_MOST_PLACES)
def _known(place: Position) -> dict[Position, float]:
    """The distances from a place, filled as positions are asked for: towns do not move when trials change."""
    del place
    return {}


def kilometres_from(place: Position, positions: Iterable[Position]) -> Mapping[Position, float]:
    """The distance to each of the positions (and to others)."""
    known = _known(place)
    if unknown := [position for position in positions if position not in known]:
        known.update(zip(unknown, distances(*place, unknown), strict=True))
    return known


def groups_within(state: IndexState, circle: Circle) -> list[tuple[SiteGroup, BitMap]]:
    """The groups of sites whose town lies in the circle."""
    away = kilometres_from((circle.latitude, circle.longitude), state.towns)
    return [
        (group, numbers)
        for group, numbers in state.sites.items()
        if group.kind.position and away[group.kind.position] <= circle.radius
    ]


def by_distance(state: IndexState, among: BitMap, place: Position) -> Iterator[int]:
    """Trials with a site that may recruit, the nearest such site first; then those with other sites; then the rest.

    Trials of the same distance come with the newest update first. None is left out.
    """
    away = kilometres_from(place, state.towns)
    towns = sorted(state.towns, key=away.__getitem__)
    recruiting = {position: town.recruiting for position, town in state.towns.items() if town.recruiting}
    every = {position: town.every for position, town in state.towns.items()}
    left = among
    for having in (recruiting, every):
        wanted = left & BitMap().union(*having.values())
        left = left - wanted
        for _, same in groupby((position for position in towns if position in having), key=away.__getitem__):
            if not wanted:
                break
            found = wanted & BitMap().union(*(having[position] for position in same))
            wanted = wanted - found
            yield from state.orders.sorted(found, "updated", state.everyone)
    yield from state.orders.sorted(left, "updated", state.everyone)
