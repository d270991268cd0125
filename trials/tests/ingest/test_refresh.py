"""The refresh against a registry over a real socket: what comes in, what goes, what a fault leaves."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from trials.ingest import refresh as refreshing
from trials.ingest.refresh import RefreshOrder, RefreshResult, watermark
from trials.models import (
    QuarantinedRecord,
    RecordVersion,
    RefreshRun,
    RunPhase,
    RunStatus,
    StagedRecord,
    Trial,
    TrialChange,
)
from trials.tests import registry_faults as faults
from trials.tests.ingest.refreshes import listed, run, study
from trials.tests.registry_server import RegistryServer

pytestmark = pytest.mark.django_db


def test_everything_comes_in_and_nothing_twice(registry: RegistryServer) -> None:
    result = run(registry)
    assert result == RefreshResult("succeeded", seen=10, created=10)
    assert Trial.objects.count() == RecordVersion.objects.count() == 10
    assert not StagedRecord.objects.exists()
    assert run(registry) == RefreshResult("succeeded", seen=10, unchanged=10)
    assert RecordVersion.objects.count() == 10
    done = RefreshRun.objects.first()
    assert done is not None
    assert (done.kind, done.phase, done.expected, done.watermark) == ("full", "done", 10, timezone.now().date())
    assert done.requests_made > 0
    assert done.data_timestamp


def test_an_incremental_run_asks_from_the_day_before_the_last_good_one(registry: RegistryServer) -> None:
    assert run(registry, RefreshOrder()).seen == 10  # there is no watermark yet: everything
    registry.update(study(3, status="COMPLETED", updated=str(date.today())))
    registry.update(study(11, updated=str(date.today())))
    result = run(registry, RefreshOrder())
    assert (result.seen, result.created, result.updated) == (2, 1, 1)
    asked = registry.asked("/studies")[-1].parameters["filter.advanced"]
    assert str(date.today() - timedelta(days=1)) in asked
    change = TrialChange.objects.get()
    assert (change.field, change.old, change.new) == ("overall_status", "RECRUITING", "COMPLETED")
    assert change.run == RefreshRun.objects.first()


def test_only_a_run_that_leaves_no_gap_moves_the_watermark(registry: RegistryServer) -> None:
    run(registry)
    RefreshRun.objects.update(watermark=date(2026, 1, 10))
    run(registry, RefreshOrder(since=date(2026, 1, 11)))
    assert watermark() == date(2026, 1, 10)
    run(registry, RefreshOrder(since=date(2026, 1, 10)))
    assert watermark() == timezone.now().date()
    RefreshRun.objects.update(watermark=date(2026, 1, 10))
    run(registry, RefreshOrder(nct_ids=("NCT00000001",)))
    assert watermark() == date(2026, 1, 10)


def test_chosen_trials_are_asked_for_by_number(registry: RegistryServer) -> None:
    result = run(registry, RefreshOrder(nct_ids=("NCT00000002", "NCT99999999")))
    assert (result.seen, result.created, result.status) == (1, 1, "succeeded")
    assert not registry.asked("/studies")


def test_f12_f13_a_trial_that_goes_is_marked_and_comes_back(registry: RegistryServer) -> None:
    run(registry)
    gone, hidden = "NCT00000004", "NCT00000005"
    registry.hide(hidden)
    registry.update(study(5, status="COMPLETED"))
    registry.hide(hidden)
    kept = registry.record(gone)
    registry.remove(gone)
    result = run(registry)
    assert (result.status, result.missing) == ("succeeded", 2)
    states = dict(Trial.objects.exclude(registry_state="listed").values_list("pk", "registry_state"))
    assert states == {gone: "gone", hidden: "not_returned"}
    assert Trial.objects.get(pk=gone).registry_state_since == timezone.now().date()
    assert Trial.objects.get(pk=hidden).overall_status == "COMPLETED"
    assert listed() == {f"NCT{number:08d}" for number in range(1, 11)} - {gone}
    assert run(registry).missing == 2
    registry.update(kept)
    registry.update(registry.record(hidden))
    assert run(registry).missing <= 1
    assert Trial.objects.get(pk=gone).registry_state == "listed"
    told = list(TrialChange.objects.filter(trial=gone).order_by("pk").values_list("field", "old", "new"))
    assert told == [("registry_state", "listed", "gone"), ("registry_state", "gone", "listed")]
    assert gone in listed()


def test_f14_a_number_that_leads_to_another_record(registry: RegistryServer) -> None:
    run(registry)
    registry.rename("NCT00000006", "NCT00000066")
    result = run(registry)
    assert (result.status, result.missing, result.created) == ("succeeded", 1, 1)
    assert Trial.objects.get(pk="NCT00000006").registry_state == "renamed"
    assert Trial.objects.get(pk="NCT00000066").nct_id_aliases == ["NCT00000006"]
    assert "NCT00000006" not in listed()


@pytest.mark.parametrize(
    "fault", [faults.status(403), faults.status(503), faults.web_page(), faults.truncated_json(), faults.reset()]
)
def test_a_registry_that_fails_leaves_everything_as_it_was(registry: RegistryServer, fault: Any) -> None:
    run(registry)
    before = list(Trial.objects.order_by("pk").values())
    registry.update(study(1, status="COMPLETED"))
    registry.fail(fault, times=None, path="/studies")
    result = run(registry)
    assert result.status == "failed"
    assert result.reason
    assert list(Trial.objects.order_by("pk").values()) == before
    assert RefreshRun.objects.filter(status=RunStatus.RUNNING).count() == 0
    registry.heal()
    assert run(registry).updated == 1


def test_f04_a_fault_that_passes_is_not_noticed(registry: RegistryServer) -> None:
    registry.fail(faults.status(503), times=2, path="/studies")
    assert run(registry).created == 10


def test_f08_a_token_that_dies_starts_the_pages_again(
    registry: RegistryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.update(*(study(number) for number in range(1, 450)))
    registry.fail(faults.dead_token(), path="/studies", after=1)
    result = run(registry)
    assert (result.status, result.seen, result.created) == ("succeeded", 449, 449)


def test_f09_what_comes_twice_counts_once(registry: RegistryServer) -> None:
    registry.fail(faults.duplicate(study(1), study(2)), path="/studies")
    assert run(registry) == RefreshResult("succeeded", seen=10, created=10)


def test_f16_a_record_without_a_number_is_quarantined_and_the_run_goes_on(registry: RegistryServer) -> None:
    nameless = study(1)
    del nameless["protocolSection"]["identificationModule"]["nctId"]
    registry.fail(faults.changed_page(lambda page: page["studies"].append(nameless)), path="/studies")
    registry.fail(faults.wrong_total(11), path="/studies")
    result = run(registry)
    assert (result.created, result.quarantined) == (10, 1)
    assert QuarantinedRecord.objects.filter(nct_id="").count() == 1


def test_the_same_store_whatever_order_it_came_in(registry: RegistryServer) -> None:
    """F-09: a record that moves between pages, and pages that come in any order."""
    chance = random.Random(7)
    for number in range(1, 11):
        registry.move(f"NCT{number:08d}", chance.randrange(10))
    assert run(registry).created == 10


def test_progress_is_seen_from_outside(registry: RegistryServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "NOTE_EVERY_SECONDS", 0)
    seen: list[tuple[str, int, int]] = []
    run(registry, on_progress=lambda one: seen.append((one.phase, one.seen, one.loaded)))
    assert (RunPhase.FETCHING, 10, 0) in seen
    assert {loaded for phase, _, loaded in seen if phase == RunPhase.LOADING} == set(range(1, 11))
