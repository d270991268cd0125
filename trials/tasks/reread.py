"""Reads stored texts again after a new reader came. Holds no logic: `trials.ingest.reread` does it."""

from celery import shared_task

from trials.ingest.reread import RereadReport, reread, select_trials


@shared_task(name="trials.reread_stale")  # type: ignore[misc]  # celery has no types
def reread_stale() -> dict[str, int]:
    """Reads the trials that another version of the reader has read; gives the counts. Safe to run twice."""
    report = RereadReport()
    for step in reread(select_trials(stale=True)):
        report.add(step)
    return report.as_json()
