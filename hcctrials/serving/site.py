"""What `manage.py serve` does from start to end: check, prepare, run, let go.

It never prepares anything before it knows that it is the only one and that the port is free.
"""

import contextlib
import io
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from kombu.exceptions import OperationalError

from hcctrials.celery import app
from hcctrials.embedded.environment import uses_embedded_server
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.locks import FileLock
from hcctrials.embedded.server import Hold, database
from hcctrials.serving.child import Child
from hcctrials.serving.port import HOST, listen, wanted_port
from hcctrials.serving.static import collect_if_changed
from hcctrials.serving.supervisor import Supervisor, end_leftovers, say
from trials.models import Trial

_BEHIND_READERS = 5  # niceness of worker and scheduler: readers first, and yet a refresh goes on under any load


def serve() -> int:
    """The exit code. Errors that a person can repair are `EmbeddedError`s."""
    port = wanted_port()
    signal.signal(signal.SIGTERM, _interrupt)
    data_dir: Path = settings.DATA_DIR
    state = data_dir / "serve.children"
    try:
        with _only_one(data_dir):
            patience = 5.0 if end_leftovers(state) else 0.0
            with contextlib.closing(listen(port, patience)) as listener, _database(data_dir) as hold:
                prepare_store()
                if collect_if_changed():
                    say("Static files collected.")
                supervisor = Supervisor(children(listener), port, hold, state)
                return supervisor.run(lambda: _on_ready(port, data_dir))
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    lock = FileLock(data_dir / "serve.lock")
    try:
        if not lock.try_exclusive():
            raise EmbeddedError(
                f"The site is already running on this data folder, pid {lock.pid()}. Stop that one first (Ctrl-C "
                f"where it runs, or: kill {lock.pid()}), or set HCCTRIALS_DATA_DIR and PORT for a second one."
            )
        lock.write_pid()
        yield
        lock.clear()
    finally:
        lock.close()


@contextlib.contextmanager
def _database(data_dir: Path) -> Iterator[Hold | None]:
    """The embedded server, unless DATABASE_URL names another."""
    if not uses_embedded_server(data_dir):
        yield None
        return
    with database(data_dir) as hold:
        yield hold


def prepare_store() -> None:
    """Tables, and the five trials of `fixtures/` where there is none yet."""
    call_command("migrate", interactive=False, verbosity=0)
    if not Trial.objects.exists():
        say("The store is empty: loading the trials of fixtures/ ...")
        call_command("load_trials", str(settings.BASE_DIR / "fixtures"), stdout=io.StringIO())
    connections.close_all()


def children(listener: socket.socket) -> list[list[Child]]:
    """In the order in which they are stopped. Web is first: no request meets a site without a worker."""
    log_dir = settings.DATA_DIR / "log"
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "hcctrials.celery"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    slow = {"HCCTRIALS_STATEMENT_TIMEOUT_SECONDS": "3600"}
    web = Child(
        name="web server",
        command=[
            *(*python, "gunicorn", "--config", "python:hcctrials.serving.gunicorn_conf"),
            *("--bind", f"fd://{listener.fileno()}", "hcctrials.wsgi:application"),
        ],
        log=log_dir / "web.log",
        environment={"HCCTRIALS_STATEMENT_TIMEOUT_SECONDS": "5"},
        keep_descriptors=(listener.fileno(),),
    )
    worker = Child(
        name="worker",
        command=[*celery, "worker", "--pool", "solo", "--loglevel", "INFO", "--hostname", "local@%h", *quiet],
        log=log_dir / "worker.log",
        environment=slow,
        niceness=_BEHIND_READERS,
    )
    scheduler = Child(
        name="scheduler",
        command=[*celery, "beat", "--loglevel", "INFO", "--pidfile", ""],
        log=log_dir / "scheduler.log",
        environment=slow,
        niceness=_BEHIND_READERS,
    )
    return [[web], [worker, scheduler]]


def _on_ready(port: int, data_dir: Path) -> None:
    _announce(port, data_dir)
    if settings.HCCTRIALS_REFRESH_ON_START:
        _order_refresh()


def _order_refresh() -> None:
    """The site serves with the data that it has, whether or not anybody can fetch newer ones."""
    try:
        app.send_task("trials.refresh", kwargs={"asked_by": "start"})
    except (OperationalError, OSError) as error:
        say(f"The refresh could not be ordered, the broker does not answer: {error}")
    else:
        print("Refreshing from the registry in the background; /status shows how far it is.", flush=True)


def _announce(port: int, data_dir: Path) -> None:
    shown = os.path.relpath(data_dir / "log")
    print(f"HCC trials is running: http://{HOST}:{port}  (Ctrl-C stops it; logs in {shown})", flush=True)
