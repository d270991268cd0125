"""gunicorn's settings, for `manage.py serve` and for the container. It never logs a query string or a whole address.

What is logged of a request: method, path, status, bytes and milliseconds; as JSON also its id and the client's network.
"""

import os
import time
from pathlib import Path
from threading import Event

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from hcctrials.logs import configuration
from hcctrials.serving.counters import counter_folder

# Read before Django is set up: the log lines carry an id that a library of Django's settings keeps.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")

LONGEST_WARM_UP = 180.0  # seconds that a process without an index waits before it takes requests all the same

workers = 2
threads = 4
worker_class = "gthread"
timeout = 120  # seconds without a sign of life; a slow machine may take a minute to import everything
graceful_timeout = 8
keepalive = 5
# A worker shows that it lives by touching a file: in memory, because a slow disk would look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The address of the proxy in front, when there is one; nobody else's X-Forwarded-* headers are believed.
forwarded_allow_ips = os.environ.get("HCCTRIALS_PROXY_ADDRESSES") or "127.0.0.1"
control_socket_disable = True

accesslog = "-"
errorlog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
logconfig_dict = configuration("gunicorn.error", "gunicorn.access")


def on_starting(server: Arbiter) -> None:
    """Called by gunicorn before its workers: each writes its counts into files here, and /metrics adds them up."""
    del server
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = counter_folder()


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Called by gunicorn after the end of a worker process: its memory counts no longer, its requests still do."""
    from prometheus_client import multiprocess

    del server
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def post_worker_init(worker: Worker) -> None:
    """Called by gunicorn in each worker process, once Django stands; it takes requests when this returns.

    A process without an index would let its readers wait while the others could answer them.
    """
    from hcctrials.serving.warm import start

    tried, until = Event(), time.monotonic() + LONGEST_WARM_UP
    start(tried)
    while worker.alive and not tried.wait(1) and time.monotonic() < until:
        worker.notify()  # or the arbiter takes it for dead
