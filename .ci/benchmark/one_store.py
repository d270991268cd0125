"""Measures everything on one store, in a process of its own: `python -m benchmark.one_store`. JSON is the last line.

DATABASE_URL names the store, HCCTRIALS_DATA_DIR the folder for logs. It starts and stops the site itself.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--empty-url", required=True, help="a store without trials")
    arguments.add_argument("--rounds", type=int, required=True)
    arguments.add_argument("--turns", type=int, required=True)
    arguments.add_argument("--seconds", type=float, required=True)
    arguments.add_argument("--pages", type=int, required=True)
    asked = arguments.parse_args()
    django.setup()
    print(json.dumps(measure(asked)))


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    # Django's applications have to be set up before anything of theirs is imported
    from benchmark.counting import measure_counts
    from benchmark.freshness import measure_freshness
    from benchmark.pages import CLIENTS, measure_pages
    from benchmark.queries import walk
    from benchmark.site import served
    from trials.models import Trial

    trials = Trial.objects.count()
    figures: dict[str, Any] = {"trials": trials, "counting": measure_counts(asked.rounds, asked.seconds)}
    started = time.perf_counter()
    addresses = list(walk(asked.pages * len(CLIENTS), seed=5))
    print(f"  {len(addresses)} addresses in {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
    log = Path(os.environ["HCCTRIALS_DATA_DIR"]) / "log" / "benchmark-web.log"
    with served(os.environ["DATABASE_URL"], log) as site:
        figures["pages"] = measure_pages(site, addresses, asked.turns)
        figures["memory_mib"] = statistics.mean(site.memory_mib())
        figures["freshness"] = measure_freshness(site, trials, changes=asked.turns)
    with served(asked.empty_url, log) as site:
        site.ask(addresses, 8)
        figures["memory_without_trials_mib"] = statistics.mean(site.memory_mib())
    return figures


if __name__ == "__main__":
    main()
