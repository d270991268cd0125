"""Checks every count of the index against the results that SQL finds behind it, over a random walk of queries.

Never writes.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone

from trials.search.declarations import FACETS
from trials.search.filterset import TrialFilterSet
from trials.search.finding import find
from trials.search.index.evaluation import FacetCounts
from trials.search.version import moment

_MOST_CHOICES = 4
_WORDS = (
    "sorafenib",
    "hepatocellular carcinoma",
    "TACE",
    '"portal vein"',
    "cancer -placebo",
    "liver",
    "sorafinib",
    "PD-1",
    "---",
)
_PLACES = ("48.9,2.4", "31.2,121.5", "29.8,-95.4", "-33.9,151.2")
_RADII = ("50", "500", "5000")


@dataclass(frozen=True, slots=True)
class Difference:
    """A value whose count is not the number of results behind it; without facet and value all results of the query."""

    query: str
    facet: str
    value: str
    count: int
    results: int


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    query: str
    counts: int
    differences: tuple[Difference, ...]


def check_facets(queries: int, seed: int) -> Iterator[CheckedQuery]:
    """Walks: each step adds, changes or drops a choice, mostly one that has results. Yields every checked query."""
    chance = random.Random(seed)  # noqa: S311  # a walk that can be repeated, not a secret
    query = QueryDict(mutable=True)
    for _ in range(queries):
        filterset = TrialFilterSet(query)
        with moment() as state:
            found = find(filterset, state)
            counts = found.evaluation.counts()
            checked = sum(len(values) for values in counts.values())
            found_differences = list(differences(filterset, counts, query.urlencode()))
            if (results := filterset.qs.count()) != found.count:
                found_differences.append(Difference(query.urlencode(), "", "", found.count, results))
            yield CheckedQuery(query.urlencode(), checked, tuple(found_differences))
        query = _step(query, counts, chance)


def differences(filterset: TrialFilterSet, counts: FacetCounts, query: str) -> Iterator[Difference]:
    """Every stored and listed value is asked, so that a count that is missing shows too."""
    for name, facet in FACETS.items():
        values = sorted(set(counts[name]) | (set(facet.labels) if len(facet.labels) < 50 else set()))
        aggregates = {
            f"n{i}": Count("pk", filter=Q(facet.condition([value], filterset.selection)))
            for i, value in enumerate(values)
        }
        results = filterset.without(name).aggregate(**aggregates)
        for i, value in enumerate(values):
            if (count := counts[name].get(value, 0)) != results[f"n{i}"]:
                yield Difference(query, name, value, count, results[f"n{i}"])


def _step(query: QueryDict, counts: FacetCounts, chance: random.Random) -> QueryDict:
    following = query.copy()
    chosen = [name for name in following if name in FACETS]
    if len(chosen) >= _MOST_CHOICES or (chosen and chance.random() < 0.3):
        following.pop(chance.choice(chosen))
    if chance.random() < 0.2:
        following["q"] = chance.choice(_WORDS)
    elif chance.random() < 0.3:
        following.pop("q", None)
    if chance.random() < 0.2:
        following["changed_since"] = (timezone.localdate() - timedelta(days=chance.choice((0, 7, 90)))).isoformat()
    else:
        following.pop("changed_since", None)
    if chance.random() < 0.2:
        following["near"], following["radius"] = chance.choice(_PLACES), chance.choice(_RADII)
    else:
        following.pop("near", None)
        following.pop("radius", None)
    name = chance.choice(list(FACETS))
    with_results = [value for value, count in counts[name].items() if count]
    values = with_results if with_results and chance.random() < 0.9 else list(FACETS[name].labels)
    following.setlist(name, chance.sample(values, k=min(len(values), chance.randint(1, 2))))
    return following
