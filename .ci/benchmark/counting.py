"""Times facet counts of the ten queries: the site's own, one GROUP BY a facet, one COUNT a value, and tantivy's.

It also compares them: without words, all must count the same. It never judges a ratio.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import QueryDict

from benchmark.compiled import CompiledIndex
from benchmark.engine import Counted, alone, chosen, groups, make_index, whole
from benchmark.group_by import counts_of
from benchmark.queries import TEN
from trials.search.declarations import FACETS
from trials.search.filterset import TrialFilterSet

Row = dict[str, Any]
Ask = Callable[[], Counted]


def measure_counts(rounds: int, seconds: float) -> Row:
    """Milliseconds, by query; making the indexes, in seconds, stands beside them."""
    index = make_index()
    whole("")
    rows = [_cold(name, query) for name, query in TEN.items()]
    ours = {query: alone(query) for query in TEN.values()}
    _warm(rows, "whole_ms", rounds, {query: partial(whole, query) for query in ours})
    _warm(rows, "alone_ms", rounds, ours)
    started = time.perf_counter()
    compiled = CompiledIndex()
    of_tantivy = time.perf_counter() - started
    print(f"  tantivy's index: {of_tantivy:.1f} s", file=sys.stderr, flush=True)
    tantivy = {query: _of_tantivy(compiled, query) for query in ours}
    _warm(rows, "tantivy_ms", rounds, tantivy)
    _warm(rows, "group_by_ms", min(rounds, 3), {query: partial(counts_of, query) for query in ours})
    for row in rows:
        _count_each(row, seconds)
        _compare(row, tantivy[row["query"]])
    return {
        "index_s": index,
        "tantivy_index_s": of_tantivy,
        "tantivy_segments": compiled.segments,
        "queries": rows,
    }


def _of_tantivy(compiled: CompiledIndex, query: str) -> Ask:
    narrowed, words = chosen(query), groups(query)
    return lambda: compiled.counted(narrowed, words)


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = ask()
    return (time.perf_counter() - started) * 1000, answer


def _cold(name: str, query: str) -> Row:
    """The first time in this process: words are new to it."""
    cold, (count, _) = _timed(lambda: whole(query))
    return {"name": name, "query": query, "has_words": bool(groups(query)), "results": count, "cold_ms": cold}


def _warm(rows: list[Row], figure: str, rounds: int, asks: Mapping[str, Ask]) -> None:
    """Medians; the queries take turns, so that none profits from having been asked a moment ago."""
    times: dict[str, list[float]] = {query: [] for query in asks}
    for ask in asks.values():
        ask()
    for _ in range(rounds):
        for query, ask in asks.items():
            times[query].append(_timed(ask)[0])
    for row in rows:
        row[figure] = statistics.median(times[row["query"]])
    print(f"  {figure} done", file=sys.stderr, flush=True)


def _count_each(row: Row, seconds: float) -> None:
    """One COUNT for each value that has results, in random order until the seconds are up; then extrapolated."""
    query = QueryDict(row["query"])
    values = [(name, value) for name, found in whole(row["query"])[1].items() for value in found]
    random.Random(row["query"]).shuffle(values)  # noqa: S311  # an order that can be repeated, not a secret
    started, asked = time.perf_counter(), 0
    for name, value in values:
        filterset = TrialFilterSet(query)
        filterset.without(name).filter(FACETS[name].condition([value], filterset.selection)).count()
        asked += 1
        if time.perf_counter() - started > seconds:
            break
    row["count_each_ms"] = (time.perf_counter() - started) * 1000 * len(values) / max(asked, 1)
    row["values"], row["values_asked"] = len(values), asked


def _compare(row: Row, tantivy: Ask) -> None:
    """The numbers of values that the others count differently than the site does."""
    ours, others = whole(row["query"]), tantivy()
    row["sql_differs"] = _differences(ours, counts_of(row["query"]))
    row["tantivy_differs"], row["tantivy_results"] = _differences(ours, others), others[0]


def _differences(ours: Counted, others: Counted) -> int:
    values = [(name, value) for name in FACETS for value in {*ours[1][name], *others[1][name]}]
    different = sum(ours[1][name].get(value, 0) != others[1][name].get(value, 0) for name, value in values)
    return different + (ours[0] != others[0])
