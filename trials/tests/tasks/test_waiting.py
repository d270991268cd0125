"""How many tasks wait and for how long, looked up in real brokers without taking any."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hcctrials.embedded.layout import REPOSITORY
from trials.tests.site.machine import PATIENCE, PYTHON, clean_environment, free_port
from trials.tests.tasks.processes import redis

ASK = """
import json, sys, time, django
django.setup()
from hcctrials.celery import ping
from trials.tasks.waiting import waiting_tasks
told = [waiting_tasks()]
for _ in range(2):
    ping.delay()
    time.sleep(0.05)
told += [waiting_tasks(), waiting_tasks()]
print(json.dumps([one and [one.number, one.oldest_sent_at and one.oldest_sent_at.timestamp()] for one in told]))
"""


def asked(folder: Path, url: str, code: str = ASK) -> list[list[float | None] | None]:
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="hcctrials.settings",
        DJANGO_DEBUG="1",
        DATABASE_URL="postgresql:///none",
        HCCTRIALS_DATA_DIR=str(folder),
        CELERY_BROKER_URL=url,
    )
    done = subprocess.run(
        [PYTHON, "-c", code], cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    told: list[list[float | None] | None] = json.loads(done.stdout)
    return told


def assert_counts(folder: Path, url: str) -> None:
    began = time.time()
    before, then, again = asked(folder, url)
    assert before == [0, None]
    assert then is not None
    assert then[0] == 2
    assert then[1] is not None
    assert began <= then[1] <= time.time()
    assert again == then


def test_tasks_of_the_embedded_broker(tmp_path: Path) -> None:
    assert_counts(tmp_path, "filesystem://")
    assert len(list((tmp_path / "broker" / "messages").glob("*.celery.msg"))) == 2


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    with redis(tmp_path) as (_server, url):
        yield url


@pytest.mark.redis
def test_tasks_of_redis(tmp_path: Path, redis_url: str) -> None:
    assert_counts(tmp_path, redis_url)


def test_a_broker_that_is_away_is_told_and_not_waited_for(tmp_path: Path) -> None:
    code = "\n".join(
        [
            "import json, django",
            "django.setup()",
            "from trials.tasks.waiting import waiting_tasks",
            "print(json.dumps([waiting_tasks()]))",
        ]
    )
    assert asked(tmp_path, f"redis://127.0.0.1:{free_port()}/0", code) == [None]
