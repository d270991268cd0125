"""Refreshes that meet another one or were killed: one at a time, and the next one carries on."""

from contextlib import closing
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from trials.ingest import refresh as refreshing
from trials.ingest import staging
from trials.ingest.refresh import Surroundings, carry_on
from trials.ingest.refresh_lock import LOCK_KEY, refresh_lock
from trials.models import RecordVersion, RefreshRun, RunStatus, StagedRecord, Trial, TrialChange
from trials.registry.client import RegistryClient
from trials.tests.ingest.refreshes import QUICK, run, study
from trials.tests.registry_server import RegistryServer

pytestmark = pytest.mark.django_db


def test_a_second_refresh_is_skipped(registry: RegistryServer) -> None:
    other = connection.get_new_connection(connection.get_connection_params())
    with closing(other):
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        result = run(registry)
        assert result.status == "skipped"
        assert not RefreshRun.objects.exists()
        with refresh_lock() as is_held:
            assert not is_held
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])
    assert run(registry).status == "succeeded"


class Killed(BaseException):
    """As kill -9 does: nothing after it runs, not even an except for errors."""


@pytest.mark.parametrize("after", [0, 1, 5, 9, 10])
def test_a_run_that_was_killed_while_loading_is_carried_on(registry: RegistryServer, after: int) -> None:
    run(registry)
    for number in range(1, 11):
        registry.update(study(number, status="COMPLETED"))
    begun = start_and_abandon(registry, loaded=after)
    assert Trial.objects.filter(overall_status="COMPLETED").count() == after
    result = run(registry)
    assert (result.status, result.seen, result.unchanged) == ("succeeded", 10, 10)
    begun.refresh_from_db()
    assert (begun.status, begun.updated) == ("succeeded", 10)
    assert TrialChange.objects.count() == RecordVersion.objects.count() - 10 == 10
    assert not StagedRecord.objects.exists()


def start_and_abandon(registry: RegistryServer, *, loaded: int) -> RefreshRun:
    """A run whose driver vanished after so many records."""
    left = iter(range(loaded))

    def load_some(run_id: int, on_record: Any) -> int:
        for _ in left:
            staging._load_next(run_id)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refreshing, "load_staged", load_some)
        with pytest.raises(Killed):
            run(registry)
    return RefreshRun.objects.get(status=RunStatus.RUNNING)


def test_a_run_that_was_killed_while_receiving_is_given_up(registry: RegistryServer) -> None:
    abandoned = RefreshRun.objects.create(kind="full", started_at=timezone.now())
    StagedRecord.objects.create(run=abandoned, nct_id="NCT00000001", raw="{}")
    assert run(registry).status == "succeeded"
    abandoned.refresh_from_db()
    assert abandoned.status == "failed"
    assert abandoned.reason


def test_carrying_on_needs_no_new_run(registry: RegistryServer) -> None:
    run(registry)
    registry.update(study(1, status="COMPLETED"))
    start_and_abandon(registry, loaded=0)
    with RegistryClient(registry.url, contact="tests@example.org", requests_a_second=10_000, limits=QUICK) as client:
        around = Surroundings(client, "hepatocellular carcinoma")
        result = carry_on(around)
        assert result is not None
        assert (result.status, result.updated) == ("succeeded", 1)
        assert carry_on(around) is None
    assert RefreshRun.objects.count() == 2
