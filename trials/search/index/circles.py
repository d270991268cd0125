"""Distances from a place to the sites of the index. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from pyroaring import BitMap

from trials.search.index.rows import Position
from trials.search.index.state import IndexState, SiteGroup
from trials.search.near import distances
from trials.search.selection import Circle

_MOST_PLACES = 32  # each knows the way to every town


class _Place:
    """What is known of the ways from a place: towns do not move when trials change, only new ones are met."""

    def __init__(self) -> None:
        self.away: dict[Position, float] = {}
        self.order: tuple[int, list[Position]] = (-1, [])  # of the towns of one version of the index, by its serial


@lru_cache(maxsize=_MOST_PLACES)
def _at(place: Position) -> _Place:
    del place
    return _Place()


def kilometres_from(place: Position, positions: Iterable[Position]) -> Mapping[Position, float]:
    """The distance to each of the positions (and to others)."""
    return _filled(_at(place), place, positions).away


def _filled(known: _Place, place: Position, positions: Iterable[Position]) -> _Place:
    if unknown := [position for position in positions if position not in known.away]:
        known.away.update(zip(unknown, distances(*place, unknown), strict=True))
    return known


def _in_order(state: IndexState, place: Position) -> _Place:
    """With the towns of this version of the index in order."""
    known = _at(place)
    if known.order[0] != state.serial:
        _filled(known, place, state.towns)
        known.order = (state.serial, sorted(state.towns, key=known.away.__getitem__))
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
    known = _in_order(state, place)
    away, (_, towns) = known.away, known.order
    left = among
    for having in (state.recruiting_towns, state.towns):
        wanted = left & having.anywhere
        left = left - wanted
        for _, same in groupby((position for position in towns if position in having), key=away.__getitem__):
            if not wanted:
                break
            if found := wanted & BitMap.union(*(having[position] for position in same)):
                wanted = wanted - found
                yield from state.orders.sorted(found, "updated", state.everyone)
    yield from state.orders.sorted(left, "updated", state.everyone)
