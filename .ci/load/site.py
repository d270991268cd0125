"""The site as `manage.py serve` runs it: its own children (gunicorn with 2 processes of 4 threads, the worker) on a
free port, over an embedded PostgreSQL that can be restarted. Clients ask from a process of their own.

Nothing of it outlives the block.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hcctrials.embedded.layout import Layout
from hcctrials.embedded.server import Hold
from hcctrials.serving.child import Child
from hcctrials.serving.port import listen
from hcctrials.serving.site import children as served_children
from load.clients import answer
from load.memory import Watch, children

Page = tuple[str, str, str | None]
_CLIENTS = Path(__file__).with_name("clients.py")
_PATIENCE = 90.0
NO_END = 1e9


class Site:
    """A running one. ask() has pages asked by a number of clients at once, from another process."""

    def __init__(self, port: int, web: Child, worker: Child, hold: Hold) -> None:
        self.port, self.web, self.worker, self.hold = port, web, worker, hold
        self.watch = Watch(self._pids)

    def ask(
        self,
        pages: Sequence[Page],
        clients: int,
        *,
        seconds: float = NO_END,
        requests: float = NO_END,
        pause: float = 0,
    ) -> dict[str, Any]:
        job = {"pages": list(pages), "clients": clients, "seconds": seconds, "requests": requests, "pause": pause}
        done = subprocess.run(  # noqa: S603  # our own script
            [sys.executable, str(_CLIENTS), str(self.port)],
            env=os.environ | {"PYTHONPATH": ""},
            input=json.dumps(job) + "\n",
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def restart_database(self, away: float) -> float:
        """The moment (monotonic) at which PostgreSQL answered again, after so many seconds without it."""
        place = self.hold.place
        self.hold.close()
        time.sleep(away)
        self.hold = Hold(place)
        self.hold.open()
        return time.monotonic()

    def _pids(self) -> dict[str, list[int]]:
        web = children(_pid(self.web))
        named = {f"web process {number}": [pid] for number, pid in enumerate(web, 1)}
        return {
            "gunicorn": [_pid(self.web)],
            **named,
            "worker": [_pid(self.worker)],
            "PostgreSQL": _postgres(self.hold.place),
        }


def _pid(child: Child) -> int:
    return child.process.pid if child.process else 0


def _postgres(place: Layout) -> list[int]:
    try:
        pid = int((place.cluster / "postmaster.pid").read_text(encoding="ascii").split("\n")[0])
    except (OSError, ValueError):
        return []
    return [pid, *children(pid)]


@contextmanager
def served(hold: Hold) -> Iterator[Site]:
    """hold is open, and closed by whoever opened it: look at Site.hold, which a restart replaces."""
    listener = listen(0)
    port = int(listener.getsockname()[1])
    [[web], [worker, _scheduler]] = served_children(listener)
    started = [web, worker]
    try:
        for child in started:
            child.start()
        _until_it_answers(port, web)
        yield Site(port, web, worker, hold)
    finally:
        for child in started:
            child.ask_to_stop()
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline and not all(child.has_ended() for child in started):
            time.sleep(0.05)
        for child in started:
            child.kill()
        listener.close()


def _until_it_answers(port: int, web: Child) -> None:
    job = {"pages": [["page", "/trials/", None]], "clients": 1, "seconds": NO_END, "requests": 1, "pause": 0}
    deadline = time.monotonic() + _PATIENCE
    while answer(port, job)["seen"][0][1] != 200:
        if web.has_ended() or time.monotonic() > deadline:
            raise RuntimeError(f"the site does not answer; see {web.log}")
        time.sleep(0.2)
