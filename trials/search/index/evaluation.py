"""A search in bitmaps: its results, and the number of results behind every value of every facet. Pure.

Everything that narrows is a part with the numbers that pass it. Results pass all parts; the counts of a facet are
taken among those that pass all parts but its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from trials.search.declarations import FACETS
from trials.search.facets import SiteFacet
from trials.search.index.circles import groups_within
from trials.search.index.postings import Matches
from trials.search.index.state import IndexState, SiteGroup, site_values
from trials.search.selection import Selection

FacetCounts = Mapping[str, Mapping[str, int]]
SITES = "sites"  # the one part of all choices about sites: they hold for one and the same site


@dataclass(frozen=True, slots=True)
class Words:
    """Words that were asked for, or to be left out, with the trials that hold them."""

    typed: str
    matches: Matches
    is_excluded: bool


class Evaluation:
    """words are groups that must (not) occur; changed_since an ordinal day; identified are found by their number."""

    def __init__(
        self,
        state: IndexState,
        selection: Selection,
        words: Sequence[Words] = (),
        changed_since: int | None = None,
        identified: BitMap | None = None,
    ) -> None:
        self.state = state
        self.selection = selection
        self.words = words
        self._changed_since = changed_since
        self.identified = identified or BitMap()

    @cached_property
    def parts(self) -> dict[str, BitMap]:
        """What narrows, by name: a facet, SITES, "changed_since", "q"."""
        parts = {}
        for name, values in self.selection.items():
            if values and not isinstance(FACETS[name], SiteFacet):
                parts[name] = self._with_values(name, values)
        if self.selection.circle or any(self.selection[name] for name in _SITE_FACETS):
            parts[SITES] = self._at_sites()
        if self.words:
            parts["q"] = self.holding(self.words) | self.identified
        if self._changed_since is not None:
            parts["changed_since"] = self._changed(self._changed_since)
        return parts

    @cached_property
    def results(self) -> BitMap:
        return _all_of(self.state.everyone, self.parts.values())

    def without(self, *names: str) -> BitMap:
        """What passes all parts but these."""
        return _all_of(self.state.everyone, (numbers for name, numbers in self.parts.items() if name not in names))

    def counts(self) -> FacetCounts:
        """By facet and value; values without a result are left out."""
        counts: dict[str, dict[str, int]] = {}
        for name, facet in FACETS.items():
            if isinstance(facet, SiteFacet):
                counts[name] = self._counts_of_sites(facet)
            else:
                among = self.without(name) if name in self.parts else self.results
                counts[name] = _count(self.state.values[name].items(), among)
        return counts

    def holding(self, words: Iterable[Words]) -> BitMap:
        """The trials with every group of words, and without those to be left out."""
        found = self.state.everyone
        for group in words:
            found = found - group.matches.anywhere if group.is_excluded else found & group.matches.anywhere
        return found

    def at_sites(self, *, country: bool = True, site_status: bool = True, circle: bool = True) -> BitMap:
        """What passes the choices about sites, some of them left aside."""
        chosen = {
            **self.selection.chosen,
            **({} if country else {"country": ()}),
            **({} if site_status else {"site_status": ()}),
        }
        other = Evaluation(self.state, Selection(chosen, self.selection.circle if circle else None))
        return other.parts.get(SITES, self.state.everyone)

    def _with_values(self, name: str, values: Sequence[str]) -> BitMap:
        found = self.state.values[name]
        return BitMap().union(*(found[value] for value in values if value in found))

    @cached_property
    def _site_groups(self) -> Sequence[tuple[SiteGroup, BitMap]]:
        """The groups of sites in the circle."""
        return groups_within(self.state, self.selection.circle) if self.selection.circle else ()

    def _at_sites(self) -> BitMap:
        facets = [facet for facet in _SITE_FACETS.values() if self.selection[facet.name]]
        return BitMap().union(
            *(
                numbers
                for values, numbers in self._site_values()
                if all(values[facet.name] in self.selection[facet.name] for facet in facets)
            )
        )

    def _site_values(self) -> Iterable[tuple[Mapping[str, str], BitMap]]:
        """The values of the site facets that occur together at one site, with the trials that have such a site."""
        if self.selection.circle:
            for group, numbers in self._site_groups:
                yield dict(site_values(group)), numbers
        else:
            for kind, numbers in self.state.sites_by_value.items():
                yield dict(kind), numbers

    def _counts_of_sites(self, facet: SiteFacet) -> dict[str, int]:
        among = self.without(SITES)
        partner = self.selection[facet.partner]
        found: dict[str, list[BitMap]] = {}
        for values, numbers in self._site_values():
            value = values[facet.name]
            if value and (not partner or values[facet.partner] in partner):
                found.setdefault(value, []).append(numbers)
        return _count(((value, BitMap.union(*parts)) for value, parts in found.items()), among)

    def _changed(self, day: int) -> BitMap:
        changed = self.state.columns.changed
        return BitMap(number for number in self.state.everyone if changed[number] >= day)


_SITE_FACETS: Mapping[str, SiteFacet] = {name: facet for name, facet in FACETS.items() if isinstance(facet, SiteFacet)}


def _all_of(everyone: BitMap, parts: Iterable[BitMap]) -> BitMap:
    found = everyone
    for numbers in parts:
        found = found & numbers
    return found


def _count(values: Iterable[tuple[str, BitMap]], among: BitMap) -> dict[str, int]:
    counts = {}
    for value, numbers in values:
        if number := numbers.intersection_cardinality(among):
            counts[value] = number
    return counts
