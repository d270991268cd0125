"""manage.py review_report: a door to `trials.ingest.review_report`. Reads the decisions of staff, changes nothing."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from trials.ingest.review_report import Difference, differences
from trials.models import FactReview

_LONGEST_REASON = 200  # characters, in the table


class Command(BaseCommand):
    help = "Where decisions of staff and the machine differ now, as decided facts for evaluate_eligibility."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--table", action="store_true", help="a table for people instead of JSON lines")
        parser.add_argument("--write", type=Path, metavar="FILE", help="write the JSON lines there")

    def handle(self, *, table: bool, write: Path | None, **options: object) -> None:
        found = list(differences())
        lines = [json.dumps(difference.as_gold(), ensure_ascii=False) + "\n" for difference in found]
        if write:
            try:
                write.write_text("".join(lines), encoding="utf-8")
            except OSError as error:
                raise CommandError(f"{write}: {error.strerror or error}") from error
        if table:
            self._table(found)
        elif not write:
            self.stdout.write("".join(lines), ending="")
        decisions = FactReview.objects.filter(superseded_at=None).count()
        self.stdout.write(json.dumps({"decisions": decisions, "differences": len(found)}))

    def _table(self, found: Sequence[Difference]) -> None:
        self.stdout.write("| trial | fact | decided | machine reads now | reason |\n|---|---|---|---|---|")
        for one in found:
            decided, read = _words(one.review.status, one.review.value), _words(one.machine.status, one.machine.value)
            reason = " ".join(one.review.reason.split()).replace("|", "\\|")
            if len(reason) > _LONGEST_REASON:
                reason = reason[:_LONGEST_REASON] + " ..."
            self.stdout.write(f"| {one.review.trial_id} | {one.review.name} | {decided} | {read} | {reason} |")


def _words(status: str, value: object) -> str:
    """As people read it: the value where one is stated, else the status."""
    if value is None:
        return status
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)
