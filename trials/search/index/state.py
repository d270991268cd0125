"""One version of the index: which trials stand behind each value. Never changes; a change makes a new version.

Bitmaps hold the trials' numbers. Versions share what is the same in both, so that a new one costs what has changed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pyroaring import BitMap

from trials.search.declarations import FACETS
from trials.search.facets import SiteFacet
from trials.search.index.bitmaps import renewed_bitmaps
from trials.search.index.columns import Columns
from trials.search.index.orders import Orders
from trials.search.index.rows import IndexedRow, Position, SiteKind
from trials.search.index.site_table import SITE_FACETS, SiteTable, SiteValues
from trials.vocabulary.registry_terms import may_recruit

Bitmaps = Mapping[str, BitMap]
_MANY = 1 << 64


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """Sites that a search cannot tell apart. may_recruit is of the registry's terms."""

    kind: SiteKind
    may_recruit: bool


class Towns(dict[Position, BitMap]):
    """Trials by the position of a town where they have a site; anywhere are all of them."""

    def __init__(self, towns: Mapping[Position, BitMap]) -> None:
        super().__init__(towns)
        self.anywhere = BitMap().union(*self.values())

    @classmethod
    def of(cls, sites: Iterable[tuple[SiteGroup, BitMap]]) -> "Towns":
        gathered: dict[Position, list[BitMap]] = defaultdict(list)
        for group, numbers in sites:
            if group.kind.position:
                gathered[group.kind.position].append(numbers)
        return cls({position: BitMap.union(*parts) for position, parts in gathered.items()})

    def renewed(self, gone: BitMap, sites: Iterable[tuple[SiteGroup, BitMap]]) -> "Towns":
        """Of the next version; sites are those of the trials that changed."""
        return Towns(renewed_bitmaps(self, gone, Towns.of(sites)))


@dataclass(frozen=True)
class IndexState:
    """values are the trials by facet and value; those of sites are in groups, as choices must hold for one site.

    snapshot is PostgreSQL's, of the moment that this version shows; server tells one set of tables from another.
    everyone are the trials that a search can find. fingerprint is the same in every process that shows the same
    content, trials that the registry gave up included. serial counts the versions of this process.
    """

    snapshot: str
    server: str
    serial: int
    everyone: BitMap
    values: Mapping[str, Bitmaps]
    sites: Mapping[SiteGroup, BitMap]
    columns: Columns
    orders: Orders
    fingerprint: int
    changed_at: datetime | None

    @cached_property
    def site_table(self) -> SiteTable:
        """The sites of every place."""
        return SiteTable((site_values(group), numbers) for group, numbers in self.sites.items())

    @cached_property
    def towns(self) -> Towns:
        """The trials with a site in each town."""
        return Towns.of(self.sites.items())

    @cached_property
    def recruiting_towns(self) -> Towns:
        """The trials with a site in each town that may recruit; towns without such a site are left out."""
        return Towns.of(_recruiting(self.sites))

    def take_over(self, before: "IndexState", gone: BitMap, fresh: Mapping[SiteGroup, BitMap]) -> None:
        """What the version before has made of its sites, brought up to this one: much less work than making it anew.

        Called once, before anybody else sees this version.
        """
        made = before.__dict__.copy()  # where `cached_property` keeps it
        if (table := made.get("site_table")) is not None:
            self.__dict__["site_table"] = table.renewed(
                gone, ((site_values(group), numbers) for group, numbers in fresh.items())
            )
        if (towns := made.get("towns")) is not None:
            self.__dict__["towns"] = towns.renewed(gone, fresh.items())
        if (towns := made.get("recruiting_towns")) is not None:
            self.__dict__["recruiting_towns"] = towns.renewed(gone, _recruiting(fresh))


def _recruiting(sites: Mapping[SiteGroup, BitMap]) -> Iterator[tuple[SiteGroup, BitMap]]:
    return ((group, numbers) for group, numbers in sites.items() if group.may_recruit)


def columns_to_read() -> list[str]:
    """The columns of `Trial` that the declared facets look at."""
    return sorted({column for facet in FACETS.values() for column in facet.reads})


def empty_state(server: str) -> IndexState:
    columns = Columns.empty()
    values: dict[str, Bitmaps] = {name: {} for name, facet in FACETS.items() if not isinstance(facet, SiteFacet)}
    return IndexState("", server, -1, BitMap(), values, {}, columns, Orders(columns), 0, None)


def renewed(
    state: IndexState, changed: Collection[int], rows: Iterable[IndexedRow], snapshot: str, serial: int
) -> IndexState:
    """The version in which the changed trials are as in rows; those without a row are gone."""
    gone = BitMap(changed)
    fresh = _Gathering(state, gone)
    for row in rows:
        fresh.add(row)
    lost = sum(map(state.columns.fingerprint_of, changed))
    after = IndexState(
        snapshot=snapshot,
        server=state.server,
        serial=serial,
        everyone=(state.everyone - gone) | BitMap(fresh.numbers),
        values={name: renewed_bitmaps(state.values[name], gone, fresh.values[name]) for name in state.values},
        sites=renewed_bitmaps(state.sites, gone, fresh.sites),
        columns=fresh.columns,
        orders=state.orders.renewed(fresh.columns, gone, fresh.numbers),
        fingerprint=(state.fingerprint - lost + fresh.fingerprint) % _MANY,
        changed_at=max(filter(None, (state.changed_at, fresh.changed_at)), default=None),
    )
    after.take_over(state, gone, {group: BitMap(numbers) for group, numbers in fresh.sites.items()})
    return after


class _Gathering:
    """Rows sorted into lists of numbers, one list for each value, from which bitmaps are made at once."""

    def __init__(self, state: IndexState, gone: Iterable[int]) -> None:
        self.columns = state.columns.without(gone)
        self.numbers: list[int] = []
        self.fingerprint = 0
        self.changed_at: datetime | None = None
        self.values: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in state.values}
        self.sites: dict[SiteGroup, list[int]] = defaultdict(list)
        self._facets = [facet for facet in FACETS.values() if not isinstance(facet, SiteFacet)]

    def add(self, row: IndexedRow) -> None:
        number = row.number
        self.columns.write(row)
        self.fingerprint += row.fingerprint
        if self.changed_at is None or row.changed_at > self.changed_at:
            self.changed_at = row.changed_at
        if not row.is_still_there:
            return
        self.numbers.append(number)
        for facet in self._facets:
            values = self.values[facet.name]
            for value in facet.indexed_values(row):
                values[value].append(number)
        overall_status = str(row.columns["overall_status"])
        for kind in row.sites:
            self.sites[SiteGroup(kind, may_recruit(kind.status, overall_status))].append(number)


def site_values(group: SiteGroup) -> SiteValues:
    """The values of the site facets, by facet."""
    return {name: facet.value_of(group.kind) for name, facet in SITE_FACETS.items()}
