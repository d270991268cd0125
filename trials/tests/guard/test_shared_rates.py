"""Several web processes count together in a real Redis, and alone while it is gone."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from hcctrials.guard.rates import Rates
from trials.tests.site.machine import PATIENCE, Program
from trials.tests.tasks.processes import redis

pytestmark = pytest.mark.redis


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Program, str]]:
    with redis(tmp_path) as running:
        yield running


def test_two_processes_share_one_count_and_keep_no_address(server: tuple[Program, str]) -> None:
    program, url = server
    first, second = Rates(url, seconds=PATIENCE), Rates(url, seconds=PATIENCE)
    assert [one.seconds_to_wait("search", "3/minute", "fd00::1") for one in (first, second, first)] == [0, 0, 0]
    assert 0 < second.seconds_to_wait("search", "3/minute", "fd00::1") <= 61
    assert second.seconds_to_wait("search", "3/minute", "fd00::2") == 0
    with Redis.from_url(url) as client:
        assert all(0 < client.ttl(key) <= 61 for key in client.scan_iter())
    program.send(signal.SIGKILL)
    program.wait()
    assert second.seconds_to_wait("search", "3/minute", "fd00::1") == 0, "gone: each counts by itself"
