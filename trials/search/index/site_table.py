"""The trials by what is chosen about their sites: by one site facet, and by both at one and the same site. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyroaring import BitMap

from trials.search.declarations import FACETS
from trials.search.facets import SiteFacet
from trials.search.index.bitmaps import renewed_bitmaps

SiteValues = Mapping[str, str]  # the value of each site facet, "" where a site has none
SITE_FACETS: Mapping[str, SiteFacet] = {name: facet for name, facet in FACETS.items() if isinstance(facet, SiteFacet)}


class SiteTable:
    """Made from sites that a search cannot tell apart, each with its trials. every are those with any site at all."""

    def __init__(self, sites: Iterable[tuple[SiteValues, BitMap]]) -> None:
        alone: dict[tuple[str, str], list[BitMap]] = defaultdict(list)
        together: dict[tuple[str, str, str], list[BitMap]] = defaultdict(list)
        every = []
        for values, numbers in sites:
            every.append(numbers)
            for name, facet in SITE_FACETS.items():
                if values[name]:
                    alone[name, values[name]].append(numbers)
                    together[name, values[facet.partner], values[name]].append(numbers)
        self.every = BitMap().union(*every)
        self._alone: dict[str, dict[str, BitMap]] = {name: {} for name in SITE_FACETS}
        for (name, value), parts in alone.items():
            self._alone[name][value] = BitMap().union(*parts)
        self._together: dict[tuple[str, str], dict[str, BitMap]] = defaultdict(dict)
        for (name, partner, value), parts in together.items():
            self._together[name, partner][value] = BitMap().union(*parts)

    def renewed(self, gone: BitMap, sites: Iterable[tuple[SiteValues, BitMap]]) -> "SiteTable":
        """Of the next version of the index; sites are those of the trials that changed."""
        fresh, after = SiteTable(sites), SiteTable(())
        after.every = (self.every - gone) | fresh.every
        for name in SITE_FACETS:
            after._alone[name] = renewed_bitmaps(self._alone[name], gone, fresh._alone[name])
        for key in self._together.keys() | fresh._together.keys():
            after._together[key] = renewed_bitmaps(self._together.get(key, {}), gone, fresh._together.get(key, {}))
        return after

    def by_value(self, facet: str, partner_values: Sequence[str] = ()) -> Mapping[str, BitMap]:
        """The trials with a site of each value of the facet; with values of its partner, at a site that has one too."""
        if not partner_values:
            return self._alone[facet]
        first, *others = (self._together.get((facet, value), {}) for value in partner_values)
        if not others:
            return first
        merged = dict(first)
        for other in others:
            for value, numbers in other.items():
                merged[value] = merged[value] | numbers if value in merged else numbers
        return merged

    def chosen(self, choices: Mapping[str, Sequence[str]]) -> BitMap:
        """The trials with one site that has a chosen value of every site facet that has choices."""
        facets = [name for name in SITE_FACETS if choices.get(name)]
        if not facets:
            return self.every
        found = self.by_value(facets[0], choices.get(SITE_FACETS[facets[0]].partner, ()))
        return BitMap().union(*(found[value] for value in choices[facets[0]] if value in found))
