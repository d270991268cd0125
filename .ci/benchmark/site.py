"""The site as in production: gunicorn with its own settings, as a child on a free port, with an empty page beside it.

It never outlives the block that it serves in. Memory is what the kernel says of its web processes.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmark.clients import answer
from hcctrials.serving.child import Child
from hcctrials.serving.port import listen

_PATIENCE = 60.0
_CLIENTS = Path(__file__).with_name("clients.py")


class Site:
    """A running one. ask() has pages asked by a number of clients at once, from another process."""

    def __init__(self, port: int, pid: int, clients: "subprocess.Popen[str]") -> None:
        self.port = port
        self._pid = pid
        self._clients = clients

    def ask(self, paths: Sequence[str], clients: int, seconds: float = 120, form: str = "") -> dict[str, Any]:
        if self._clients.stdin is None or self._clients.stdout is None:
            raise RuntimeError("no clients")
        job = {"paths": list(paths), "clients": clients, "seconds": seconds, "form": form}
        self._clients.stdin.write(json.dumps(job) + "\n")
        self._clients.stdin.flush()
        found: dict[str, Any] = json.loads(self._clients.stdout.readline())
        return found

    def memory_mib(self) -> list[float]:
        """Of each web process: its own pages, and its share of those that several have (PSS)."""
        children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text(encoding="ascii").split()
        rollups = (Path(f"/proc/{child}/smaps_rollup").read_text(encoding="ascii") for child in children)
        sizes = (re.search(r"^Pss: +(\d+) kB", rollup, re.MULTILINE) for rollup in rollups)
        return sorted(int(size[1]) / 1024 for size in sizes if size)


@contextmanager
def served(database_url: str, log: Path) -> Iterator[Site]:
    listener = listen(0)
    port = int(listener.getsockname()[1])
    child = Child(
        name="web server",
        command=[
            *(sys.executable, "-m", "gunicorn", "--config", "python:hcctrials.serving.gunicorn_conf"),
            *("--bind", f"fd://{listener.fileno()}", "benchmark.empty_site:application"),
        ],
        log=log,
        environment={
            "DATABASE_URL": database_url,
            "HCCTRIALS_STATEMENT_TIMEOUT_SECONDS": "5",  # as `serve` and the container set it
            "PYTHONPATH": str(Path(__file__).parents[1]),
        },
        keep_descriptors=(listener.fileno(),),
    )
    child.start()
    clients = subprocess.Popen(  # noqa: S603  # our own script
        [sys.executable, str(_CLIENTS), str(port)],
        env=os.environ | {"PYTHONPATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _until_it_answers(port, child)
        yield Site(port, child.process.pid if child.process else 0, clients)
    finally:
        clients.communicate()
        child.ask_to_stop()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and not child.has_ended():
            time.sleep(0.05)
        child.kill()
        listener.close()


def _until_it_answers(port: int, child: Child) -> None:
    deadline = time.monotonic() + _PATIENCE
    while answer(port, {"paths": ["/empty/"], "clients": 1, "seconds": 5})["statuses"].get("200") != 1:
        if child.has_ended() or time.monotonic() > deadline:
            raise RuntimeError(f"the site does not answer; see {child.log}")
        time.sleep(0.1)
