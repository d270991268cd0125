"""What a worker is held to: time, JSON, acknowledgement after the work; and what a passed time limit leaves."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection

from hcctrials.celery import app
from trials import tasks
from trials.ingest import load as loading
from trials.ingest.refresh_lock import LOCK_KEY, refresh_lock
from trials.models import QuarantinedRecord, RunPhase
from trials.tests.builders import load
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import until
from trials.tests.store_contents import Contents
from trials.tests.tasks import scene
from trials.tests.tasks.processes import Crew, refresh_command
from trials.tests.tasks.standing_in_the_way import (
    another_connection,
    running_run,
    trial_held,
    until_free,
    until_loaded,
    until_waits,
)

OURS = {
    *("trials.refresh", "trials.carry_on_refresh", "trials.load_staged", "trials.reread_stale"),
    *("trials.retry_quarantined", "trials.tell_readers", "trials.tell_weekly_readers"),
}
SOFT_LIMIT = 30  # seconds: five records are loaded in them however busy the machine is


def test_what_the_settings_promise() -> None:
    conf = app.conf
    assert (conf.task_serializer, conf.result_serializer, conf.accept_content) == ("json", "json", ["json"])
    assert conf.task_acks_late
    assert conf.worker_prefetch_multiplier == 1
    assert 0 < conf.task_soft_time_limit < conf.task_time_limit
    assert conf.broker_connection_retry_on_startup
    assert conf.broker_connection_max_retries is None


def test_every_task_is_known_late_and_not_repeated_blindly() -> None:
    """No task repeats itself: the schedule carries on what was interrupted, and a second driver has nothing to do."""
    app.loader.import_default_modules()
    assert {name for name in app.tasks if name.startswith("trials.")} == OURS
    for name in OURS:
        assert app.tasks[name].acks_late
        assert not getattr(app.tasks[name], "autoretry_for", ())
    assert len(tasks.__all__) == len(OURS)


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_run_that_met_its_soft_limit_is_carried_on(redis_crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    """Where the worker has processes for its tasks; the one process of `make run` knows no time limits."""
    worker = redis_crew.first()
    with trial_held(scene.number(6)):
        task = redis_crew.place.send("trials.refresh", full=True, soft_time_limit=SOFT_LIMIT)
        until_loaded(5)
        until_waits()
        assert "raised" in worker.until_done("trials.refresh", task)
        worker.until_says(f"Soft time limit ({SOFT_LIMIT}")
        until_free()
        assert running_run().phase == RunPhase.LOADING
    assert refresh_command(redis_crew.place, "--full").code == 0
    scene.assert_ends_as(clean)


@contextmanager
def soft_limit(seconds: float) -> Iterator[None]:
    """As in a worker: the exception comes from a signal, in the middle of whatever runs."""

    def strike(_number: int, _frame: FrameType | None) -> None:
        raise SoftTimeLimitExceeded

    before: Callable[[int, FrameType | None], object] | int | None = signal.signal(signal.SIGALRM, strike)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _sleep_with_the_lock() -> None:
    with refresh_lock() as is_held, soft_limit(0.3), connection.cursor() as cursor:
        assert is_held
        cursor.execute("SELECT pg_sleep(20)")


@pytest.mark.django_db(transaction=True)
def test_a_limit_in_the_middle_of_a_query_frees_the_lock() -> None:
    """The connection cannot be used to say so: it still waits for the query's answer."""
    with pytest.raises(SoftTimeLimitExceeded):
        _sleep_with_the_lock()
    with another_connection() as query:
        until(lambda: query("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY]).fetchone()[0], "the lock")


@pytest.mark.django_db
def test_a_limit_in_the_middle_of_a_record_is_no_fault_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_record: object) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(loading, "read_all", slow)
    with pytest.raises(SoftTimeLimitExceeded):
        load(scene.study(1, 1))
    assert not QuarantinedRecord.objects.exists()
