"""manage.py read_eligibility: a door to `trials.eligibility`. Uses no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from trials.eligibility import read
from trials.ingest.sources import RawDocument, SourceError, document_from_text, find_files, read_file
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record


def _documents(path: str) -> Iterator[RawDocument]:
    if path == "-":
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                yield document_from_text(line, f"line {number}")
        return
    for file in find_files(Path(path)):
        yield from read_file(file)


class Command(BaseCommand):
    help = "Reads the fifteen facts of API v2 records from a file, a folder or - (lines): one line of JSON a record."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="a folder, .json, .jsonl, .jsonl.gz, or - for lines on stdin")

    def handle(self, *, path: str, **options: object) -> None:
        failed = 0
        try:
            for document in tqdm(_documents(path), desc="Reading", unit="record", file=sys.stderr, disable=None):
                try:
                    if document.reason:
                        raise RecordError(document.reason)
                    record = parse_record(document.data)
                except RecordError as error:
                    failed += 1
                    self.stderr.write(f"{document.source}: {error}")
                    continue
                facts = {name: fact.as_json() for name, fact in read(record).facts.items()}
                self.stdout.write(json.dumps({"nct_id": record.nct_id, "facts": facts}, ensure_ascii=False))
        except SourceError as error:
            raise CommandError(str(error)) from error
        if failed:
            raise CommandError(f"{failed} records could not be read")
