"""Times whole pages of results under several numbers of clients, in turns with an empty page of the same site.

Each number of clients gets pages that nobody has asked for before, one that is asked again and again, and the answer
to a match. It never judges a ratio.
"""

import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from benchmark.site import Site

CLIENTS = (1, 8, 32)
_REPEATED = "/trials/?phase=PHASE3&child_pugh=A"
_EMPTY = "/empty/"
_FRAME = "/frame/"
_MATCH = "/match/"
# A typical second-line patient near Lyon; nothing of a match is kept, so the same one costs as much as another
_PATIENT = urlencode(
    {
        "age": "63",
        "sex": "male",
        "country": "FR",
        "place": "Lyon",
        "cirrhosis": "yes",
        "child_pugh": "A",
        "ecog": "1",
        "vessels": "vp3",
        "spread": "no",
        "tumors": "3",
        "largest_cm": "5",
        "systemic_lines": "1",
        "systemic_classes": "checkpoint_inhibitor",
        "hbv": "none",
        "bilirubin": "20",
        "bilirubin_unit": "µmol/L",
        "albumin": "36",
        "albumin_unit": "g/L",
        "platelets": "120",
        "platelets_unit": "10^9/L",
    }
)


def measure_pages(site: Site, addresses: Sequence[str], turns: int) -> list[dict[str, Any]]:
    """A row for each number of clients and kind of page; addresses are dealt out evenly."""
    if site.ask([_REPEATED] * 8, 8)["statuses"] != {"200": 8}:
        raise RuntimeError("the page of results does not answer with 200; see the web server's log")
    share = len(addresses) // len(CLIENTS)
    rows: list[dict[str, Any]] = []
    for place, clients in enumerate(CLIENTS):
        rows += _measure(site, addresses[place * share : (place + 1) * share], clients, turns)
        print(f"  pages for {clients} client(s) done", file=sys.stderr, flush=True)
    return rows


def _measure(site: Site, addresses: Sequence[str], clients: int, turns: int) -> Iterator[dict[str, Any]]:
    """Turn by turn, so that a slow moment of the machine strikes all kinds alike."""
    times: dict[str, list[float]] = {"empty": [], "frame": [], "different": [], "repeated": [], "match": []}
    statuses: dict[str, Counter[str]] = {name: Counter() for name in times}
    site.ask([_EMPTY] * 20 * clients, clients)
    for turn in range(turns):
        some = addresses[turn::turns]
        few = max(len(some) // 3, clients)
        jobs = {
            "empty": [_EMPTY] * max(2 * len(some), clients),
            "frame": [_FRAME] * max(len(some), clients),
            "different": some,
            "repeated": [_REPEATED] * few,
            "match": [_MATCH] * few,
        }
        for name, paths in jobs.items():
            answer = site.ask(paths, clients, form=_PATIENT if name == "match" else "")
            times[name] += answer["times"]
            statuses[name].update(answer["statuses"])
    empty = statistics.median(times["empty"])
    for name, measured in times.items():
        yield {
            "page": name,
            "clients": clients,
            "requests": len(measured),
            "not_200": len(measured) - statuses[name]["200"],
            "median_ms": statistics.median(measured),
            "p95_ms": statistics.quantiles(measured, n=20)[-1],
            "ratio": statistics.median(measured) / empty,
        }
