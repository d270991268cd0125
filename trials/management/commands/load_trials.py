"""manage.py load_trials: a door. Reads the arguments, shows progress, prints the result; `trials.ingest` works."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from trials.ingest.files import LoadReport, load_paths, total_bytes


class Command(BaseCommand):
    help = "Loads API v2 records from folders, .json, .jsonl or .jsonl.gz files. Loading a file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)

    def handle(self, *, paths: list[Path], **options: object) -> None:
        report = LoadReport()
        with tqdm(
            total=total_bytes(paths),
            desc="Loading",
            unit="B",
            unit_scale=True,
            file=sys.stderr,
            disable=None,  # a bar on a terminal only
        ) as bar:
            for step in load_paths(paths, report):
                bar.update(step.read_bytes)
                if step.result is not None:
                    bar.set_postfix(records=report.counts.total(), refresh=False)
        for error in report.errors:
            self.stderr.write(f"Error: {error}")
        quarantined = report.as_json()["quarantined"]
        if quarantined:
            records = "record" if quarantined == 1 else "records"
            self.stderr.write(f"{quarantined} {records} could not be loaded: kept in quarantine, with the reason.")
        self.stdout.write(json.dumps(report.as_json()))
        if report.errors or not report.accepted:
            raise CommandError("not everything could be loaded" if report.accepted else "no record could be loaded")
