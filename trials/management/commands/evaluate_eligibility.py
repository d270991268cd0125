"""manage.py evaluate_eligibility: a door to `trials.eligibility.evaluation`. Uses no database."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trials.eligibility.evaluation import Disagreement, FactScore
from trials.ingest.sources import SourceError
from trials.management.gold import GoldError, SetScore, read_gold, score_sets
from trials.management.score_tables import MarkerError, generated_part, heading, replace_generated, table

NamedPath = tuple[str, Path]


def _named(text: str) -> NamedPath:
    name, _, path = (part.strip() for part in text.partition("="))
    if not (name and path) or not name.isprintable():
        raise ArgumentTypeError(f"expected NAME=GOLD, found {text!r}")
    return name, Path(path)


class Command(BaseCommand):
    help = "The reader against facts that people decided: accuracy, precision and recall, and every disagreement."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        named: dict[str, Any] = {"type": _named, "action": "append", "default": [], "metavar": "NAME=GOLD"}
        parser.add_argument("gold", metavar="GOLD", type=Path, help="decided facts: a .jsonl file or a folder of them")
        parser.add_argument("records", metavar="RECORDS", type=Path, help="API v2 records: a file or a folder")
        parser.add_argument("--also", **named, help="a further set, with a table and disagreements of its own")
        parser.add_argument("--sealed", **named, help="the same, numbers alone: nobody learns from its disagreements")
        parser.add_argument(
            "--records-too", metavar="RECORDS", type=Path, action="append", default=[], help="further API v2 records"
        )
        parser.add_argument(
            "--write", metavar="FILE", type=Path, help="put the tables between the markers of this file"
        )

    def handle(
        self,
        *,
        gold: Path,
        records: Path,
        also: Sequence[NamedPath],
        sealed: Sequence[NamedPath],
        records_too: Sequence[Path],
        write: Path | None,
        **options: object,
    ) -> None:
        if write:
            _rewrite(write, None)  # a file that cannot be rewritten is told before the work
        first, *others = self._scores([("/".join(gold.parts[-2:]), gold), *also, *sealed], [records, *records_too])
        self._show(first)
        for found in others:
            self.stdout.write(f"\n{heading(found)}\n")
            self._show(found, is_sealed=found.name in dict(sealed))
        if write:
            _rewrite(write, generated_part([first, *others], timezone.localdate()))
        result: dict[str, object] = dict(_as_json(first.scores))
        if others:
            result["also"] = {found.name: _as_json(found.scores) for found in others}
        self.stdout.write(json.dumps(result))

    def _scores(self, named: Sequence[NamedPath], records: Sequence[Path]) -> Sequence[SetScore]:
        if len(dict(named)) < len(named):
            raise CommandError("each set of decided facts needs a name of its own")
        try:
            found = score_sets({name: read_gold(path) for name, path in named}, records)
        except (SourceError, GoldError) as error:
            raise CommandError(str(error)) from error
        for one in found:
            if not one.records:
                raise CommandError(f"{one.name}: none of the decided records is among the records")
            if one.missing:
                self.stderr.write(f"{one.name}: {one.missing} decided records are not among the records.")
        return found

    def _show(self, found: SetScore, *, is_sealed: bool = False) -> None:
        for line in table(found.scores):
            self.stdout.write(line)
        disagreements = [one for score in found.scores.values() for one in score.disagreements]
        for one in disagreements if not is_sealed else ():
            self.stdout.write(_line(one))


def _line(one: Disagreement) -> str:
    """Both answers, every sentence that the reader goes by, and the words that the people went by if they are kept."""
    read = "; ".join(f'"{_folded(evidence.quote)}" ({evidence.field})' for evidence in one.evidence)
    decided = f'; decided on "{_folded(one.quote)}"' if one.quote.strip() else ""
    return (
        f"{one.nct_id} {one.fact}: expected {one.expected.status} {one.expected.value}, "
        f"found {one.found.status} {one.found.value}: read {read or 'no sentence'}{decided}"
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _as_json(scores: Mapping[str, FactScore]) -> dict[str, dict[str, object]]:
    return {
        name: {
            "records": score.records,
            "accuracy": round(score.accuracy, 4),
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
        }
        for name, score in scores.items()
    }


def _rewrite(path: Path, part: str | None) -> None:
    """Puts the part between the markers; only looks whether that is possible if there is none."""
    try:
        document = path.read_bytes().decode("utf-8")
        rewritten = replace_generated(document, part or "")
        if part is not None:
            path.write_bytes(rewritten.encode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    except MarkerError as error:
        raise CommandError(f"{path}: {error}") from error
