"""What the site counts of its own work, for Prometheus: requests by the name of their route, never by what was asked.

Several processes count into files of one folder (PROMETHEUS_MULTIPROC_DIR, set by the web server's own settings). A
label has a bounded set of values: no path, no query, no address, nothing that a visitor can choose.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Gauge, Histogram

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_PAGE_BYTES = resource.getpagesize()
_MEMORY = Path("/proc/self/statm")

REQUESTS = Counter("hcctrials_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "hcctrials_request_seconds",
    "Time until the answer, or the beginning of a streamed one.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
MEMORY = Gauge("hcctrials_web_memory_bytes", "Resident memory of a web process.", multiprocess_mode="liveall")
INDEX_SECONDS = Gauge(
    "hcctrials_index_build_seconds", "Time in which a web process made its search index.", multiprocess_mode="liveall"
)


class MetricsMiddleware:
    """Counts every answer, those of the middleware below it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(route, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        MEMORY.set(resident_bytes())
        return response


def route_of(request: HttpRequest) -> str:
    """ "trial-detail", "api:trials"; "none" where no address of ours was asked for."""
    match = request.resolver_match
    return match.view_name if match is not None and match.view_name else "none"


def resident_bytes() -> int:
    """0 where the system does not tell."""
    try:
        return int(_MEMORY.read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
