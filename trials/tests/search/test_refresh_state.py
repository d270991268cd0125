"""How old the data are, by the runs of the refresh."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trials.models import RefreshRun
from trials.search.refresh_state import data_checked_at, is_old, refresh_state
from trials.search.store_state import unmapped_countries
from trials.tests.builders import load_trial, raw_record, site

pytestmark = pytest.mark.django_db


def run(status: str = "succeeded", kind: str = "full", *, hours: float = 0, **values: object) -> RefreshRun:
    """A run that ended so many hours ago."""
    ended = timezone.now() - timedelta(hours=hours)
    finished = None if status == "running" else ended
    return RefreshRun.objects.create(status=status, kind=kind, started_at=ended, finished_at=finished, **values)


def checked_at() -> datetime:
    found = data_checked_at()
    assert found is not None
    return found


def test_nothing_stored_has_no_age() -> None:
    assert data_checked_at() is None


def test_without_a_good_run_the_newest_record_counts() -> None:
    load_trial()
    run("failed", hours=1)
    run("partial", hours=1)
    run("succeeded", "chosen", hours=1)
    assert timezone.now() - checked_at() < timedelta(minutes=1)


@pytest.mark.parametrize("kind", ["full", "incremental"])
def test_the_last_good_run_counts(kind: str) -> None:
    load_trial()
    good = run(kind=kind, hours=50)
    run(hours=90)
    run("partial", hours=1)
    run("running")
    assert checked_at() == good.finished_at
    assert is_old(checked_at(), timezone.now())
    assert not is_old(checked_at(), timezone.now() - timedelta(hours=3))


def test_it_costs_one_query() -> None:
    load_trial()
    for number in range(5):
        run(hours=number)
    with CaptureQueriesContext(connection) as queries:
        data_checked_at()
    assert len(queries) == 1


def test_the_state_holds_ten_runs_and_the_running_one() -> None:
    load_trial()
    run(hours=99, data_timestamp="2026-11-01T09:00:05")
    for number in range(11):
        run("failed", hours=50 - number, data_timestamp="2026-11-09T09:00:05")
    running = run("running")
    state = refresh_state()
    assert len(state.runs) == 10
    assert state.runs[0] == state.running == running
    assert state.data_timestamp == "2026-11-01T09:00:05"


def test_countries_that_we_cannot_place_are_counted() -> None:
    load_trial(
        raw_record(sites=[site("A", "Atlantis"), site("B", "Atlantis"), site("C", "Utopia"), site("D", "France")])
    )
    assert unmapped_countries() == [("Atlantis", 2), ("Utopia", 1)]
