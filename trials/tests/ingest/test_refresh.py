"""The refresh against a registry over a real socket: what comes in, what goes, what stops it, what a kill leaves."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from trials.ingest import refresh as refreshing
from trials.ingest import staging
from trials.ingest.refresh import RefreshOrder, RefreshResult, Surroundings, carry_on, refresh, watermark
from trials.ingest.refresh_lock import LOCK_KEY, refresh_lock
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
from trials.registry.client import RegistryClient
from trials.registry.limits import Limits
from trials.search.filterset import TrialFilterSet
from trials.tests import registry_faults as faults
from trials.tests.builders import raw_record, site
from trials.tests.registry_server import RegistryServer

pytestmark = pytest.mark.django_db
QUICK = Limits(
    connect_seconds=1,
    read_seconds=1,
    request_seconds=2,
    call_seconds=4,
    attempts=3,
    first_wait_seconds=0.01,
    longest_wait_seconds=0.02,
)
FULL = RefreshOrder(is_full=True)


def study(number: int, **more: Any) -> dict[str, Any]:
    given = {"status": "RECRUITING", "updated": "2026-11-10", "criteria": "Inclusion Criteria:\n\n* Child-Pugh A"}
    return raw_record(f"NCT{number:08d}", title=f"Sorafenib for hepatocellular carcinoma {number}", **{**given, **more})


@pytest.fixture
def registry() -> Iterator[RegistryServer]:
    with RegistryServer([study(number) for number in range(1, 11)]) as server:
        yield server


def run(registry: RegistryServer, order: RefreshOrder = FULL, **more: Any) -> RefreshResult:
    with RegistryClient(registry.url, contact="tests@example.org", requests_a_second=10_000, limits=QUICK) as client:
        return refresh(order, Surroundings(client, "hepatocellular carcinoma", **more))


def listed() -> set[str]:
    return set(TrialFilterSet(QueryDict("hcc_scope=hcc")).qs.values_list("pk", flat=True))


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


def test_f10_a_total_that_does_not_fit_is_a_partial_run_that_takes_nothing_away(registry: RegistryServer) -> None:
    run(registry)
    registry.hide("NCT00000001")
    registry.update(study(2, status="COMPLETED"))
    registry.fail(faults.wrong_total(12), path="/studies")
    RefreshRun.objects.update(watermark=date(2026, 1, 10))
    result = run(registry)
    assert (result.status, result.updated, result.missing) == ("partial", 1, 0)
    assert result.reason is not None
    assert "12" in result.reason
    assert "9" in result.reason
    assert watermark() == date(2026, 1, 10)
    assert len(listed()) == 10


@pytest.mark.parametrize("left", [0, 2])
def test_f11_an_answer_that_has_shrunk_stops_the_run_before_it_hurts(registry: RegistryServer, left: int) -> None:
    run(registry)
    for number in range(left + 1, 11):
        registry.hide(f"NCT{number:08d}")
    registry.update(study(1, status="COMPLETED")) if left else None
    result = run(registry)
    assert result.status == "failed"
    assert f"{10 - left} of 10" in (result.reason or "")
    assert len(listed()) == 10
    assert not Trial.objects.filter(overall_status="COMPLETED").exists()
    assert not StagedRecord.objects.exists()


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


@pytest.mark.parametrize("lost", ["eligibilityModule", "statusModule"])
def test_f18_a_module_that_vanishes_from_every_record_stops_the_run(registry: RegistryServer, lost: str) -> None:
    run(registry)
    for number in range(1, 11):
        poorer = study(number)
        del poorer["protocolSection"][lost]
        registry.update(poorer)
    result = run(registry)
    assert result.status == "failed"
    assert "10 of 10 trials would lose" in (result.reason or "")
    assert Trial.objects.filter(overall_status="RECRUITING").exclude(eligibility_criteria="").count() == 10


def test_criteria_that_say_nothing_any_more_stop_the_run(registry: RegistryServer) -> None:
    for number in range(1, 31):
        registry.update(study(number, criteria="Inclusion Criteria:\n\n* Child-Pugh A\n* ECOG 0 or 1\n* BCLC B"))
    run(registry)
    for number in range(1, 31):
        registry.update(study(number, criteria="See the protocol."))
    result = run(registry)
    assert result.status == "failed"
    assert "facts would be read no more" in (result.reason or "")


def test_f23_countries_that_nobody_knows_stop_the_run(registry: RegistryServer) -> None:
    for number in range(1, 11):
        registry.update(study(number, sites=[site("Town", f"Nowhere {place}") for place in range(3)]))
    result = run(registry)
    assert result.status == "failed"
    assert "30 of 30 sites" in (result.reason or "")
    [stopped] = RefreshRun.objects.all()
    assert stopped.findings["unmapped_countries"] == {f"Nowhere {place}": 10 for place in range(3)}


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
