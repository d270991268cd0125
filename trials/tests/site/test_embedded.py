"""The embedded PostgreSQL: made whole, shared, ended by the last user, and healed after a kill -9 of any part."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hcctrials.embedded import roles, server
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.layout import layout
from hcctrials.embedded.locks import is_held
from hcctrials.embedded.processes import is_alive
from trials.tests.site.machine import (
    PYTHON,
    Program,
    clean_environment,
    cluster_of,
    keeper_pid,
    postgres_pid,
    running,
    until,
)

# A user of the server in a process of its own, which can be killed.
USER = """
import sys, time
from pathlib import Path
from hcctrials.embedded.server import database
with database(Path(sys.argv[1]), durable=False):
    print("holding", flush=True)
    while not Path(sys.argv[2]).exists():
        time.sleep(0.05)
print("let go", flush=True)
"""


@contextlib.contextmanager
def user(folder: Path, name: str = "a") -> Iterator[Program]:
    command = [PYTHON, "-c", USER, str(folder), str(folder / f"{name}.leave")]
    with running(command, folder / f"{name}.out", clean_environment()) as program:
        yield program


def leave(folder: Path, program: Program, name: str = "a") -> None:
    (folder / f"{name}.leave").touch()
    assert program.wait() == 0, program.text()


@contextlib.contextmanager
def holding(folder: Path, *, durable: bool = False) -> Iterator[server.Hold]:
    """Durable where something is killed and its data have to be there afterwards, as in `make run`."""
    with server.database(folder, durable=durable) as hold:
        yield hold


def query(folder: Path, statement: str) -> object:
    with psycopg.connect(layout(folder).database_url(), autocommit=True) as connection:
        answer = connection.execute(statement)
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


def until_gone(folder: Path, *pids: int) -> None:
    until(lambda: not any(map(is_alive, pids)), f"the end of processes {pids}")
    until(lambda: not is_held(layout(folder).keeper_lock), "the keeper's end")


def test_the_last_user_ends_it_and_data_stay(folder: Path) -> None:
    with holding(folder):
        pids = postgres_pid(folder), keeper_pid(folder)
        query(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
    until_gone(folder, *pids)
    with holding(folder):
        assert query(folder, "SELECT answer FROM kept") == 42


def test_a_torn_initdb_is_never_used(folder: Path) -> None:
    torn = layout(folder).cluster.with_name("cluster.part")
    torn.mkdir(parents=True)
    (torn / "PG_VERSION").write_text("18\n")
    with holding(folder):
        assert query(folder, "SELECT 1") == 1
    assert not torn.exists()


def test_two_starters_get_one_server(folder: Path) -> None:
    with user(folder, "a") as one, user(folder, "b") as other:
        one.until_says("holding")
        other.until_says("holding")
        log = (layout(folder).log_dir / "postgres.log").read_text()
        assert log.count("database system is ready to accept connections") == 1
        pid = postgres_pid(folder)
        leave(folder, one, "a")
        assert is_alive(pid)
        assert query(folder, "SELECT 1") == 1
        leave(folder, other, "b")
        assert not is_alive(pid)


def test_a_killed_user_leaves_nothing_behind(folder: Path) -> None:
    with user(folder) as one:
        one.until_says("holding")
        pids = postgres_pid(folder), keeper_pid(folder)
        one.send(signal.SIGKILL)
        one.wait()
        until_gone(folder, *pids)


def test_a_killed_keeper_takes_the_server_along_and_the_next_start_heals(folder: Path) -> None:
    with holding(folder, durable=True) as hold:
        query(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
        pids = postgres_pid(folder), keeper_pid(folder)
        os.kill(pids[1], signal.SIGKILL)
        until_gone(folder, *pids)
        hold.ensure()
        assert query(folder, "SELECT answer FROM kept") == 42
        assert postgres_pid(folder) != pids[0]


def test_a_killed_server_is_started_again_while_it_is_used(folder: Path) -> None:
    with holding(folder, durable=True) as hold:
        query(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
        pid = postgres_pid(folder)
        os.kill(pid, signal.SIGKILL)
        until(lambda: not is_alive(pid), "the server's death")
        hold.ensure()
        until(lambda: postgres_pid(folder) not in {0, pid}, "another server")
        until(lambda: roles.answers(layout(folder).socket_dir), "its answer")
        assert query(folder, "SELECT answer FROM kept") == 42


def test_everything_killed_at_once_is_healed(folder: Path) -> None:
    with user(folder) as one:
        one.until_says("holding")
        pids = keeper_pid(folder), postgres_pid(folder)
        for pid in (one.pid, *pids):
            os.kill(pid, signal.SIGKILL)
        until_gone(folder, *pids)
    with holding(folder):
        assert query(folder, "SELECT 1") == 1


def test_a_pid_file_that_names_another_program_is_stale(folder: Path) -> None:
    with holding(folder):
        cluster = cluster_of(folder)
    with subprocess.Popen(["sleep", "600"]) as bystander:
        (cluster / "postmaster.pid").write_text(f"{bystander.pid}\n{cluster}\n")
        with holding(folder):
            assert query(folder, "SELECT 1") == 1
        assert bystander.poll() is None
        bystander.kill()


def test_another_version_is_said_plainly(folder: Path) -> None:
    place = layout(folder)
    place.cluster.mkdir(parents=True)
    (place.cluster / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(EmbeddedError, match=r"made by PostgreSQL 9, and this machine has \d+"), holding(folder):
        pass


def test_a_socket_folder_that_is_open_to_others_is_refused(folder: Path) -> None:
    place = layout(folder)
    place.socket_dir.mkdir(mode=0o755)
    with pytest.raises(EmbeddedError, match="open to others"), holding(folder):
        pass


def test_the_socket_is_private_and_there_is_no_other_door(folder: Path) -> None:
    with holding(folder):
        assert layout(folder).socket_dir.stat().st_mode & 0o777 == 0o700
        assert query(folder, "SELECT current_setting('listen_addresses')") == ""


@pytest.mark.skipif(os.getuid() != 0, reason="only root runs the server as another account")
def test_a_data_folder_that_the_account_cannot_reach(folder: Path) -> None:
    folder.chmod(0o700)
    with holding(folder):
        query(folder, "CREATE TABLE kept AS SELECT 42 AS answer")
        assert cluster_of(folder).is_relative_to(layout(folder).elsewhere)
    folder.chmod(0o755)
    with holding(folder):
        assert query(folder, "SELECT answer FROM kept") == 42
