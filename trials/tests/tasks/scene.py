"""The same story for every kill: a store, a registry that has moved on, and what a clean refresh makes of them.

Records 1 to 12 stand. Then each of 1 to 10 changes in status, arms, sites and criteria, 13 is new, 11 is gone, and 12
has become 112, which the search does not find.
"""

import contextlib
from typing import Any

from trials.ingest.refresh import RefreshOrder, RefreshResult, Surroundings, refresh
from trials.models import RefreshRun, RunStatus
from trials.registry.client import RegistryClient
from trials.tests.builders import arm, contact, intervention, raw_record, site
from trials.tests.emptying import empty_tables
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import until
from trials.tests.store_contents import Contents, differences, store_contents
from trials.tests.tasks.standing_in_the_way import driver, until_free

GONE, RENAMED, HEIR, NEW = "NCT00000011", "NCT00000012", "NCT00000112", "NCT00000013"
RECEIVED = 11  # records of the second state that the search finds
HELD = "NCT00000001", "NCT00000002"  # the first two that are loaded


def number(nct_id: int) -> str:
    return f"NCT{nct_id:08d}"


def study(nct_id: int, state: int) -> dict[str, Any]:
    """A record whose parts all tell the state."""
    said = f"state {state}"
    bars = ["Child-Pugh A", f"ECOG 0 or {state}", f"Consent, {said}"]
    return raw_record(
        number(nct_id),
        title=f"Liver cancer {nct_id}, {said}",
        status="RECRUITING" if state == 1 else "COMPLETED",
        updated="2026-11-10",
        conditions=["Hepatocellular Carcinoma"],
        arms=[arm(f"Arm {part}, {said}", "Drug: sorafenib") for part in "AB"],
        interventions=[intervention("sorafenib", f"Arm A, {said}")],
        sites=[site(town, "France", contacts=[contact(f"{town} {state}")]) for town in ("Lyon", f"Paris, {said}")],
        criteria="Inclusion Criteria:\n\n" + "\n".join(f"* {bar}" for bar in bars),
    )


def begin(registry: RegistryServer) -> None:
    """The first state, in the registry and in the store."""
    registry.update(*(study(nct_id, 1) for nct_id in range(1, 13)))
    assert refresh_here(registry).status == "succeeded"


def move_on(registry: RegistryServer) -> None:
    """The second state, in the registry."""
    registry.update(*(study(nct_id, 2) for nct_id in (*range(1, 11), 13)))
    registry.remove(GONE)
    registry.rename(RENAMED, HEIR)
    registry.hide(HEIR)


def refresh_here(registry: RegistryServer) -> RefreshResult:
    """A full refresh in this process."""
    with RegistryClient(registry.url, contact="tests@example.org", requests_a_second=10_000) as client:
        return refresh(RefreshOrder(is_full=True), Surroundings(client, "hepatocellular carcinoma"))


def clean_end() -> Contents:
    """What the store holds after the story without a fault. Needs an empty store, and leaves one."""
    with RegistryServer() as registry:
        begin(registry)
        move_on(registry)
        assert refresh_here(registry).status == "succeeded"
        contents = store_contents()
        assert refresh_here(registry).status == "succeeded"
        assert differences(contents, store_contents()) == []
    empty_tables()
    return contents


def assert_ends_as(clean: Contents) -> None:
    """The store holds that and nothing else, no run is running, and the next one may begin.

    In the end: a message that Redis hands out again may just have begun one refresh more.
    """
    with contextlib.suppress(AssertionError):  # what differs is told below
        until(lambda: not driver() and not differences(clean, store_contents()), "the store as it was to become")
    assert differences(clean, store_contents()) == []
    assert not RefreshRun.objects.filter(status=RunStatus.RUNNING).exists()
    until_free()
