"""Refreshes and workers that meet: the second refresh is skipped, and two workers share the records of one."""

import re
from typing import Any

import pytest

from trials.models import RefreshRun
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import until
from trials.tests.store_contents import Contents, store_contents
from trials.tests.tasks import scene
from trials.tests.tasks.processes import Crew, Place, both_load, refresh_command, running_command
from trials.tests.tasks.standing_in_the_way import driver, locked, trial_held, until_waits

pytestmark = pytest.mark.django_db(transaction=True)
HELPED = re.compile(r"Task trials\.load_staged\[[^]]+\] succeeded in [\d.e-]+s: ([1-9]\d*)")
NOTHING_IS_STAGED = "LOCK TABLE trials_stagedrecord IN SHARE MODE"  # others read it


def everything() -> tuple[Contents, list[tuple[Any, ...]]]:
    return store_contents(), list(RefreshRun.objects.order_by("pk").values_list())


def assert_is_skipped(place: Place) -> None:
    before = everything()
    done = refresh_command(place, "--full")
    assert done.code == 0
    assert (done.answer["status"], done.answer["seen"]) == ("skipped", 0)
    assert "Another refresh is running" in done.answer["reason"]
    assert everything() == before


def test_a_command_beside_a_command(embedded_place: Place, begun: RegistryServer, clean: Contents) -> None:
    with locked(NOTHING_IS_STAGED) as let_go, running_command(embedded_place, "--full") as first:
        until_waits()
        assert_is_skipped(embedded_place)
        let_go()
        assert first.wait() == 0
    scene.assert_ends_as(clean)


def test_a_command_and_a_task_beside_a_task(crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    """The same message twice, as a broker may deliver it, is the second refresh."""
    workers = crew.some(2)
    with locked(NOTHING_IS_STAGED) as let_go:
        first = crew.place.send("trials.refresh", full=True)
        [driving] = until_waits()
        assert_is_skipped(crew.place)
        before = everything()
        [other] = [worker for worker in workers if worker.name != driving]
        assert "'status': 'skipped'" in other.runs("trials.refresh", full=True)
        assert " None" in other.runs("trials.carry_on_refresh")
        assert everything() == before
        assert driver() == driving
        let_go()
    [driver_itself] = [worker for worker in workers if worker.name == driving]
    assert "'status': 'succeeded'" in driver_itself.until_done("trials.refresh", first)
    scene.assert_ends_as(clean)


def test_two_workers_share_the_records(crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    told_before = {worker.name: len(worker.text()) for worker in crew.some(2)}
    with trial_held(*scene.HELD):
        driving, helping = both_load(crew)
    until(lambda: not driver(), "the end of the run")
    until(lambda: HELPED.search(helping.text(), told_before[helping.name]), "the end of the help")
    helped = sum(map(int, HELPED.findall(helping.text(), told_before[helping.name])))
    assert 0 < helped < scene.RECEIVED
    assert driving.is_alive()
    scene.assert_ends_as(clean)


def test_a_helper_without_work_goes_at_once(embedded_crew: Crew, transactional_db: None) -> None:
    assert embedded_crew.first().runs("trials.load_staged", run_id=999_999_999).endswith(" 0")
