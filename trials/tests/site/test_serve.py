"""`manage.py serve` with real processes: messages instead of tracebacks, order at the end, and nothing left behind."""

import contextlib
import http.client
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hcctrials.embedded.layout import layout
from hcctrials.embedded.locks import is_held
from hcctrials.embedded.processes import is_alive
from trials.tests.site.machine import (
    PYTHON,
    Program,
    children_pids,
    clean_environment,
    data_folder,
    free_port,
    group_exists,
    keeper_pid,
    manage,
    postgres_pid,
    running,
    until,
)

RUNNING = "HCC trials is running"


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """One data folder for all of them: each start but the first is a warm one."""
    with data_folder() as folder:
        yield folder


@contextlib.contextmanager
def served(site: Path) -> Iterator[tuple[Program, int]]:
    port = free_port()
    environment = clean_environment(HCCTRIALS_DATA_DIR=str(site), PORT=str(port))
    with running([PYTHON, "manage.py", "serve"], site / "serve.out", environment) as program:
        program.until_says(RUNNING)
        yield program, port


def status(port: int, path: str = "/livez") -> int:
    """0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def assert_nothing_left(site: Path, groups: list[int], *pids: int) -> None:
    until(lambda: not any(map(group_exists, groups)), f"the end of groups {groups}")
    until(lambda: not any(map(is_alive, pids)), f"the end of processes {pids}")
    until(lambda: not is_held(layout(site).keeper_lock), "the keeper's end")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_everything(site: Path, number: signal.Signals) -> None:
    with served(site) as (program, port):
        assert status(port) == http.HTTPStatus.OK
        groups = list(children_pids(site).values())
        assert len(groups) == 3
        pids = keeper_pid(site), postgres_pid(site)
        program.send(number)
        assert program.wait() == 0, program.text()
        assert "Traceback" not in program.text()
        assert_nothing_left(site, groups, *pids)
        assert not (site / "serve.children").exists()


def test_a_second_one_says_that_it_is_already_running(site: Path) -> None:
    with served(site) as (program, port):
        done = manage("serve", HCCTRIALS_DATA_DIR=str(site), PORT=str(port))
        assert done.returncode == 1
        assert f"already running on this data folder, pid {program.pid}" in done.stderr
        assert "Traceback" not in done.stderr
        assert status(port) == http.HTTPStatus.OK


def test_a_command_uses_the_running_server_and_leaves_it_running(site: Path) -> None:
    with served(site) as (_program, port):
        pid = postgres_pid(site)
        assert manage("migrate", "--check", HCCTRIALS_DATA_DIR=str(site)).returncode == 0
        assert postgres_pid(site) == pid
        assert status(port) == http.HTTPStatus.OK


@pytest.mark.parametrize("name", ["web server", "worker", "scheduler"])
def test_a_killed_child_is_started_again(site: Path, name: str) -> None:
    with served(site) as (_program, port):
        before = children_pids(site)
        os.kill(before[name], signal.SIGKILL)
        until(lambda: children_pids(site).get(name) not in {None, before[name]}, f"another {name}")
        until(lambda: not group_exists(before[name]), f"the end of the old {name}'s group")
        until(lambda: status(port) == http.HTTPStatus.OK, "an answer")


def test_a_killed_database_comes_back_with_its_keeper(site: Path) -> None:
    with served(site) as (program, _port):
        before = keeper_pid(site)
        os.kill(before, signal.SIGKILL)
        program.until_says("starting it again")
        until(lambda: is_held(layout(site).keeper_lock) and keeper_pid(site) != before, "another keeper")
        until(lambda: postgres_pid(site), "another server")
        assert manage("migrate", "--check", HCCTRIALS_DATA_DIR=str(site)).returncode == 0


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_heals(site: Path) -> None:
    with served(site) as (program, _port):
        groups = list(children_pids(site).values())
        pids = keeper_pid(site), postgres_pid(site)
        program.send(signal.SIGKILL)
        program.wait()
        with served(site) as (_next, port):  # at once, while the old ones may still be ending
            assert status(port) == http.HTTPStatus.OK
        assert_nothing_left(site, groups, *pids)


def test_a_taken_port_gets_a_message_before_anything_starts(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = manage("serve", HCCTRIALS_DATA_DIR=str(folder), PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken by another program" in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr
    assert not layout(folder).cluster.exists()


def test_a_port_of_nonsense_gets_a_message(folder: Path) -> None:
    done = manage("serve", HCCTRIALS_DATA_DIR=str(folder), PORT="http")
    assert done.returncode == 1
    assert done.stderr.startswith("PORT is 'http': set it to a number")


def test_logs_hold_no_query(site: Path) -> None:
    with served(site) as (_program, port):
        status(port, "/livez?q=a-secret-question")
        status(port, "/no-such-page/?q=a-secret-question")
        web_log = site / "log" / "web.log"
        until(lambda: "GET /no-such-page/" in web_log.read_text(), "the request in the log")
    for log in (site / "log").iterdir():
        assert "a-secret-question" not in log.read_text(errors="replace"), log.name
