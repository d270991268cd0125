"""The refresh in the background: driven by one task, helped by others. Holds no logic: `trials.ingest` does it."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from trials.ingest.refresh import RefreshOrder, carry_on, refresh
from trials.ingest.registry_access import open_registry
from trials.ingest.staging import load_staged
from trials.tasks.alerts import tell_soon

_log = logging.getLogger(__name__)
_HELPERS = 4  # a helper without work goes at once; a worker takes one task at a time


@shared_task(name="trials.refresh")  # type: ignore[misc]  # celery has no types
def refresh_trials(*, full: bool = False, nct_ids: list[str] | None = None, asked_by: str = "") -> dict[str, object]:
    """A refresh from start to end; gives its counts. Safe to run twice: the second answers "skipped"."""
    with open_registry(call_helpers) as around:
        result = refresh(RefreshOrder(is_full=full, nct_ids=tuple(nct_ids or ()), asked_by=asked_by), around)
    tell_soon()
    return result.as_json()


@shared_task(name="trials.carry_on_refresh")  # type: ignore[misc]
def carry_on_refresh() -> dict[str, object] | None:
    """Carries on a refresh whose worker was killed; None if there is none."""
    with open_registry(call_helpers) as around:
        result = carry_on(around)
    if result:
        tell_soon()
    return result.as_json() if result else None


@shared_task(name="trials.load_staged")  # type: ignore[misc]
def load_staged_records(run_id: int) -> int:
    """Helps a running refresh to load what it has received; gives how many records this worker loaded."""
    return load_staged(run_id)


def call_helpers(run_id: int) -> None:
    """Asks other workers to help with the loading. Without a broker the driver loads alone."""
    try:
        for _ in range(_HELPERS):
            load_staged_records.delay(run_id)
    except (OperationalError, OSError):
        _log.warning("No broker: refresh %s is loaded by one process.", run_id)
