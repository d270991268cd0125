"""The figures as Markdown for docs/benchmarks.md: ratios first of all. It never measures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

Figures = Mapping[str, Any]


def tables(measured: Sequence[Figures]) -> str:
    parts: list[str] = []
    for figures in measured:
        parts += [f"### {figures['trials']:,} trials", _counts(figures["counting"]), _pages(figures["pages"])]
    parts += ["### Both stores" if len(measured) > 1 else "### The store", _growth(measured)]
    return "\n\n".join(parts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _counts(counting: Figures) -> str:
    heads = (
        *("query", "results", "index ms", "tantivy ms", "tantivy / index", "GROUP BY / index", "COUNT / index"),
        *("whole question ms", "first time ms", "counted otherwise: SQL, tantivy"),
    )
    rows = [
        (
            *(f"{row['name']} `{row['query']}`" if row["query"] else row["name"], row["results"]),
            *(_short(row["alone_ms"]), _short(row["tantivy_ms"]), *_times(row)),
            *(
                _short(row["whole_ms"]),
                _short(row["cold_ms"]),
                f"{'-' if row['sql_differs'] is None else row['sql_differs']}, {row['tantivy_differs']}",
            ),
        )
        for row in counting["queries"]
    ]
    return _table(heads, rows)


def _times(row: Figures) -> Iterator[str]:
    """How many times as long the others take as the index."""
    for figure in ("tantivy_ms", "group_by_ms", "count_each_ms"):
        yield _short(row[figure] / row["alone_ms"])


def _pages(pages: Sequence[Figures]) -> str:
    heads = ("page", "clients", "requests", "not answered with 200", "median ms", "p95 ms", "median / empty page")
    rows = [
        (
            *(row["page"], row["clients"], row["requests"], row["not_200"]),
            *(_short(row["median_ms"]), _short(row["p95_ms"]), _short(row["ratio"])),
        )
        for row in pages
    ]
    return _table(heads, rows)


def _growth(measured: Sequence[Figures]) -> str:
    """Each figure for each store, and the largest store's over the smallest's."""
    heads = ["", *(f"{figures['trials']:,} trials" for figures in measured)]
    grows = len(measured) > 1
    rows = []
    for name, values in _figures_of(measured).items():
        growth = _short(values[-1] / values[0]) if values[0] > 0 else ""
        rows.append([name, *map(_short, values), *([growth] if grows else [])])
    return _table([*heads, "growth"] if grows else heads, rows)


def _figures_of(measured: Sequence[Figures]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for figures in measured:
        for name, value in _single_figures(figures):
            found.setdefault(name, []).append(value)
    return {name: values for name, values in found.items() if len(values) == len(measured)}


def _single_figures(figures: Figures) -> Iterator[tuple[str, float]]:
    counting = figures["counting"]
    yield "making the store, s (0: kept)", figures["made_s"]
    yield "making the index, s", counting["index_s"]
    yield "making tantivy's index, s", counting["tantivy_index_s"]
    for figure, name in (
        ("alone_ms", "counting by the index"),
        ("tantivy_ms", "counting by tantivy"),
        ("whole_ms", "whole question"),
        ("cold_ms", "whole question, first time"),
        ("group_by_ms", "one GROUP BY a facet"),
        ("count_each_ms", "one COUNT a value"),
    ):
        yield f"{name}, median of the ten, ms", median(row[figure] for row in counting["queries"])
    for row in figures["pages"]:
        yield f"{row['page']} page, {row['clients']} client(s), median ms", row["median_ms"]
    for clients, times in _matches(figures["pages"]):
        yield f"a match, times a page of results, {clients} client(s)", times
    yield "memory of a web process, MiB", figures["memory_mib"]
    yield "the same on a store without trials, MiB", figures["memory_without_trials_mib"]
    for row in figures["freshness"]:
        yield f"first page after a change ({row['changed']}), ms more", row["first_request_more_ms"]
        yield f"slowest of them ({row['changed']}), ms more", row["slowest_request_more_ms"]
        yield f"pages that did not show it at once ({row['changed']})", row["not_shown_at_once"]


def _matches(pages: Sequence[Figures]) -> Iterator[tuple[int, float]]:
    """How many times as long a match takes as a page of results that nobody asked for before."""
    medians = {(row["page"], row["clients"]): row["median_ms"] for row in pages}
    for page, clients in medians:
        if page == "match":
            yield clients, medians[page, clients] / medians["different", clients]


def _short(value: float) -> str:
    """Three figures that mean something."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
