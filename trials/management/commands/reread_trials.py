"""manage.py reread_trials: a door. Reads the arguments, shows progress and differences; `trials.ingest` works."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from trials.eligibility.evaluation import Answer
from trials.ingest.lab_limits import Columns, LimitDifference
from trials.ingest.reading_pool import ReadingProcessDied, available_cores
from trials.ingest.reread import (
    BATCH_SIZE,
    LARGEST_BATCH,
    Difference,
    RereadReport,
    Step,
    UnknownTrials,
    reread,
    select_trials,
)

_LONGEST_SENTENCE = 200  # characters, on the screen; the file of --report has all of it
_INTERRUPTED = 130  # what a shell expects after Ctrl-C


def _from_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("a number from 1 on is needed")
    return int(text)


def _batch_size(text: str) -> int:
    if (size := _from_one(text)) > LARGEST_BATCH:
        raise ArgumentTypeError(f"{LARGEST_BATCH} is the most")
    return size


class Command(BaseCommand):
    help = "Reads the stored text of every trial again with the present reader, without the network."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
        parser.add_argument("--id", nargs="+", action="extend", default=[], metavar="NCT", help="only these trials")
        parser.add_argument("--stale", action="store_true", help="only trials that another reader version read")
        parser.add_argument("--batch-size", type=_batch_size, default=BATCH_SIZE, help=f"trials ({BATCH_SIZE})")
        parser.add_argument("--jobs", type=_from_one, default=available_cores(), help="processes (one for each core)")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write all differences there as JSON lines")

    def handle(
        self,
        *,
        id: list[str],
        stale: bool,
        dry_run: bool,
        batch_size: int,
        jobs: int,
        report: Path | None,
        **options: object,
    ) -> None:
        done = RereadReport()
        try:
            trials = select_trials(id, stale=stale)
            with (
                _opened(report) as file,
                tqdm(total=trials.count(), desc="Reading", unit="trial", file=sys.stderr, disable=None) as bar,
            ):
                for step in reread(trials, jobs=jobs, batch_size=batch_size, dry_run=dry_run):
                    done.add(step)
                    with bar.external_write_mode():
                        self._tell(step, file)
                    bar.update(step.done)
        except UnknownTrials as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(self._stopped("Stopped", done, dry_run=dry_run), returncode=_INTERRUPTED) from None
        except ReadingProcessDied as error:
            raise CommandError(self._stopped(f"Stopped: {error}", done, dry_run=dry_run)) from error
        self._summarise(done)
        self.stdout.write(json.dumps({**done.as_json(), "dry_run": dry_run}))
        if done.failed:
            raise CommandError(f"{done.failed} could not be read again; their facts stay as they were")

    def _tell(self, step: Step, file: TextIO | None) -> None:
        for one in step.differences:
            if one.is_other_answer:
                self.stdout.write(_line(one))
            if file:
                file.write(json.dumps(_as_json(one), ensure_ascii=False) + "\n")
        for limit in step.limits:
            if limit.is_other_limit:
                self.stdout.write(_limit_line(limit))
            if file:
                file.write(json.dumps(_limit_as_json(limit), ensure_ascii=False) + "\n")
        for nct_id, reason in step.failures:
            self.stderr.write(f"{nct_id}: {reason}")

    def _summarise(self, done: RereadReport) -> None:
        """Counts by fact, the most changed first."""
        for name in sorted(
            done.answers | done.others, key=lambda name: (-done.answers[name], -done.others[name], name)
        ):
            answers, others = done.answers[name], done.others[name]
            self.stdout.write(f"{name}: {answers} with another answer, {others} with other words for the same answer")
        if done.limits or done.other_limits:
            self.stdout.write(
                f"laboratory limits: {done.limits} changed, {done.other_limits} with other words for the same limit"
            )
        if done.superseded:
            self.stderr.write(f"{done.superseded} left alone: a newer record came in meanwhile and was read then.")

    def _stopped(self, why: str, done: RereadReport, *, dry_run: bool) -> str:
        kept = "nothing was written" if dry_run else "they are written, the others are as they were"
        return f"{why}; {done.read} trials were read in complete batches, {kept}."


def _opened(path: Path | None) -> AbstractContextManager[TextIO | None]:
    try:
        return path.open("w", encoding="utf-8") if path else nullcontext()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from error


def _line(one: Difference) -> str:
    before = _words(one.before) if one.before else "never read"
    sentence = _quoted(one.fact.evidence[0].quote if one.fact.evidence else "")
    return f"{one.nct_id} {one.fact.name}: {before} -> {_words(one.after)}{sentence}"


def _quoted(quote: str) -> str:
    sentence = " ".join(quote.split())
    if len(sentence) > _LONGEST_SENTENCE:
        sentence = sentence[:_LONGEST_SENTENCE] + " ..."
    return f' "{sentence}"' if sentence else ""


def _limit_line(one: LimitDifference) -> str:
    evidence: Any = (one.after or {}).get("evidence")
    sentence = _quoted(str(evidence[0]["quote"]) if evidence else "")
    return f"{one.nct_id} {one.analyte} {one.bound}: {_limit_words(one.before)} -> {_limit_words(one.after)}{sentence}"


def _limit_words(limit: Columns | None) -> str:
    if limit is None:
        return "none"
    strict = " (strict)" if limit["is_strict"] else ""
    if limit["times_uln"] is not None:
        return f"{limit['times_uln']} x ULN{strict}"
    return f"{limit['value']} {limit['unit']}".strip() + strict


def _words(answer: Answer) -> str:
    """As people read it: the value where one is stated, else the status."""
    if answer.value is None:
        return answer.status
    values = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return ", ".join(map(str, values)) or "none"


def _limit_as_json(one: LimitDifference) -> dict[str, object]:
    return {
        "nct_id": one.nct_id,
        "limit": f"{one.analyte}:{one.bound}",
        "other_answer": one.is_other_limit,
        "old": one.before,
        "new": one.after,
    }


def _as_json(one: Difference) -> dict[str, object]:
    before = {"status": one.before.status, "value": one.before.value} if one.before else None
    return {
        "nct_id": one.nct_id,
        "fact": one.fact.name,
        "other_answer": one.is_other_answer,
        "old": before,
        "new": one.fact.as_json(),
    }
