"""Time as the client spends it: the pace of requests and the budget. Never asks anything of the registry itself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Pace:
    """Lets so many requests start in a second, evenly; the first at once."""

    def __init__(self, per_second: float) -> None:
        if not per_second > 0:
            raise ValueError("requests_a_second: must be more than 0")
        self._interval = 1 / per_second
        self._next = time.monotonic()

    def wait(self) -> None:
        if (delay := self._next - time.monotonic()) > 0:
            time.sleep(delay)
        self._next = time.monotonic() + self._interval


class Budget:
    """A sum of seconds of which only what happens inside `spending` is taken."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._since: float | None = None

    @property
    def left(self) -> float:
        return self._left - (0 if self._since is None else time.monotonic() - self._since)

    @contextmanager
    def spending(self) -> Iterator[None]:
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._left, self._since = self.left, None
