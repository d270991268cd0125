"""Tries quarantined records again in the background. Holds no logic: `trials.ingest.quarantine` does it."""

from celery import shared_task

from trials.ingest import quarantine


@shared_task(name="trials.retry_quarantined")  # type: ignore[misc]  # celery has no types
def retry_quarantined(ids: list[int] | None = None) -> dict[str, int]:
    """Tries the open records of ids, or all of them; gives how many were created, updated, ... Safe to run twice."""
    return {result.value: count for result, count in quarantine.retry_quarantined(ids).items()}
