"""The tables for docs/benchmarks.md. Pure."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

HEAD = (
    "| phase | clients | pause s | requests | pages/s | not 200 | median ms | p95 ms | slowest ms | by kind, p95 ms |"
)
KINDS = ("search", "trial", "match")


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else float(sum(times))


def head() -> str:
    return f"{HEAD}\n|{'---|' * (HEAD.count('|') - 1)}"


def row(phase: str, clients: int, pause: float, answer: Mapping[str, Any]) -> str:
    seen = answer["seen"]
    times = [one[2] for one in seen]
    others = Counter(one[1] for one in seen if one[1] != 200)
    bad = ", ".join(f"{number} of {status or 'no answer'}" for status, number in sorted(others.items())) or "0"
    kinds = [f"{kind} {p95(some):.0f}" for kind in KINDS if (some := [one[2] for one in seen if one[0] == kind])]
    figures = f"{statistics.median(times):.0f} | {p95(times):.0f} | {max(times):.0f} | {', '.join(kinds)}"
    pace = f"{len(seen)} | {len(seen) / answer['seconds']:.1f}"
    return f"| {phase} | {clients} | {pause:g} | {pace} | {bad} | {figures} |"


def ratios(slow: Mapping[tuple[str, float, int], float], few: int, many: int) -> Iterator[str]:
    """slow are 95th percentiles by phase, pause and clients; few and many are numbers of clients of the same kind."""
    for pause in sorted({pause for phase, pause, clients in slow if (phase, clients) == ("refresh", many)}):
        base, under = slow["alone", pause, few], slow["refresh", pause, many]
        kind = f"clients with a pause of {pause:g} s" if pause else "clients without a pause"
        said = f"p95 {under:.0f} ms, {under / base:.1f} times that of {few} such clients alone ({base:.0f} ms)"
        yield f"- {many} {kind}, during a refresh: {said}."


def memory(first: Mapping[str, float], last: Mapping[str, float], most: Mapping[str, float]) -> str:
    lines = ["| process | after warm-up MiB | at the end MiB | most MiB |", "|---|---|---|---|"]
    lines += [f"| {name} | {first[name]:.1f} | {last.get(name, 0):.1f} | {most[name]:.1f} |" for name in first]
    return "\n".join(lines)
