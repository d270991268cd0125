"""Messages reach a real worker: over the embedded broker, and over a real Redis."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hcctrials import broker
from hcctrials.embedded.layout import REPOSITORY
from trials.tests.site.machine import PYTHON, clean_environment, running
from trials.tests.tasks.processes import redis

SEND = "import django; django.setup(); from hcctrials.celery import ping; print(ping.delay().id)"
SUCCEEDED = "Task hcctrials.celery.ping[{}] succeeded"


def environment(folder: Path, url: str) -> dict[str, str]:
    """Neither sending nor a ping touches the database, so there is none."""
    return clean_environment(
        DJANGO_SETTINGS_MODULE="hcctrials.settings",
        DJANGO_DEBUG="1",
        DATABASE_URL="postgresql:///none",
        HCCTRIALS_DATA_DIR=str(folder),
        CELERY_BROKER_URL=url,
    )


def worker(folder: Path) -> list[str]:
    return [PYTHON, "-m", "celery", "-A", "hcctrials.celery", "worker", "-P", "solo", "-l", "INFO", "-n", folder.name]


def send(folder: Path, url: str) -> str:
    done = subprocess.run(
        [PYTHON, "-c", SEND],
        cwd=REPOSITORY,
        env=environment(folder, url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def assert_runs(folder: Path, url: str) -> None:
    """One task waits for the worker, another comes while it runs."""
    early = send(folder, url)
    with running(worker(folder), folder / "worker.out", environment(folder, url)) as program:
        program.until_says(SUCCEEDED.format(early))
        late = send(folder, url)
        program.until_says(SUCCEEDED.format(late))


def test_a_task_runs_over_the_embedded_broker(tmp_path: Path) -> None:
    assert_runs(tmp_path, "filesystem://")
    assert list((tmp_path / "broker" / "messages").glob("*.celery.msg")) == []


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    with redis(tmp_path) as (_server, url):
        yield url


@pytest.mark.redis
def test_a_task_runs_over_redis(tmp_path: Path, redis_url: str) -> None:
    assert_runs(tmp_path, redis_url)


def test_messages_appear_whole_and_in_order(tmp_path: Path) -> None:
    broker.make_folders(tmp_path)
    channel = broker.Channel.__new__(broker.Channel)
    channel.__dict__["data_folder_out"] = broker.options(tmp_path)["data_folder_out"]
    for number in range(3):
        channel._put("celery", {"number": number})
        time.sleep(0.002)  # names have milliseconds
    files = sorted((tmp_path / "messages").iterdir())
    assert [json.loads(file.read_text())["number"] for file in files] == [0, 1, 2]
    assert all(file.name.partition(".")[2] == "celery.msg" for file in files)
