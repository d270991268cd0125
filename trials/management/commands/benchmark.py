"""manage.py benchmark: a door to `trials.management.measuring`. Prints a table and, last, the same as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trials.management.measuring import largest_trials, measure_load, measure_pages
from trials.models import Trial

_PAGES = (
    "/",
    "/trials/",
    "/trials/?phase=PHASE3&child_pugh=A&country=FR",
    "/trials/?q=sorafenib",
    "/trials/?hcc_scope=hcc&hcc_scope=mixed&hcc_scope=off_topic",
)


class Command(BaseCommand):
    help = "Loads records into an empty store, loads them again, and measures pages on it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
        parser.add_argument("--rounds", type=int, default=40, help="requests for each page (40)")

    def handle(self, *, paths: list[Path], rounds: int, **options: object) -> None:
        if Trial.objects.exists():
            raise CommandError(
                "the store is not empty: set HCCTRIALS_DATA_DIR to a new folder, or use `make benchmark`"
            )
        first = measure_load(paths)
        if not first.records:
            raise CommandError("no records at these paths")
        second = measure_load(paths)
        some = Trial.objects.order_by("nct_id").first()
        trial_page = [some.get_absolute_url()] if some else []
        pages = measure_pages([*_PAGES, *trial_page, *largest_trials()], rounds)
        self.stdout.write(
            "| loading | records | sites | seconds | records/s | peak memory MiB |\n|---|---|---|---|---|---|"
        )
        for name, load in (("first time", first), ("again, unchanged", second)):
            self.stdout.write(
                f"| {name} | {load.records} | {load.sites} | {load.seconds} | {load.records_per_second} "
                f"| {load.peak_memory_mb} |"
            )
        self.stdout.write(
            "\n| page | status | KiB | SQL queries | median ms | p95 ms | median / livez |"
            "\n|---|---|---|---|---|---|---|"
        )
        for page in pages:
            self.stdout.write(
                f"| `{page.url}` | {page.status} | {page.kilobytes} | {page.queries} | {page.median} | {page.p95} "
                f"| {page.ratio} |"
            )
        report = {"first": first.as_json(), "again": second.as_json(), "pages": [page.as_json() for page in pages]}
        self.stdout.write(json.dumps(report))
