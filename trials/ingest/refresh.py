"""The refresh: receives records from the registry, lets the gate look at them, loads them, asks for the missing ones.

A run lives in the database. Whoever holds the refresh lock drives it; other workers may help with the loading. A run
whose driver was killed is carried on by the next one. Whatever fails, the store keeps what it had; only a run that
succeeds moves the watermark.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from trials.ingest.gate import examine, shrinkage
from trials.ingest.load import LoadResult
from trials.ingest.missing import ask_for_missing, welcome_back
from trials.ingest.refresh_lock import refresh_lock
from trials.ingest.staging import load_staged, stage
from trials.ingest.table_statistics import analyze_tables
from trials.models import RefreshRun, RunKind, RunPhase, RunStatus, StagedRecord
from trials.registry.client import RegistryClient
from trials.registry.errors import RegistryError

_log = logging.getLogger(__name__)
OVERLAP = timedelta(days=1)  # the registry's days are not ours: what was posted late comes again
NOTE_EVERY_SECONDS = 1.0
WAIT_FOR_HELPERS_SECONDS = 0.2
LARGE_CHANGE = 200  # records after which PostgreSQL should look at its tables again
SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class RefreshOrder:
    """What to refresh: everything, what was updated since a day (by default since the watermark), or chosen trials."""

    is_full: bool = False
    since: date | None = None
    nct_ids: Sequence[str] = ()
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """How a refresh ended. status is a RunStatus, or "skipped" where another one was running."""

    status: str
    seen: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    quarantined: int = 0
    reason: str | None = None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(slots=True)
class Surroundings:
    """What a run needs from outside: the registry, helpers for the loading, and somebody who watches."""

    client: RegistryClient
    condition: str
    ask_for_help: Callable[[int], object] = lambda _run_id: None
    on_progress: Callable[[RefreshRun], object] = lambda _run: None
    noted_at: float = field(default=0.0)
    requests_before: int = field(default=0)


class _Stopped(Exception):
    """The gate has stopped the run: says why."""


def refresh(order: RefreshOrder, around: Surroundings) -> RefreshResult:
    """Runs a refresh to its end, after one that was interrupted. Raises only if the database fails."""
    with refresh_lock() as is_held:
        if not is_held:
            return RefreshResult(SKIPPED, reason=_("Another refresh is running."))
        carry_on_interrupted(around)
        return _result(_drive(_new_run(order), around))


def carry_on(around: Surroundings) -> RefreshResult | None:
    """Carries on a run that was interrupted; None if there is none, or somebody drives it."""
    with refresh_lock() as is_held:
        run = carry_on_interrupted(around) if is_held else None
    return _result(run) if run else None


def watermark() -> date | None:
    """The day up to which the store holds every update of the registry."""
    newest: date | None = RefreshRun.objects.aggregate(day=Max("watermark"))["day"]
    return newest


def carry_on_interrupted(around: Surroundings) -> RefreshRun | None:
    run = RefreshRun.objects.filter(status=RunStatus.RUNNING).first()
    if run is None:
        return None
    if run.phase == RunPhase.FETCHING:
        return _end(run, RunStatus.FAILED, _("It was interrupted before everything had been received."))
    return _drive(run, around)


def _new_run(order: RefreshOrder) -> RefreshRun:
    since, kind = None, RunKind.FULL
    if order.nct_ids:
        kind = RunKind.CHOSEN
    elif not order.is_full:
        newest = watermark()
        since = order.since or (newest - OVERLAP if newest else None)
        kind = RunKind.INCREMENTAL if since else RunKind.FULL
    return RefreshRun.objects.create(
        kind=kind, since=since, nct_ids=list(order.nct_ids), asked_by=order.asked_by, started_at=timezone.now()
    )


def _drive(run: RefreshRun, around: Surroundings) -> RefreshRun:
    """Takes the run from its phase to its end."""
    around.requests_before = around.client.requests_made - run.requests_made
    try:
        reason = _steps(run, around)
        status = RunStatus.PARTIAL if reason else RunStatus.SUCCEEDED
    except _Stopped as stopped:
        status, reason = RunStatus.FAILED, str(stopped)
    except RegistryError as error:
        # what is loaded by now is whole; only trials that were not sent remain unasked
        status = RunStatus.PARTIAL if run.phase == RunPhase.MISSING else RunStatus.FAILED
        reason = f"{run.reason} {error}".strip()
    _count_requests(run, around)
    return _end(run, status, reason)


def _steps(run: RefreshRun, around: Surroundings) -> str:
    """From where the run stands to its end; gives why it is only partial, "" if it is whole. Raises _Stopped."""
    if run.phase == RunPhase.FETCHING:
        _fetch(run, around)
        _enter(run, RunPhase.CHECKING, around)
    if run.phase == RunPhase.CHECKING:
        verdict = examine(run)
        run.findings = verdict.findings
        if verdict.stops:
            raise _Stopped(" ".join(verdict.stops + verdict.doubts))
        run.reason = " ".join(verdict.doubts)
        run.loading_since = timezone.now()
        _enter(run, RunPhase.LOADING, around)
    if run.phase == RunPhase.LOADING:
        _load(run, around)
        _enter(run, RunPhase.MISSING, around)
    if run.kind == RunKind.FULL and not run.reason:
        run.reason = shrinkage(run).reason
        if not run.reason:
            run.missing = ask_for_missing(run, around.client)
    return run.reason


def _fetch(run: RefreshRun, around: Surroundings) -> None:
    """Receives everything before anything is loaded: half an answer is never mistaken for a whole one."""
    version = around.client.version()
    run.api_version, run.data_timestamp = version.api_version, version.data_timestamp
    if run.kind == RunKind.CHOSEN:
        for nct_id in run.nct_ids:
            study = around.client.study(nct_id)
            if study is not None:
                stage(run, [study])
            _note(run, around)
        return
    attempt = 1
    for page in around.client.pages(around.condition, updated_since=run.since):
        if page.attempt != attempt:
            attempt = page.attempt
            run.staged.all().delete()
        if page.total is not None:
            run.expected = page.total
        stage(run, page.studies)
        _note(run, around)
    run.data_timestamp = around.client.data_timestamp or run.data_timestamp


def _load(run: RefreshRun, around: Surroundings) -> None:
    """Loads until nothing waits, with whoever helps; a helper that dies leaves its record to us."""
    around.ask_for_help(run.pk)
    while StagedRecord.objects.filter(run=run, result="").exists():
        if not load_staged(run.pk, lambda: _note(run, around)):
            time.sleep(WAIT_FOR_HELPERS_SECONDS)
            _note(run, around)


def _enter(run: RefreshRun, phase: RunPhase, around: Surroundings) -> None:
    run.phase = phase
    _count(run)
    _count_requests(run, around)
    run.save()


def _note(run: RefreshRun, around: Surroundings) -> None:
    """Lets people see how far it is, once in a while."""
    if time.monotonic() - around.noted_at < NOTE_EVERY_SECONDS:
        return
    around.noted_at = time.monotonic()
    _count(run)
    _count_requests(run, around)
    run.save()
    around.on_progress(run)


def _count_requests(run: RefreshRun, around: Surroundings) -> None:
    """Also those of a driver before this one."""
    run.requests_made = around.client.requests_made - around.requests_before


def _count(run: RefreshRun) -> None:
    found = dict(run.staged.order_by().values_list("result").annotate(number=Count("pk")))
    run.seen = sum(found.values())
    run.created, run.updated = found.get(LoadResult.CREATED, 0), found.get(LoadResult.UPDATED, 0)
    run.unchanged, run.quarantined = found.get(LoadResult.UNCHANGED, 0), found.get(LoadResult.QUARANTINED, 0)


def _end(run: RefreshRun, status: RunStatus, reason: str) -> RefreshRun:
    """All at once: a run that is killed here is either still running or leaves nothing behind."""
    _count(run)
    if run.created + run.updated >= LARGE_CHANGE:
        analyze_tables()
    with transaction.atomic():
        if status != RunStatus.FAILED:
            welcome_back(run)
        if status == RunStatus.SUCCEEDED and _tells_everything(run):
            run.watermark = run.started_at.date()
        run.status, run.reason, run.phase, run.finished_at = status, reason, RunPhase.DONE, timezone.now()
        run.save()
        run.staged.all().delete()
    _log.info("Refresh %s ended: %s %s", run.pk, status, reason)
    return run


def _tells_everything(run: RefreshRun) -> bool:
    """Whether nothing that was updated before the run can have been left out."""
    newest = watermark()
    return run.kind == RunKind.FULL or (
        run.kind == RunKind.INCREMENTAL and newest is not None and run.since is not None and run.since <= newest
    )


def _result(run: RefreshRun) -> RefreshResult:
    counts = {
        name: getattr(run, name) for name in ("seen", "created", "updated", "unchanged", "missing", "quarantined")
    }
    return RefreshResult(run.status, **counts, reason=run.reason or None)
