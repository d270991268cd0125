"""`manage.py serve` and its first refresh: with a dead registry, with a living one, and stopped in the middle."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from hcctrials.embedded.layout import layout
from hcctrials.embedded.server import database
from trials.ingest.sources import find_files, read_file
from trials.tests import registry_faults as faults
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import (
    PYTHON,
    Program,
    children_pids,
    clean_environment,
    data_folder,
    free_port,
    group_exists,
    running,
    status,
    until,
)
from trials.tests.tasks import scene


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """One data folder for all of these tests, which build on each other."""
    with data_folder() as path:
        yield path


@contextmanager
def serving(site: Path, registry_port: int) -> Iterator[tuple[Program, int]]:
    port = free_port()
    environment = clean_environment(
        HCCTRIALS_DATA_DIR=str(site),
        PORT=str(port),
        HCCTRIALS_REFRESH_ON_START="1",
        HCCTRIALS_REGISTRY_URL=f"http://127.0.0.1:{registry_port}/api/v2",
        HCCTRIALS_REGISTRY_REQUESTS_A_SECOND="1000",
    )
    with running([PYTHON, "manage.py", "serve"], site / "serve.out", environment) as program:
        program.until_says("HCC trials is running")
        yield program, port


def rows(site: Path, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(layout(site).database_url()) as store:
        return store.execute(statement).fetchall()


def fixtures() -> list[dict[str, Any]]:
    """What the site loads at its first start: the registry knows these trials too, or the gate stops the run."""
    files = find_files(Path(settings.BASE_DIR) / "fixtures")
    return [document.data for file in files for document in read_file(file) if isinstance(document.data, dict)]


def runs(site: Path) -> list[tuple[Any, ...]]:
    return rows(site, "SELECT status, phase, reason FROM trials_refreshrun ORDER BY id")


def test_a_dead_registry_leaves_a_site_that_serves(site: Path) -> None:
    with serving(site, free_port()) as (_program, port):
        until(lambda: [run[0] for run in runs(site)] == ["failed"], "a run that failed")
        assert "refused the connection" in runs(site)[0][2]
        assert status(port, "/trials/") == 200
        assert status(port, "/status") == 200


def test_ctrl_c_in_the_middle_stops_and_the_next_start_carries_on(site: Path) -> None:
    """Every record has come and one is loaded when the second is held up; then the trials come in by themselves."""
    with RegistryServer([*fixtures(), *(scene.study(number, 1) for number in range(1, 9))]) as registry:
        with database(site), psycopg.connect(layout(site).database_url(), autocommit=True) as store:
            store.execute("SELECT pg_advisory_lock(hashtext(%s))", [scene.number(2)])
            with serving(site, registry.port) as (program, _port):
                loaded = "SELECT count(*) FROM trials_stagedrecord WHERE result = 'created'"
                until(lambda: rows(site, loaded) == [(1,)], "one loaded record")
                children = children_pids(site)
                program.send(signal.SIGINT)
                assert program.wait() == 0
            assert not any(group_exists(pid) for pid in children.values())
        registry.fail(faults.status(503), path="/version")  # a bad moment that passes
        with serving(site, registry.port) as (_program, port):
            until(lambda: [run[0] for run in runs(site)] == ["failed", "succeeded", "succeeded"], "two more runs")
            assert rows(site, "SELECT count(*) FROM trials_trial WHERE brief_title LIKE '%state 1'") == [(8,)]
            assert rows(site, "SELECT count(*) FROM trials_stagedrecord") == [(0,)]
            assert status(port, f"/trials/{scene.number(8)}/") == 200
