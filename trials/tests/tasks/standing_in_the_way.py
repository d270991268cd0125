"""Stops a running refresh at a known place: locks that the test holds, and a view of who waits for them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection

from trials.ingest.refresh_lock import LOCK_KEY
from trials.models import RefreshRun, RunStatus, StagedRecord
from trials.tests.site.machine import until

Query = Callable[..., Any]


@contextlib.contextmanager
def another_connection() -> Iterator[Query]:
    """A second connection to the database: what it locks stays locked until the block ends, or it says ROLLBACK."""
    other = connection.get_new_connection(connection.get_connection_params())
    with contextlib.closing(other):
        yield other.execute


@contextlib.contextmanager
def trial_held(*nct_ids: str) -> Iterator[Callable[[str], object]]:
    """Whoever loads these trials waits; gives what lets go of one."""
    with another_connection() as query:
        for nct_id in nct_ids:
            query("SELECT pg_advisory_lock(hashtext(%s))", [nct_id])
        yield lambda nct_id: query("SELECT pg_advisory_unlock(hashtext(%s))", [nct_id])


@contextlib.contextmanager
def locked(statement: str) -> Iterator[Callable[[], object]]:
    """Holds whatever the statement locks while the block runs; gives what lets go before."""
    with another_connection() as query:
        query("BEGIN")
        query(statement)
        yield lambda: query("ROLLBACK")


def waiting_workers(query_has: str = "") -> list[str]:
    """The names of processes that wait for a lock."""
    return _names(
        "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE %s"
        " AND wait_event_type = 'Lock' AND application_name <> '' ORDER BY 1",
        [f"%{query_has}%"],
    )


def somebody_waits() -> bool:
    """For a lock, with a name or without. In a transaction too, which else sees what its first look saw."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            " AND backend_type = 'client backend'"
        )
        return cursor.fetchone() is not None


def waits_for(name: str, nct_id: str) -> bool:
    """Whether that process waits for that trial."""
    return bool(
        _names(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory'"
            " AND NOT granted AND application_name = %s AND objid = (hashtext(%s)::bigint & 4294967295)::oid",
            [name, nct_id],
        )
    )


def driver() -> str:
    """The name of the process that holds the refresh lock, "" if none does."""
    holders = _names(
        "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = %s"
        " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        [LOCK_KEY],
    )
    assert len(holders) <= 1, holders
    return holders[0] if holders else ""


def disconnect(name: str) -> int:
    """Ends that process's connections, as a restart of the database would; gives how many."""
    with connection.cursor() as cursor:
        # two statements: in one, PostgreSQL may call the function before it looks at the name, for every connection
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s", [name]
        )
        pids = [pid for (pid,) in cursor.fetchall()]
        for pid in pids:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    return len(pids)


def _names(statement: str, values: Sequence[str | int]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [str(name) for (name,) in cursor.fetchall()]


def until_waits(number: int = 1, query_has: str = "") -> list[str]:
    """Until so many processes wait for a lock; gives their names."""
    until(lambda: len(waiting_workers(query_has)) == number, f"{number} waiting: {query_has}")
    return waiting_workers(query_has)


def until_loaded(number: int) -> None:
    """Until exactly so many records of the running refresh are done with."""
    until(lambda: loaded() == number, f"{number} loaded records")


def loaded() -> int:
    return StagedRecord.objects.filter(run__status=RunStatus.RUNNING).exclude(result="").count()


def until_free() -> None:
    """Until nobody holds the refresh lock. The server of a killed process lets go when its statement ends."""
    until(lambda: not driver(), "the end of the refresh lock")


def running_run() -> RefreshRun:
    return RefreshRun.objects.get(status=RunStatus.RUNNING)
