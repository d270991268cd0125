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
from trials.search.index.site_table import SITE_FACETS, SiteTable
from trials.search.index.state import IndexState, site_values
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
        if self.selection.circle or any(self.selection[name] for name in SITE_FACETS):
            parts[SITES] = self._site_table.chosen(self.selection.chosen)
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
                sites = self._site_table.by_value(name, self.selection[facet.partner])
                counts[name] = _count(sites.items(), self.without(SITES))
            else:
                among = self.without(name) if name in self.parts else self.results
                counts[name] = _count(self.state.values[name].items(), among)
        return counts

    def with_any(self, name: str, values: Sequence[str]) -> BitMap:
        """The trials that a search for these values of the facet, instead of its own choices, would find."""
        facet = FACETS[name]
        if not isinstance(facet, SiteFacet):
            return self._with_values(name, values) & self.without(name)
        having = self._site_table.by_value(name, self.selection[facet.partner])
        return BitMap().union(*(having[value] for value in values if value in having)) & self.without(SITES)

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
    def _site_table(self) -> SiteTable:
        """The sites in the circle, or all of them."""
        if not self.selection.circle:
            return self.state.site_table
        groups = groups_within(self.state, self.selection.circle)
        return SiteTable((site_values(group), numbers) for group, numbers in groups)

    def _changed(self, day: int) -> BitMap:
        changed = self.state.columns.changed
        return BitMap(number for number in self.state.everyone if changed[number] >= day)


def _all_of(everyone: BitMap, parts: Iterable[BitMap]) -> BitMap:
    found = everyone
    for numbers in parts:
        found = found & numbers
    return found


def _count(values: Iterable[tuple[str, BitMap]], among: BitMap) -> dict[str, int]:
    return {value: number for value, numbers in values if (number := among.intersection_cardinality(numbers))}
