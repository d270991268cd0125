"""Memory of the site's processes over time, as the kernel says: their own pages and their share of common ones (PSS).

What has ended in the meantime is left out. It never touches a process.
"""

import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

Pids = Callable[[], Mapping[str, list[int]]]
_EVERY = 2.0  # seconds


def pss_mib(pid: int) -> float:
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        if found := re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE):
            return int(found[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()))
    return []


class Watch:
    """samples: for each name the sums in MiB, one for each moment."""

    def __init__(self, pids: Pids) -> None:
        self._pids = pids
        self.samples: list[tuple[float, dict[str, float]]] = []

    def take(self) -> dict[str, float]:
        found = {name: sum(map(pss_mib, pids)) for name, pids in self._pids().items()}
        self.samples.append((time.monotonic(), found))
        return found

    @contextmanager
    def running(self) -> Iterator[None]:
        stop = Event()

        def watch() -> None:
            while not stop.wait(_EVERY):
                self.take()

        thread = Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def most(self, name: str) -> float:
        return max((sample.get(name, 0.0) for _, sample in self.samples), default=0.0)
