"""Marks read from a real streaming standby: what commits late is not missed there, nor after it has taken over."""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from hcctrials.embedded import cluster
from hcctrials.embedded.account import server_account
from hcctrials.embedded.binaries import choose, readable_by
from trials.search.index.marks import NO_SNAPSHOT, Changes, changes_since
from trials.tests.site.machine import until

_MARKS = """
CREATE TABLE trials_searchmark (nct_id text PRIMARY KEY, number int, changed_xid xid8 DEFAULT pg_current_xact_id());
INSERT INTO trials_searchmark SELECT 'NCT0000000' || n, n FROM generate_series(1, 3) n;
"""
_CHANGE = "UPDATE trials_searchmark SET changed_xid = pg_current_xact_id() WHERE number = %s"


@dataclass(frozen=True)
class Server:
    """One of the pair, reached by its own socket."""

    folder: Path

    def connect(self, *, autocommit: bool = True) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user=cluster.SUPERUSER, dbname="postgres", autocommit=autocommit, connect_timeout=5
        )

    def answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), self.connect():
            return True
        return False

    def said(self, query: str) -> object:
        with self.connect() as server:
            return (server.execute(query).fetchone() or (None,))[0]

    def changes_since(self, snapshot: str) -> Changes:
        """By Django's connection, turned to this server for the moment."""
        usual = connection.settings_dict
        connection.close()
        connection.settings_dict = {**usual, "HOST": str(self.folder), "NAME": "postgres", "USER": cluster.SUPERUSER}
        try:
            return changes_since(snapshot)
        finally:
            connection.close()
            connection.settings_dict = usual


@dataclass(frozen=True)
class Pair:
    primary: Server
    standby: Server

    def catch_up(self) -> None:
        """What is committed on the primary can be seen on the standby."""
        there = self.primary.said("SELECT pg_current_wal_flush_lsn()")
        until(lambda: self.standby.said(f"SELECT pg_last_wal_replay_lsn() >= '{there}'"), "the standby")


@contextlib.contextmanager
def pair() -> Iterator[Pair]:
    """The standby is a copy of the cluster, made before the first start. Durable: only what is flushed travels."""
    account = server_account()
    folder = Path(mkdtemp(prefix="hcctrials-pair-", dir="/tmp"))
    folder.chmod(0o755)  # the server's account is another where root runs the tests
    binaries = readable_by(choose(None, folder), account)
    first, second = Server(folder / "primary"), Server(folder / "standby")
    running = []
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        cluster.create(first.folder, binaries, account, log)
        shutil.copytree(first.folder, second.folder)
        (second.folder / "standby.signal").touch()
        with (second.folder / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"primary_conninfo = 'host={first.folder} user={cluster.SUPERUSER}'\n")
        for path in (second.folder, *second.folder.rglob("*")):
            account.own(path)
        second.folder.chmod(0o700)
        for server in (first, second):
            running.append(cluster.start(server.folder, binaries, account, server.folder, log, durable=True))
            until(server.answers, "a server")
        yield Pair(first, second)
    finally:
        for process in running:
            process.send_signal(signal.SIGQUIT)
            process.wait()
        os.close(log)
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def servers(django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    with pair() as made, django_db_blocker.unblock():
        with made.primary.connect() as primary:
            primary.execute(_MARKS)
        made.catch_up()
        yield made


def test_a_standby_misses_nothing(servers: Pair) -> None:
    """Trial 1 is marked first and committed last; the primary is the oracle."""
    primary, standby = servers.primary, servers.standby
    with primary.connect(autocommit=False) as early, primary.connect() as late:
        early.execute(_CHANGE, [1])
        late.execute(_CHANGE, [2])
        servers.catch_up()
        before, there = standby.changes_since(NO_SNAPSHOT), primary.changes_since(NO_SNAPSHOT)
        assert before.numbers == there.numbers == {1, 2, 3}
        early.commit()
    servers.catch_up()
    after = standby.changes_since(before.snapshot)
    assert primary.changes_since(there.snapshot).numbers == {1}
    assert after.numbers == {1, 2}, "what was committed since the oldest running transaction is told again"
    assert standby.changes_since(after.snapshot).numbers == set(), "and no longer once nothing runs"


def test_a_standby_that_takes_over_misses_nothing(servers: Pair) -> None:
    """The last test of this file: afterwards there are two primaries."""
    primary, standby = servers.primary, servers.standby
    with primary.connect(autocommit=False) as early, primary.connect() as late:
        early.execute(_CHANGE, [3])
        late.execute(_CHANGE, [2])
        servers.catch_up()
        before = standby.changes_since(NO_SNAPSHOT)
        early.commit()
    servers.catch_up()
    assert standby.said("SELECT pg_promote()")
    after = standby.changes_since(before.snapshot)
    assert after.server == before.server, "an index is not made anew, so it has to be right"
    assert after.numbers >= {3}
    with standby.connect() as writing:
        writing.execute(_CHANGE, [1])
    assert standby.changes_since(after.snapshot).numbers == {1}
