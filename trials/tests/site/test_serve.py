"""`manage.py serve` with real processes: messages instead of tracebacks, order at the end, and nothing left behind."""

import http.client
import signal
import socket
from pathlib import Path

import pytest

from hcctrials.embedded.layout import layout
from hcctrials.embedded.locks import is_held
from hcctrials.embedded.processes import is_alive
from trials.tests.site.machine import (
    PYTHON,
    children_pids,
    clean_environment,
    free_port,
    group_exists,
    keeper_pid,
    manage,
    postgres_pid,
    running,
    served,
    status,
    until,
)


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


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_heals(site: Path) -> None:
    with served(site) as (program, _port):
        groups = list(children_pids(site).values())
        pids = keeper_pid(site), postgres_pid(site)
        program.send(signal.SIGKILL)
        program.wait()
        with served(site) as (_next, port):  # at once, while the old ones may still be ending
            assert status(port) == http.HTTPStatus.OK
        assert_nothing_left(site, groups, *pids)


def test_a_killed_supervisor_leaves_nothing_even_without_a_next_start(site: Path) -> None:
    """Started as a shell without job control starts a background job: with SIGINT and SIGQUIT ignored."""
    environment = clean_environment(HCCTRIALS_DATA_DIR=str(site), PORT=str(free_port()))
    command = ["sh", "-c", f"trap '' INT QUIT; exec {PYTHON} manage.py serve"]
    with running(command, site / "serve.out", environment) as program:
        program.until_says("HCC trials is running")
        groups = list(children_pids(site).values())
        pids = keeper_pid(site), postgres_pid(site)
        program.send(signal.SIGKILL)
        program.wait()
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
