"""Several web processes count together in a real Redis, and alone while it is gone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as Refused

from hcctrials.guard.rates import Rates
from trials.tests.site.machine import free_port, until

pytestmark = pytest.mark.redis


def _answers(port: int) -> bool:
    try:
        with Redis(port=port) as client:
            return bool(client.ping())
    except Refused:
        return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        until(lambda: _answers(port), "redis answers")
        yield port, process
        process.kill()


def test_two_processes_share_one_count_and_keep_no_address(server: tuple[int, "subprocess.Popen[bytes]"]) -> None:
    port, process = server
    first, second = Rates(f"redis://127.0.0.1:{port}/0"), Rates(f"redis://127.0.0.1:{port}/0")
    assert [one.seconds_to_wait("search", "3/minute", "fd00::1") for one in (first, second, first)] == [0, 0, 0]
    assert 0 < second.seconds_to_wait("search", "3/minute", "fd00::1") <= 61
    assert second.seconds_to_wait("search", "3/minute", "fd00::2") == 0
    with Redis(port=port) as client:
        assert all(0 < client.ttl(key) <= 61 for key in client.scan_iter())
    process.kill()
    process.wait()
    assert second.seconds_to_wait("search", "3/minute", "fd00::1") == 0, "gone: each counts by itself"
