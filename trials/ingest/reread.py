"""Reads the stored text of trials again with the present reader and brings facts and limits to what was read.

Works from the raw records that are kept: never fetches, never parses for anything but the facts, never touches the
other columns of a trial or a review by staff. Batches are whole: each is compared and written in one transaction.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.db.models import QuerySet

from trials.eligibility import READER_VERSION, Fact
from trials.eligibility.evaluation import Answer, answer_of
from trials.ingest.facts import fact_columns, stored_answer, write_facts
from trials.ingest.lab_limits import LimitDifference, compare_lab_limits
from trials.ingest.locks import lock_trial
from trials.ingest.reading_pool import Reading, StoredText, read_batches
from trials.models import EligibilityFact, Trial

BATCH_SIZE = 100
LARGEST_BATCH = 1000  # trials locked at once: PostgreSQL keeps its locks in a table of fixed size

Rows = Mapping[tuple[str, str], EligibilityFact]  # by NCT number and the fact's name
_STANDING = ("nct_id", "record_version_id", "reader_version")


class UnknownTrials(Exception):
    """A trial was asked for that is not in the store: says which."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is read otherwise than it stands; before is None where it had not been read.

    Where both answers are equal, only its sentences, claims, cohorts or doubts differ.
    """

    nct_id: str
    before: Answer | None
    fact: Fact

    @property
    def after(self) -> Answer:
        return answer_of(self.fact)

    @property
    def is_other_answer(self) -> bool:
        return self.before != self.after


@dataclass(slots=True)
class Step:
    """What came of one batch. superseded are the trials that got a newer record meanwhile: they were left alone."""

    read: int = 0
    differences: list[Difference] = field(default_factory=list)
    limits: list[LimitDifference] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)  # NCT number, reason
    superseded: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.read + len(self.failures) + len(self.superseded)


@dataclass(slots=True)
class RereadReport:
    """The sum of all steps. answers counts facts with another answer, others those with the same answer otherwise.

    limits and other_limits count laboratory limits in the same way.
    """

    read: int = 0
    changed_trials: int = 0
    failed: int = 0
    superseded: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    limits: int = 0
    other_limits: int = 0

    def add(self, step: Step) -> None:
        self.read += step.read
        self.failed += len(step.failures)
        self.superseded += len(step.superseded)
        changed = {one.nct_id for one in step.differences if one.is_other_answer}
        self.changed_trials += len(changed | {one.nct_id for one in step.limits if one.is_other_limit})
        for one in step.differences:
            (self.answers if one.is_other_answer else self.others)[one.fact.name] += 1
        limits = sum(one.is_other_limit for one in step.limits)
        self.limits += limits
        self.other_limits += len(step.limits) - limits

    def as_json(self) -> dict[str, int]:
        return {
            "read": self.read,
            "changed_trials": self.changed_trials,
            "changed_facts": self.answers.total(),
            "changed_limits": self.limits,
            "failed": self.failed,
        }


def select_trials(nct_ids: Iterable[str] = (), *, stale: bool = False) -> QuerySet[Trial]:
    """All trials, or those with these numbers; of them only those that another version read, if stale.

    Raises UnknownTrials.
    """
    trials = Trial.objects.order_by("nct_id")
    if wanted := {nct_id.strip().upper() for nct_id in nct_ids}:
        trials = trials.filter(nct_id__in=wanted)
        if unknown := wanted - set(trials.values_list("nct_id", flat=True)):
            raise UnknownTrials(f"not in the store: {', '.join(sorted(unknown))}")
    return trials.exclude(reader_version=READER_VERSION) if stale else trials


def reread(
    trials: QuerySet[Trial], *, jobs: int = 1, batch_size: int = BATCH_SIZE, dry_run: bool = False
) -> Iterator[Step]:
    """Reads the trials again, in the order of their numbers, and yields a step for each batch that is done.

    A dry run compares and writes nothing. Raises ReadingProcessDied; batches before that have been written.
    """
    processes = max(1, min(jobs, math.ceil(trials.count() / batch_size)))
    for readings in read_batches(_batches(trials, batch_size), processes):
        yield _settle(readings, dry_run=dry_run)


def _batches(trials: QuerySet[Trial], size: int) -> Iterator[Sequence[StoredText]]:
    """By key and not by a cursor: nothing is open between two batches, and memory holds only those under way."""
    columns = trials.order_by("nct_id").values_list("nct_id", "record_version_id", "record_version__raw")
    batch = [StoredText(*row) for row in columns[:size]]
    while batch:
        yield batch
        batch = [StoredText(*row) for row in columns.filter(nct_id__gt=batch[-1].nct_id)[:size]]


def _settle(readings: Sequence[Reading], *, dry_run: bool) -> Step:
    """Compares and writes a batch; where that fails, trial by trial, so that one cannot keep the others out."""
    step = Step(failures=[(one.nct_id, one.reason) for one in readings if one.reason])
    good = [one for one in readings if not one.reason]
    if _fault_of(good, step, dry_run=dry_run):
        for one in good:
            if reason := _fault_of([one], step, dry_run=dry_run):
                step.failures.append((one.nct_id, reason))
    return step


def _fault_of(readings: Sequence[Reading], step: Step, *, dry_run: bool) -> str:
    """Why these could not be written, "" if they were. Trouble of the database as such is raised."""
    try:
        _compare(readings, step, dry_run=dry_run)
    except (DataError, IntegrityError) as error:
        return f"cannot be stored: {error}".strip()
    except DatabaseError:
        raise
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _compare(readings: Sequence[Reading], step: Step, *, dry_run: bool) -> None:
    """One transaction; the step is filled once all of it has succeeded."""
    with transaction.atomic():
        if not dry_run:
            for one in readings:  # in the order of their numbers, so that two runs cannot wait for each other
                lock_trial(one.nct_id)
        trials = Trial.objects.filter(pk__in=[one.nct_id for one in readings])
        standing = {pk: (version, reader) for pk, version, reader in trials.values_list(*_STANDING)}
        # A record that came in while its older text was read has been read by its loader.
        facts = {one.nct_id: one.facts for one in readings if standing.get(one.nct_id, (0, 0))[0] == one.version_id}
        rows = EligibilityFact.objects.filter(trial_id__in=list(facts))
        stored = {(row.trial_id, row.name): row for row in rows}
        differences = _differences(stored, facts)
        limits = compare_lab_limits({one.nct_id: one.limits for one in readings if one.nct_id in facts})
        if not dry_run:
            _mark_as_read(stored, differences, [nct_id for nct_id in facts if standing[nct_id][1] != READER_VERSION])
            write_facts(facts)
            limits.write()
    step.read += len(facts)
    step.differences += differences
    step.limits += limits.differences
    step.superseded += [one.nct_id for one in readings if one.nct_id not in facts]


def _differences(stored: Rows, facts_by_trial: Mapping[str, Mapping[str, Fact]]) -> list[Difference]:
    found = []
    for nct_id, facts in facts_by_trial.items():
        for name, fact in facts.items():
            row = stored.get((nct_id, name))
            before = stored_answer(row.status, row.value) if row else None
            if row is None or before != answer_of(fact) or _is_worded_otherwise(row, fact):
                found.append(Difference(nct_id, before, fact))
    return found


def _is_worded_otherwise(row: EligibilityFact, fact: Fact) -> bool:
    columns = {**fact_columns(fact), "doubts": list(fact.doubts)}
    return any(getattr(row, column) != value for column, value in columns.items())


def _mark_as_read(stored: Rows, differences: Sequence[Difference], older: Sequence[str]) -> None:
    """Puts the present version on trials that another one read, and on their facts that stay as they are.

    A new version gives most facts as before: one statement for all of these, and a full write for the others alone,
    is several times as fast as a full write for each (measured November 2026).
    """
    differing = {(one.nct_id, one.fact.name) for one in differences}
    same = [row.pk for key, row in stored.items() if key not in differing and row.reader_version != READER_VERSION]
    if same:
        EligibilityFact.objects.filter(pk__in=same).update(reader_version=READER_VERSION)
    if older:
        Trial.objects.filter(pk__in=older).update(reader_version=READER_VERSION)
