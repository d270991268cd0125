"""manage.py evaluate_eligibility: a door to `trials.eligibility.evaluation`. Uses no database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trials.eligibility import Fact, read
from trials.eligibility.evaluation import FactScore, GoldFact, evaluate
from trials.ingest.sources import RawDocument, SourceError, find_files, read_file
from trials.registry.errors import RecordError
from trials.registry.parser import parse_record

_LONGEST_QUOTE = 200  # characters


def _documents(path: Path) -> Iterator[RawDocument]:
    for file in find_files(path):
        yield from read_file(file)


def _gold(path: Path) -> Mapping[str, Mapping[str, GoldFact]]:
    """Decided facts by NCT number; files may decide different facts of one record."""
    decided: dict[str, dict[str, GoldFact]] = {}
    for document in _documents(path):
        line = document.data
        if not isinstance(line, dict) or not isinstance(line.get("facts"), dict) or "nct_id" not in line:
            raise CommandError(f"{document.source}: expected an object with nct_id and facts")
        decided.setdefault(str(line["nct_id"]), {}).update(line["facts"])
    return decided


def _triples(
    gold: Mapping[str, Mapping[str, GoldFact]], path: Path, seen: set[str]
) -> Iterator[tuple[str, Mapping[str, GoldFact], Mapping[str, Fact]]]:
    for document in _documents(path):
        try:
            record = parse_record(document.data)
        except RecordError:
            continue
        if record.nct_id in gold and record.nct_id not in seen:
            seen.add(record.nct_id)
            yield record.nct_id, gold[record.nct_id], read(record).facts


class Command(BaseCommand):
    help = "The reader against facts that people decided: accuracy, precision and recall, and every disagreement."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", metavar="GOLD", type=Path, help="decided facts: a .jsonl file or a folder of them")
        parser.add_argument("records", metavar="RECORDS", type=Path, help="API v2 records: a file or a folder")

    def handle(self, *, gold: Path, records: Path, **options: object) -> None:
        seen: set[str] = set()
        try:
            decided = _gold(gold)
            scores = evaluate(_triples(decided, records, seen))
        except SourceError as error:
            raise CommandError(str(error)) from error
        if not seen:
            raise CommandError("none of the decided records is among the records")
        if missing := len(decided) - len(seen):
            self.stderr.write(f"{missing} decided records are not among the records.")
        self._table(scores)
        self._disagreements(scores)
        self.stdout.write(json.dumps({name: _as_json(score) for name, score in scores.items()}))

    def _table(self, scores: Mapping[str, FactScore]) -> None:
        self.stdout.write("| fact | records | accuracy | precision | recall |\n|---|---|---|---|---|")
        for score in scores.values():
            rates = f"{score.accuracy:.3f} | {score.precision:.3f} | {score.recall:.3f}"
            self.stdout.write(f"| {score.fact} | {score.records} | {rates} |")

    def _disagreements(self, scores: Mapping[str, FactScore]) -> None:
        for score in scores.values():
            for one in score.disagreements:
                sentence = one.evidence[0].quote if one.evidence else one.quote
                self.stdout.write(
                    f"{one.nct_id} {one.fact}: expected {one.expected.status} {one.expected.value}, "
                    f"found {one.found.status} {one.found.value}: {' '.join(sentence.split())[:_LONGEST_QUOTE]}"
                )


def _as_json(score: FactScore) -> dict[str, object]:
    return {
        "records": score.records,
        "accuracy": round(score.accuracy, 4),
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
    }
