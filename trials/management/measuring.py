"""What `manage.py benchmark` measures: loading records, and answering pages on the loaded store. Never judges."""

import resource
import statistics
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from trials.ingest.files import LoadReport, load_paths
from trials.models import Site, Trial

_HOST = "localhost"


@dataclass(frozen=True, slots=True)
class LoadMeasure:
    """One pass over all files. peak_memory_mb is of this process so far, in MiB."""

    records: int
    sites: int
    seconds: float
    records_per_second: float
    peak_memory_mb: float
    counts: dict[str, int]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """median and p95 in milliseconds; ratio is the median over that of a page without work (/livez) in the same run."""

    url: str
    status: int
    kilobytes: float
    queries: int
    median: float
    p95: float
    ratio: float

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def measure_load(paths: list[Path]) -> LoadMeasure:
    report = LoadReport()
    started = time.perf_counter()
    for _ in load_paths(paths, report):
        pass
    seconds = time.perf_counter() - started
    records = report.counts.total()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB
    return LoadMeasure(
        records,
        Site.objects.count(),
        round(seconds, 2),
        round(records / seconds, 1),
        round(peak, 1),
        report.as_json(),
    )


def largest_trials() -> list[str]:
    """The trial with the most sites, and one with 171 if there is one (the record that the issue names)."""
    by_sites: dict[str, int] = {}
    for nct_id in Site.objects.order_by().values_list("trial_id", flat=True):
        by_sites[nct_id] = by_sites.get(nct_id, 0) + 1
    named = [nct_id for nct_id, sites in by_sites.items() if sites == 171]
    most = max(by_sites, key=lambda nct_id: by_sites[nct_id], default="")
    return [Trial(nct_id=nct_id).get_absolute_url() for nct_id in dict.fromkeys([*named, most]) if nct_id]


def measure_pages(urls: Iterable[str], rounds: int) -> list[PageMeasure]:
    client = Client(HTTP_HOST=_HOST)
    with override_settings(ALLOWED_HOSTS=[_HOST], SECURE_SSL_REDIRECT=False):
        base = statistics.median(_timings(client, "/livez", rounds))
        return [_measure_page(client, url, rounds, base) for url in urls]


def _measure_page(client: Client, url: str, rounds: int, base: float) -> PageMeasure:
    client.get(url)  # warms caches of templates and plans
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    sql_queries = len(queries)  # the next request empties the log
    times = _timings(client, url, rounds)
    median = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    size = len(answer.content) / 1024
    return PageMeasure(
        url,
        answer.status_code,
        round(size, 1),
        sql_queries,
        round(median, 1),
        round(p95, 1),
        round(median / base, 1),
    )


def _timings(client: Client, url: str, rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(url)
        times.append((time.perf_counter() - started) * 1000)
    return times
