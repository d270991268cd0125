"""Refreshes in this process against a local registry, for the tests of the refresh. Never asserts anything."""

from typing import Any

from django.http import QueryDict

from trials.ingest.refresh import RefreshOrder, RefreshResult, Surroundings, refresh
from trials.registry.client import RegistryClient
from trials.registry.limits import Limits
from trials.search.filterset import TrialFilterSet
from trials.tests.builders import raw_record
from trials.tests.registry_server import RegistryServer

QUICK = Limits(
    connect_seconds=30,
    read_seconds=30,
    request_seconds=60,
    call_seconds=120,
    attempts=3,
    first_wait_seconds=0.01,
    longest_wait_seconds=0.02,
)
FULL = RefreshOrder(is_full=True)


def study(number: int, **more: Any) -> dict[str, Any]:
    given = {"status": "RECRUITING", "updated": "2026-11-10", "criteria": "Inclusion Criteria:\n\n* Child-Pugh A"}
    return raw_record(f"NCT{number:08d}", title=f"Sorafenib for hepatocellular carcinoma {number}", **{**given, **more})


def run(registry: RegistryServer, order: RefreshOrder = FULL, **more: Any) -> RefreshResult:
    with RegistryClient(registry.url, contact="tests@example.org", requests_a_second=10_000, limits=QUICK) as client:
        return refresh(order, Surroundings(client, "hepatocellular carcinoma", **more))


def listed() -> set[str]:
    return set(TrialFilterSet(QueryDict("hcc_scope=hcc")).qs.values_list("pk", flat=True))
