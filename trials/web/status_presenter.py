"""The state of the data, the runs of the refresh and what waits, for /status. Pure but for the time, handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.models import RefreshRun, RunStatus
from trials.search.refresh_progress import (
    Progress,
    duration_words,
    kind_words,
    progress_of,
    run_duration,
    status_words,
)
from trials.search.refresh_state import RefreshState, is_old
from trials.tasks.waiting import WaitingTasks
from trials.web.word_lists import side_by_side

GREEN, YELLOW, RED = "green", "yellow", "red"
_WAITS_TOO_LONG = timedelta(minutes=15)  # a worker takes one task at a time, and a full refresh takes minutes
_PILLS: Mapping[str, str] = {RunStatus.SUCCEEDED: "open", RunStatus.FAILED: "shut"}


@dataclass(frozen=True, slots=True)
class RunRow:
    run: RefreshRun
    kind: str
    status: str
    pill: str
    duration: str
    counts: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """age is in words, "" where nothing is stored."""

    checked_at: datetime | None
    age: str
    is_old: bool
    data_timestamp: str
    progress: Progress | None
    runs: Sequence[RunRow]


def present_status(state: RefreshState, now: datetime) -> StatusView:
    checked_at = state.checked_at
    return StatusView(
        checked_at=checked_at,
        age=duration_words(now - checked_at) if checked_at else "",
        is_old=checked_at is not None and is_old(checked_at, now),
        data_timestamp=state.data_timestamp,
        progress=progress_of(state.running, now) if state.running else None,
        runs=[_row(run, now) for run in state.runs],
    )


def _row(run: RefreshRun, now: datetime) -> RunRow:
    pill = _PILLS.get(run.status, "soon")
    return RunRow(run, kind_words(run.kind), status_words(run.status), pill, run_duration(run, now), _counts(run))


def _counts(run: RefreshRun) -> str:
    received = _("%(seen)s received: %(created)s new, %(updated)s changed, %(unchanged)s as before")
    said = {"seen": run.seen, "created": run.created, "updated": run.updated, "unchanged": run.unchanged}
    more = (
        (run.quarantined, ngettext("%(number)s in quarantine", "%(number)s in quarantine", run.quarantined)),
        (run.missing, ngettext("%(number)s not sent", "%(number)s not sent", run.missing)),
    )
    return side_by_side([received % said, *(words % {"number": number} for number, words in more if number)])


@dataclass(frozen=True, slots=True)
class WorkView:
    """What waits. tasks is None where the broker does not answer; oldest is in words, "" where nothing waits."""

    tasks: int | None
    oldest: str
    facts_waiting: int
    pending_migrations: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole in one word for monitors: red needs somebody now, yellow soon. reasons are codes, in English."""

    state: str
    reasons: Sequence[str]


def present_work(tasks: WaitingTasks | None, facts_waiting: int, pending: Sequence[str], now: datetime) -> WorkView:
    sent_at = tasks.oldest_sent_at if tasks else None
    oldest = duration_words(now - sent_at) if sent_at else ""
    return WorkView(tasks.number if tasks else None, oldest, facts_waiting, pending)


def judge(state: RefreshState, tasks: WaitingTasks | None, pending: Sequence[str], now: datetime) -> Verdict:
    """Old data are red here and leave /readyz as it is: a site with old data still serves, and says so."""
    ended = next((run for run in state.runs if run.status != RunStatus.RUNNING), None)
    sent_at = tasks.oldest_sent_at if tasks else None
    red = {
        "nothing_stored": state.checked_at is None,
        "data_older_than_48_hours": state.checked_at is not None and is_old(state.checked_at, now),
    }
    yellow = {
        "last_refresh_failed": ended is not None and ended.status == RunStatus.FAILED,
        "last_refresh_partial": ended is not None and ended.status == RunStatus.PARTIAL,
        "broker_away": tasks is None,
        "task_waits_too_long": sent_at is not None and now - sent_at > _WAITS_TOO_LONG,
        "migrations_pending": bool(pending),
    }
    reasons = [code for code, holds in (red | yellow).items() if holds]
    return Verdict(RED if any(red.values()) else YELLOW if any(yellow.values()) else GREEN, reasons)
