"""Facet counts: for each value of each facet, how many results choosing it would give. Never writes."""

from collections.abc import Mapping

from trials.search.declarations import FACETS
from trials.search.filterset import TrialFilterSet

FacetCounts = Mapping[str, Mapping[str, int]]


def facet_counts(filterset: TrialFilterSet) -> FacetCounts:
    """Counts by facet and value; a facet's own choices are left out of its counts. One query for all facets."""
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    everything = filterset.qs.order_by()
    queries = []
    for name, facet in FACETS.items():
        trials = filterset.without(name) if filterset.selection[name] else everything
        queries.append(facet.counts(trials, filterset.selection))
    for facet_name, value, number in queries[0].union(*queries[1:], all=True):
        counts[facet_name][value] = number
    return counts
