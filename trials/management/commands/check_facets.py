"""manage.py check_facets: a door to `trials.search.consistency`."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from trials.search.consistency import check_facets


class Command(BaseCommand):
    help = "Compares every facet count with the number of results behind it, over a random walk of queries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queries", type=int, default=100, help="how many queries to walk through (100)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed walks the same way (1)")

    def handle(self, *, queries: int, seed: int, **options: object) -> None:
        if queries < 1:
            raise CommandError("--queries: a number from 1 on is needed")
        checked = counts = differing = 0
        steps = check_facets(queries, seed)
        for step in tqdm(steps, total=queries, desc="Checking", unit="query", file=sys.stderr, disable=None):
            checked, counts, differing = checked + 1, counts + step.counts, differing + len(step.differences)
            for found in step.differences:
                self.stderr.write(
                    f"{found.facet}={found.value}: count {found.count}, results {found.results}, in ?{found.query}"
                )
        self.stdout.write(json.dumps({"queries": checked, "counts": counts, "differences": differing}))
        if differing:
            raise CommandError(f"{differing} counts differ from the results behind them")
