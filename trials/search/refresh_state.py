"""How the refresh stands: how old the data are, and the last runs. Never writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DateTimeField, Max, QuerySet, Subquery

from trials.models import RecordVersion, RefreshRun, RunKind, RunStatus

OLD_AFTER = timedelta(hours=48)
_SHOWN_RUNS = 10


@dataclass(frozen=True, slots=True)
class RefreshState:
    """runs are the last ones, the newest first; running is among them. data_timestamp is the registry's own text of
    the last run that succeeded, "" if none has.
    """

    runs: Sequence[RefreshRun]
    running: RefreshRun | None
    data_timestamp: str
    checked_at: datetime | None


def _good_runs() -> QuerySet[RefreshRun]:
    return RefreshRun.objects.filter(status=RunStatus.SUCCEEDED).exclude(kind=RunKind.CHOSEN)


@dataclass(frozen=True, slots=True)
class Freshness:
    """checked_at is when the store was last known to be as the registry: the end of the last good run of everything or
    of what is new; without one, when the newest raw record came in (last_received). None where nothing is stored.
    """

    checked_at: datetime | None
    last_received: datetime | None


def freshness() -> Freshness:
    """One query."""
    ended = _good_runs().order_by().values("status").annotate(ended=Max("finished_at")).values("ended")
    newest = RecordVersion.objects.order_by("-id").annotate(ended=Subquery(ended, output_field=DateTimeField()))
    found = newest.values_list("ended", "received_at").first()
    return Freshness(found[0] or found[1], found[1]) if found else Freshness(None, None)


def data_checked_at() -> datetime | None:
    return freshness().checked_at


def is_old(checked_at: datetime, now: datetime) -> bool:
    return now - checked_at > OLD_AFTER


def refresh_state() -> RefreshState:
    runs = list(RefreshRun.objects.order_by("-id").defer("findings", "nct_ids")[:_SHOWN_RUNS])
    stamp = _good_runs().exclude(data_timestamp="").order_by("-id").values_list("data_timestamp", flat=True).first()
    running = next((run for run in runs if run.status == RunStatus.RUNNING), None)
    return RefreshState(runs, running, stamp or "", data_checked_at())
