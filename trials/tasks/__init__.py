"""Celery tasks: the door for the clock. Each calls one function of the works, takes JSON, and may run twice."""

from trials.tasks.alerts import tell_readers, tell_weekly_readers
from trials.tasks.quarantine import retry_quarantined
from trials.tasks.refresh import carry_on_refresh, load_staged_records, refresh_trials
from trials.tasks.reread import reread_stale

__all__ = [
    "carry_on_refresh",
    "load_staged_records",
    "refresh_trials",
    "reread_stale",
    "retry_quarantined",
    "tell_readers",
    "tell_weekly_readers",
]
