"""Against one site that `manage.py serve` keeps running: it shares, heals, and says what is the matter."""

import http.client
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hcctrials.embedded.layout import layout
from hcctrials.embedded.locks import is_held
from trials.tests.site.machine import (
    Program,
    children_pids,
    group_exists,
    keeper_pid,
    manage,
    postgres_pid,
    served,
    status,
    until,
)


@pytest.fixture(scope="module")
def live(site: Path) -> Iterator[tuple[Program, int]]:
    with served(site) as program_and_port:
        yield program_and_port


def test_a_second_one_says_that_it_is_already_running(site: Path, live: tuple[Program, int]) -> None:
    program, port = live
    done = manage("serve", HCCTRIALS_DATA_DIR=str(site), PORT=str(port))
    assert done.returncode == 1
    assert f"already running on this data folder, pid {program.pid}" in done.stderr
    assert "Traceback" not in done.stderr
    assert status(port) == http.HTTPStatus.OK


def test_a_command_uses_the_running_server_and_leaves_it_running(site: Path, live: tuple[Program, int]) -> None:
    pid = postgres_pid(site)
    assert manage("migrate", "--check", HCCTRIALS_DATA_DIR=str(site)).returncode == 0
    assert postgres_pid(site) == pid
    assert status(live[1]) == http.HTTPStatus.OK


def test_logs_hold_no_query(site: Path, live: tuple[Program, int]) -> None:
    status(live[1], "/livez?q=a-secret-question")
    status(live[1], "/no-such-page/?q=a-secret-question")
    web_log = site / "log" / "web.log"
    until(lambda: "GET /no-such-page/" in web_log.read_text(), "the request in the log")
    for log in (site / "log").iterdir():
        assert "a-secret-question" not in log.read_text(errors="replace"), log.name


@pytest.mark.parametrize("name", ["web server", "worker", "scheduler"])
def test_a_killed_child_is_started_again(site: Path, live: tuple[Program, int], name: str) -> None:
    before = children_pids(site)
    os.kill(before[name], signal.SIGKILL)
    until(lambda: children_pids(site).get(name) not in {None, before[name]}, f"another {name}")
    until(lambda: not group_exists(before[name]), f"the end of the old {name}'s group")
    until(lambda: status(live[1]) == http.HTTPStatus.OK, "an answer")


def test_a_killed_database_comes_back_with_its_keeper(site: Path, live: tuple[Program, int]) -> None:
    before = keeper_pid(site)
    os.kill(before, signal.SIGKILL)
    live[0].until_says("The embedded PostgreSQL is gone; starting it again")
    until(lambda: is_held(layout(site).keeper_lock) and keeper_pid(site) != before, "another keeper")
    until(lambda: postgres_pid(site), "another server")
    assert manage("migrate", "--check", HCCTRIALS_DATA_DIR=str(site)).returncode == 0
