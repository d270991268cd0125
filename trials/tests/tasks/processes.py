"""Real workers, commands and brokers for the tests of the refresh, on the database of this test session.

Each process names itself to PostgreSQL (application_name), so that a test sees who holds and who waits for what.
Only processes that were started here are ever ended.
"""

import contextlib
import itertools
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from celery import Celery
from django.db import connection

from hcctrials import broker
from hcctrials.embedded.layout import REPOSITORY
from trials.tests.site.machine import PATIENCE, PYTHON, Program, clean_environment, free_port, running, until
from trials.tests.tasks.standing_in_the_way import driver, until_waits

QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")
EMBEDDED = "filesystem://"
_numbers = itertools.count(1)


def database_url(name: str) -> str:
    """This session's test database, under that application_name."""
    given = connection.settings_dict
    user, password = quote(given["USER"] or "", safe=""), quote(given["PASSWORD"] or "", safe="")
    secret = f"{user}:{password}" if password else user
    place = quote(given["HOST"] or "", safe="") + (f":{given['PORT']}" if given["PORT"] else "")
    return f"postgresql://{secret}@{place}/{quote(given['NAME'])}?application_name={name}"


@dataclass(frozen=True)
class Place:
    """Where processes work: their data folder, their broker, their registry."""

    folder: Path
    broker_url: str
    registry_port: int

    def environment(self, name: str, **more: str) -> dict[str, str]:
        standard = {
            "DJANGO_SETTINGS_MODULE": "hcctrials.settings",
            "DJANGO_DEBUG": "1",
            "HCCTRIALS_LOCAL_HTTP": "1",
            "DATABASE_URL": database_url(name),
            "HCCTRIALS_DATA_DIR": str(self.folder),
            "HCCTRIALS_STATEMENT_TIMEOUT_SECONDS": "60",
            "CELERY_BROKER_URL": self.broker_url,
            "HCCTRIALS_REGISTRY_URL": f"http://127.0.0.1:{self.registry_port}/api/v2",
            "HCCTRIALS_REGISTRY_REQUESTS_A_SECOND": "1000",
            "PYTHONUNBUFFERED": "1",
        }
        return clean_environment(**(standard | more))

    def send(self, task: str, *, soft_time_limit: float | None = None, **arguments: Any) -> str:
        """Hands a task over as the site does; gives its id."""
        app = Celery("tests", set_as_current=False)
        if self.broker_url == EMBEDDED:
            app.conf.update(
                broker_transport="hcctrials.broker:Transport",
                broker_transport_options=broker.options(self.folder / "broker"),
            )
        # the address is named here, because the session's own CELERY_BROKER_URL stands above any setting
        with app, app.connection_for_write(self.broker_url) as connected:
            sent = app.send_task(task, kwargs=arguments, connection=connected, soft_time_limit=soft_time_limit)
        return str(sent.id)


class Worker(Program):
    """`celery worker`, ready for tasks."""

    def __init__(self, place: Place, name: str, *options: str) -> None:
        self.name = name
        self.place = place
        command = [PYTHON, "-m", "celery", "-A", "hcctrials.celery", "worker", "-l", "INFO", "-n", name, *QUIET]
        super().__init__([*command, *options], place.folder / f"{name}.out", place.environment(name))

    def ready(self) -> "Worker":
        self.until_says(f"{self.name} ready.")
        return self

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """kill -9 of the worker with everything that it started."""
        os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()

    def kill_child(self) -> None:
        """kill -9 of the process that runs the tasks; the one above it stays and starts another."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        assert len(children) == 1, children
        os.kill(int(children[0]), signal.SIGKILL)

    def until_done(self, task: str, task_id: str) -> str:
        """Waits for the end of a task; gives the rest of the line that tells of it."""
        words = f"Task {task}[{task_id}] "
        until(lambda: any(words + end in self.text() for end in ("succeeded", "raised")), f"{words}\n{self.text()}")
        return next(line for line in self.text().splitlines() if f"{words}succ" in line or f"{words}rais" in line)

    def runs(self, task: str, **arguments: Any) -> str:
        """Sends a task and waits for its end."""
        return self.until_done(task, self.place.send(task, **arguments))


@dataclass
class Crew:
    """The workers of a place. One is kept from test to test; after a kill another one is started at once."""

    place: Place
    options: tuple[str, ...] = ("-P", "solo")
    workers: list[Worker] = field(default_factory=list)

    def first(self) -> Worker:
        return self.some(1)[0]

    def some(self, number: int) -> list[Worker]:
        """So many ready workers, and no more of them."""
        alive = [worker for worker in self.workers if worker.is_alive()]
        for one in alive[number:]:
            one.stop()
        self.workers = alive[:number]
        while len(self.workers) < number:
            self.workers.append(self._start())
        return [worker.ready() for worker in self.workers]

    def kill(self, worker: Worker, *, child: bool = False) -> None:
        """The whole worker, or only its child where it has one."""
        if child and "prefork" in self.options:
            worker.kill_child()
            return
        worker.kill()
        self.workers.remove(worker)
        if not self.workers:
            self.workers.append(self._start())

    def _start(self) -> Worker:
        return Worker(self.place, f"worker{next(_numbers)}", *self.options)

    def stop(self) -> None:
        for worker in self.workers:
            worker.process.send_signal(signal.SIGTERM)
        for worker in self.workers:
            worker.stop()


def both_load(crew: Crew) -> tuple[Worker, Worker]:
    """Begins a refresh with two workers; when each waits for a record of its own, who drives and who helps."""
    workers = crew.some(2)
    crew.place.send("trials.refresh", full=True)
    until_waits(2)
    [driving] = [worker for worker in workers if worker.name == driver()]
    [helping] = [worker for worker in workers if worker.name != driver()]
    return driving, helping


@dataclass(frozen=True)
class Ended:
    """How a command ended, and the JSON of its last line."""

    code: int
    answer: dict[str, Any]
    errors: str


def command_line(place: Place, *arguments: str) -> "tuple[list[str], dict[str, str]]":
    return [PYTHON, "manage.py", "refresh_trials", *arguments], place.environment(f"command{next(_numbers)}")


def refresh_command(place: Place, *arguments: str) -> Ended:
    """`manage.py refresh_trials`, to its end."""
    command, environment = command_line(place, *arguments)
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    lines = done.stdout.strip().splitlines()
    return Ended(done.returncode, json.loads(lines[-1]) if lines else {}, done.stderr)


@contextlib.contextmanager
def running_command(place: Place, *arguments: str) -> Iterator[Program]:
    """`manage.py refresh_trials` beside the test."""
    command, environment = command_line(place, *arguments)
    with running(command, place.folder / f"command{next(_numbers)}.out", environment) as program:
        yield program


@contextlib.contextmanager
def redis(folder: Path, port: int | None = None) -> Iterator[tuple[Program, str]]:
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with running(command, folder / f"redis{next(_numbers)}.out", clean_environment()) as program:
        program.until_says("Ready to accept connections")
        yield program, f"redis://127.0.0.1:{port}/0"
