"""A broker that is away, silent or alone: clear words, no waiting for ever, and a site and a command that need none."""

import re
import socket
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from hcctrials.embedded.layout import REPOSITORY
from trials.models import RefreshRun, RunStatus
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import PATIENCE, PYTHON, free_port, until
from trials.tests.store_contents import Contents
from trials.tests.tasks import scene
from trials.tests.tasks.processes import EMBEDDED, Place, Worker, redis, refresh_command
from trials.tests.tasks.standing_in_the_way import trial_held, until_waits

PING = "hcctrials.celery.ping"
HAND_OVER = "import django; django.setup(); from hcctrials.celery import app; app.send_task('trials.refresh')"
DRIVE = """
import json
import django; django.setup()
import hcctrials.celery
from trials.tasks import refresh_trials
print(json.dumps(refresh_trials(full=True)))
"""


def python(place: Place, code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PYTHON, "-c", code],
        cwd=REPOSITORY,
        env=place.environment("code"),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_its_broker_and_finds_it_again(tmp_path: Path, registry_port: int) -> None:
    port = free_port()
    worker = Worker(Place(tmp_path, f"redis://127.0.0.1:{port}/0", registry_port), "patient", "-P", "solo")
    try:
        worker.until_says(f"Cannot connect to redis://:**@127.0.0.1:{port}/0")
        with redis(tmp_path, port) as (server, _url):
            assert " 'pong'" in worker.ready().runs(PING)
            server.process.kill()
            worker.until_says("Connection to broker lost")
        until(lambda: worker.text().count("Cannot connect to redis") >= 2, "the second message")
        assert re.search(r"Trying again in [\d.]+ seconds", worker.text())
        with redis(tmp_path, port):
            assert " 'pong'" in worker.runs(PING)
            assert worker.is_alive()
    finally:
        worker.stop()


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_run_outlives_its_broker(tmp_path: Path, registry_port: int, begun: RegistryServer, clean: Contents) -> None:
    """And the worker works on when there is one again."""
    port = free_port()
    place = Place(tmp_path, f"redis://127.0.0.1:{port}/0", registry_port)
    worker = Worker(place, "steady", "-P", "prefork", "-c", "1")
    try:
        with redis(tmp_path, port) as (server, _url), trial_held(scene.number(6)):
            worker.ready()
            place.send("trials.refresh", full=True)
            until_waits()
            server.process.kill()
            worker.until_says("Connection to broker lost")
        until(lambda: not RefreshRun.objects.filter(status=RunStatus.RUNNING).exists(), "the end of the run")
        scene.assert_ends_as(clean)
        with redis(tmp_path, port):
            assert " 'pong'" in worker.runs(PING)
    finally:
        worker.stop()


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_a_refresh_still_runs(
    tmp_path: Path, registry_port: int, begun: RegistryServer, clean: Contents
) -> None:
    """The command needs none; a driver whose broker went says that it loads alone."""
    place = Place(tmp_path, f"redis://127.0.0.1:{free_port()}/0", registry_port)
    done = python(place, DRIVE)
    assert '"status": "succeeded"' in done.stdout, done.stderr
    assert re.search(r"No broker: refresh \d+ is loaded by one process", done.stderr)
    scene.assert_ends_as(clean)
    assert refresh_command(place).answer["status"] == "succeeded"


@pytest.mark.parametrize("is_there", [False, True], ids=["away", "silent"])
@pytest.mark.django_db(transaction=True)
def test_whoever_hands_over_a_task_gets_an_error(tmp_path: Path, registry_port: int, is_there: bool) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        if is_there:
            mute.listen(20)
        done = python(Place(tmp_path, f"redis://127.0.0.1:{mute.getsockname()[1]}/0", registry_port), HAND_OVER)
    assert done.returncode == 1
    assert "kombu.exceptions.OperationalError: " in done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_broker_without_a_worker_keeps_the_message(
    tmp_path: Path, registry_port: int, begun: RegistryServer, clean: Contents, client: Client
) -> None:
    place = Place(tmp_path, EMBEDDED, registry_port)
    assert python(place, HAND_OVER).returncode == 0
    assert len(list((tmp_path / "broker" / "messages").glob("*.celery.msg"))) == 1
    before = RefreshRun.objects.count()
    for path in ("/livez", "/readyz", "/trials/", f"/trials/{scene.number(1)}/"):
        assert client.get(path).status_code == 200, path
    assert RefreshRun.objects.count() == before
    worker = Worker(place, "late", "-P", "solo")
    try:
        until(lambda: RefreshRun.objects.filter(finished_at__isnull=False).count() == before + 1, "the run")
    finally:
        worker.stop()
    assert "'status': 'succeeded'" in worker.text()
