"""The state of the data and the runs of the refresh, for /status. Pure but for the time, which is handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from trials.web.word_lists import side_by_side

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
