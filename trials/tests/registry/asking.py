"""A client for tests that waits little before it asks again, time that only moves when slept through, and records."""

from typing import Any

from trials.registry.client import RegistryClient, StudyPage
from trials.registry.limits import Limits

CONTACT = "registry@example.org"
QUICK: dict[str, Any] = {
    "connect_seconds": 30.0,
    "read_seconds": 30.0,
    "request_seconds": 60.0,
    "call_seconds": 120.0,
    "budget_seconds": 300.0,
    "attempts": 3,
    "first_wait_seconds": 0.001,
    "longest_wait_seconds": 0.01,
}
CONDITION = "hepatocellular carcinoma"


def client(
    url: str, *, requests_a_second: float = 10_000, is_tls_capped: bool = False, **limits: Any
) -> RegistryClient:
    return RegistryClient(
        url,
        contact=CONTACT,
        requests_a_second=requests_a_second,
        is_tls_capped=is_tls_capped,
        limits=Limits(**(QUICK | limits)),
    )


def record(number: int, updated: str | None = "2026-11-01") -> dict[str, Any]:
    status = {"lastUpdatePostDateStruct": {"date": updated}} if updated else {}
    identification = {"nctId": f"NCT{number:08d}", "briefTitle": f"Trial {number}"}
    return {"protocolSection": {"identificationModule": identification, "statusModule": status}}


def records(count: int) -> list[dict[str, Any]]:
    return [record(number) for number in range(1, count + 1)]


def numbers(pages: list[StudyPage]) -> list[int]:
    """The records of pages in the order in which they came, by the number behind NCT."""
    studies: list[Any] = [study for page in pages for study in page.studies]
    return [int(study["protocolSection"]["identificationModule"]["nctId"][3:]) for study in studies]


class FakeTime:
    """In place of the time module: the clock moves by sleeping alone."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
