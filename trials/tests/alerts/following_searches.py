"""Builders for followed searches: a search in force, a run of the refresh that changes trials. Plain functions."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from trials.alerts import following
from trials.alerts.looking import begin
from trials.ingest.load import load_document
from trials.ingest.sources import document_from_data
from trials.models import AlertMail, RefreshRun, Rhythm, RunKind, RunPhase, RunStatus, SavedSearch
from trials.tasks.alerts import EYES
from trials.tests.ingest.refreshes import study

__all__ = ["HCC", "NOW", "follow", "good_run", "study"]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HCC = "Hepatocellular carcinoma"


def follow(
    address: str = "reader@example.org",
    query: str = "",
    rhythm: Rhythm = Rhythm.AT_ONCE,
    language: str = "en",
    now: datetime | None = None,
) -> SavedSearch:
    """A confirmed search that has been looked at, without the mail that asked for it."""
    now = now or timezone.now()
    following.ask(address, query, language, rhythm, now)
    search = SavedSearch.objects.get(address=address, query=query)
    AlertMail.objects.filter(search=search).delete()
    assert following.confirm(search, now)
    search.refresh_from_db()
    begin(search, EYES)
    search.refresh_from_db()
    return search


def open_run() -> RefreshRun:
    return RefreshRun.objects.create(
        kind=RunKind.INCREMENTAL, started_at=timezone.now(), status=RunStatus.RUNNING, phase=RunPhase.LOADING
    )


def close_run(run: RefreshRun, status: RunStatus = RunStatus.SUCCEEDED) -> RefreshRun:
    RefreshRun.objects.filter(pk=run.pk).update(status=status, phase=RunPhase.DONE, finished_at=timezone.now())
    run.refresh_from_db()
    return run


def good_run(*records: Mapping[str, Any], status: RunStatus = RunStatus.SUCCEEDED) -> RefreshRun:
    """A run that brought these records."""
    run = open_run()
    for record in records:
        load_document(document_from_data(record, "a test"), run_id=run.pk)
    return close_run(run, status)


def later(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)
