"""The index of a process against other transactions: nothing is missed, nothing uncommitted is shown to others."""

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.http import QueryDict

from trials.models import Trial
from trials.search.index import live
from trials.search.index.live import LIVE, LiveIndex
from trials.search.index.state import IndexState, renewed
from trials.search.results import counted
from trials.search.snapshot import snapshot
from trials.search.version import data_version
from trials.tests.search.searching import search
from trials.tests.search.stores import random_trial, store

pytestmark = pytest.mark.django_db(transaction=True)
ALL = "hcc_scope=hcc&hcc_scope=mixed&hcc_scope=off_topic"


@pytest.fixture(autouse=True)
def three_trials(transactional_db: None) -> None:
    trials = [random_trial(number, random.Random(number)) for number in (1, 2, 3)]
    for trial in trials:
        trial.columns["overall_status"] = "COMPLETED"
        trial.find_under("hcc_scope", {"hcc"})
    store(trials)


@pytest.fixture
def others() -> Iterator[tuple[psycopg.Connection, psycopg.Connection]]:
    """Two connections of somebody else."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters) as one, psycopg.connect(**parameters) as other:
        yield one, other


def _set_status(other: psycopg.Connection, nct_id: str, status: str) -> None:
    other.execute("UPDATE trials_trial SET overall_status = %s WHERE nct_id = %s", [status, nct_id])


def _statuses() -> dict[str, int]:
    return dict(counted(QueryDict(ALL))[1]["status"])


def test_a_transaction_that_began_first_and_ended_last_is_not_missed(
    others: tuple[psycopg.Connection, psycopg.Connection],
) -> None:
    early, late = others
    assert _statuses() == {"COMPLETED": 3}
    _set_status(early, "NCT00000001", "RECRUITING")
    _set_status(late, "NCT00000002", "SUSPENDED")
    late.commit()
    assert _statuses() == {"COMPLETED": 2, "SUSPENDED": 1}
    early.commit()
    assert _statuses() == {"COMPLETED": 1, "SUSPENDED": 1, "RECRUITING": 1}


def test_what_is_rolled_back_was_never_there(others: tuple[psycopg.Connection, psycopg.Connection]) -> None:
    _set_status(others[0], "NCT00000001", "RECRUITING")
    assert _statuses() == {"COMPLETED": 3}
    others[0].rollback()
    assert _statuses() == {"COMPLETED": 3}


def test_a_change_gives_a_new_version_and_nothing_else_does(
    others: tuple[psycopg.Connection, psycopg.Connection],
) -> None:
    before = data_version()
    assert data_version() == before
    others[0].execute("UPDATE trials_trial SET brief_title = brief_title WHERE nct_id = 'NCT00000003'")
    others[0].commit()
    assert data_version().token != before.token


def test_every_process_names_the_same_content_alike() -> None:
    here, there = LiveIndex(), LiveIndex()
    with snapshot():
        first = here.current()
    Trial.objects.filter(pk="NCT00000002").update(overall_status="SUSPENDED")
    with snapshot():
        brought_up, built = here.current(), there.current()
    assert first.fingerprint != brought_up.fingerprint == built.fingerprint
    assert brought_up.changed_at == built.changed_at


def test_own_uncommitted_work_is_seen_and_shown_to_nobody_else() -> None:
    assert _statuses() == {"COMPLETED": 3}

    def seen_elsewhere() -> dict[str, int]:
        try:
            return _statuses()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as elsewhere:
        Trial.objects.filter(pk="NCT00000001").update(overall_status="RECRUITING")
        assert _statuses() == {"COMPLETED": 2, "RECRUITING": 1}
        assert elsewhere.submit(seen_elsewhere).result() == {"COMPLETED": 3}
        transaction.set_rollback(True)
    assert _statuses() == {"COMPLETED": 3}


def test_threads_that_meet_the_same_change_make_one_version_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _statuses()
    Trial.objects.filter(pk="NCT00000001").update(overall_status="RECRUITING")
    made: list[IndexState] = []
    together = threading.Barrier(4)

    def slowly(*given: Any) -> IndexState:
        time.sleep(0.1)  # so that the others come meanwhile
        made.append(renewed(*given))
        return made[-1]

    def reading() -> dict[str, int]:
        try:
            together.wait()
            return _statuses()
        finally:
            connection.close()

    monkeypatch.setattr(live, "renewed", slowly)
    with ThreadPoolExecutor(4) as pool:
        seen = [reader.result() for reader in [pool.submit(reading) for _ in range(4)]]
    assert seen == [{"COMPLETED": 2, "RECRUITING": 1}] * 4
    assert len(made) == 1


def test_an_emptied_table_empties_the_index() -> None:
    assert counted(QueryDict(ALL))[0] == 3
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE trials_trial CASCADE")
    assert counted(QueryDict(ALL))[0] == 0


def test_a_deleted_trial_and_one_that_the_registry_gave_up_are_not_found() -> None:
    Trial.objects.filter(pk="NCT00000001").delete()
    Trial.objects.filter(pk="NCT00000002").update(registry_state="gone")
    assert [trial.nct_id for trial in search(QueryDict(ALL)).rows] == ["NCT00000003"]


def test_marks_of_a_restored_table_that_lie_in_the_future_do_no_harm() -> None:
    """A dump brings marks with the numbers of another server's transactions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trials_searchmark SET changed_xid = (pg_current_xact_id()::text::bigint + 1000000)::text::xid8"
        )
    LIVE.drop()
    assert _statuses() == {"COMPLETED": 3}
    before = data_version()
    assert data_version() == before
    Trial.objects.filter(pk="NCT00000002").update(overall_status="RECRUITING")
    assert _statuses() == {"COMPLETED": 2, "RECRUITING": 1}


def test_counts_and_rows_are_of_one_version_while_others_write() -> None:
    """Two trials change places in one transaction, over and over: never is one of them missing or doubled."""
    stop = threading.Event()

    def writing() -> None:
        try:
            for turn in range(200):
                if stop.is_set():
                    break
                with transaction.atomic():
                    Trial.objects.filter(pk="NCT00000001").update(overall_status=("RECRUITING", "COMPLETED")[turn % 2])
                    Trial.objects.filter(pk="NCT00000002").update(overall_status=("COMPLETED", "RECRUITING")[turn % 2])
        finally:
            connection.close()

    def reading() -> None:
        try:
            for _ in range(60):
                results = search(QueryDict(f"{ALL}&status=RECRUITING"))
                assert [trial.overall_status for trial in results.rows] == ["RECRUITING"] * results.count
                assert results.count == results.facets["status"].get("RECRUITING", 0) <= 1
        finally:
            connection.close()

    Trial.objects.filter(pk="NCT00000001").update(overall_status="RECRUITING")
    with ThreadPoolExecutor(4) as pool:
        writer = pool.submit(writing)
        readers = [pool.submit(reading) for _ in range(3)]
        for reader in readers:
            reader.result()
        stop.set()
        writer.result()
