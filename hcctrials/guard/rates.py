"""How often one client may ask, counted in a moving window by the library `limits`. Knows clients by pseudonym only.

Counted in this process's memory, or in Redis where several processes share it. A Redis that is away stops nobody: the
process counts by itself until it is back.
"""

import logging
import time
from functools import cache
from typing import Any

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

_log = logging.getLogger(__name__)
_AWAY_SECONDS = 10.0  # how long a Redis that failed is left alone
_REDIS_SECONDS = 0.25  # how long one that is silent is waited for


class Rates:
    """Counts for one process; `url` is where counts are shared, "" for nowhere, `seconds` how long it may be silent."""

    def __init__(self, url: str = "", *, seconds: float = _REDIS_SECONDS) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        silence: dict[str, Any] = {"socket_connect_timeout": seconds, "socket_timeout": seconds}  # for redis-py
        self._shared = MovingWindowRateLimiter(storage_from_string(url, **silence)) if url else None
        self._away_until = 0.0

    def seconds_to_wait(self, kind: str, limit: str, client: str) -> int:
        """Counts one request; 0 if it may go on, else how long until there is room again."""
        item = parsed(limit)
        if self._shared and time.monotonic() >= self._away_until:
            try:
                return _counted(self._shared, item, kind, client)
            except Exception as fault:  # whatever a client library raises: a page is worth more than a count
                self._away_until = time.monotonic() + _AWAY_SECONDS
                _log.warning("The store of rate limits does not answer: %s", type(fault).__name__)
        return _counted(self._own, item, kind, client)


def _counted(limiter: MovingWindowRateLimiter, item: RateLimitItem, kind: str, client: str) -> int:
    if limiter.hit(item, kind, client):
        return 0
    reset, _ = limiter.get_window_stats(item, kind, client)
    return max(0, int(reset - time.time())) + 1  # whoever waits just that long is let in


@cache
def parsed(limit: str) -> RateLimitItem:
    """60/minute, as the library reads it."""
    return parse(limit)
