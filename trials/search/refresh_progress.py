"""A run of the refresh in words and numbers: what it is, how it stands, how far it came. For visitors and for staff.

Never queries; the time is handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import RefreshRun, RunKind, RunPhase, RunStatus
from trials.vocabulary.messages import gettext_noop

KINDS: Mapping[str, str] = {
    RunKind.FULL: gettext_noop("Everything"),
    RunKind.INCREMENTAL: gettext_noop("What is new"),
    RunKind.CHOSEN: gettext_noop("Chosen trials"),
}
STATUSES: Mapping[str, str] = {
    RunStatus.RUNNING: gettext_noop("Running"),
    RunStatus.SUCCEEDED: gettext_noop("Succeeded"),
    RunStatus.PARTIAL: gettext_noop("Ended with doubts"),
    RunStatus.FAILED: gettext_noop("Failed"),
}
_PHASES: Mapping[str, str] = {
    RunPhase.FETCHING: gettext_noop("Receiving records from the registry"),
    RunPhase.CHECKING: gettext_noop("Checking what was received"),
    RunPhase.LOADING: gettext_noop("Loading what was received"),
    RunPhase.MISSING: gettext_noop("Asking for records that were not sent"),
    RunPhase.DONE: gettext_noop("Ending"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """done and of are None where nobody knows how much there is; rate (records a second) and remaining "" likewise."""

    phase: str
    done: int | None
    of: int | None
    rate: str
    remaining: str


def kind_words(kind: str) -> str:
    return gettext(KINDS.get(kind, kind))


def status_words(status: str) -> str:
    return gettext(STATUSES.get(status, status))


def run_duration(run: RefreshRun, now: datetime) -> str:
    return duration_words((run.finished_at or now) - run.started_at)


def progress_of(run: RefreshRun, now: datetime) -> Progress:
    phase = gettext(_PHASES.get(run.phase, run.phase))
    if run.phase == RunPhase.FETCHING and run.expected:
        return Progress(phase, min(run.seen, run.expected), run.expected, "", "")
    if run.phase == RunPhase.LOADING and run.seen:
        rate = _rate(run, now)
        waiting = max(0, run.seen - run.loaded)
        remaining = duration_words(timedelta(seconds=waiting / rate)) if rate else ""
        rate_words = _("%(rate)s records a second") % {"rate": number_format(rate, 1, use_l10n=True)} if rate else ""
        return Progress(phase, min(run.loaded, run.seen), run.seen, rate_words, remaining)
    return Progress(phase, None, None, "", "")


def _rate(run: RefreshRun, now: datetime) -> float:
    """Records that had to be loaded, a second; those that had not changed cost nothing and are left out."""
    seconds = (now - run.loading_since).total_seconds() if run.loading_since else 0
    return (run.created + run.updated + run.quarantined) / seconds if seconds > 0 else 0


def duration_words(duration: timedelta) -> str:
    """The two largest units at most: "3 days 4 hours", "2 minutes 5 seconds"."""
    seconds = max(0, int(duration.total_seconds()))
    days, hours, minutes, rest = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    parts = (
        (days, ngettext("%(n)d day", "%(n)d days", days)),
        (hours, ngettext("%(n)d hour", "%(n)d hours", hours)),
        (minutes, ngettext("%(n)d minute", "%(n)d minutes", minutes)),
        (rest, ngettext("%(n)d second", "%(n)d seconds", rest)),
    )
    first = next((place for place, (number, _words) in enumerate(parts) if number), len(parts) - 1)
    shown = [said % {"n": number} for number, said in parts[first : first + 2] if number or first == len(parts) - 1]
    return _("%(large)s %(small)s") % {"large": shown[0], "small": shown[1]} if len(shown) > 1 else shown[0]
