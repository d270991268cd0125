"""Facet counts: for each value of each facet, how many results choosing it would give. Never writes."""

from collections.abc import Mapping

from trials.search.declarations import FACETS
from trials.search.facets import Facet, FactFacet
from trials.search.filterset import TrialFilterSet

FacetCounts = Mapping[str, Mapping[str, int]]


def facet_counts(filterset: TrialFilterSet) -> FacetCounts:
    """Counts by facet and value; a facet's own choices are left out of its counts. One query for all facets."""
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    untouched = _untouched_facts(filterset)
    everything = filterset.qs.order_by()
    queries = [FactFacet.counts_of(list(untouched), everything)] if untouched else []
    for name, facet in FACETS.items():
        if name not in untouched.values():
            trials = filterset.without(name) if filterset.selection[name] else everything
            queries.append(facet.counts(trials, filterset.selection))
    for found, value, number in queries[0].union(*queries[1:], all=True):
        counts[untouched.get(found, found)][value] = number
    return counts


def _untouched_facts(filterset: TrialFilterSet) -> dict[str, str]:
    """Facts whose facets have no choice, with the facets' names: they are counted over the same trials, in one pass."""
    facets: list[Facet] = [facet for name, facet in FACETS.items() if not filterset.selection[name]]
    return {facet.fact: facet.name for facet in facets if isinstance(facet, FactFacet)}
