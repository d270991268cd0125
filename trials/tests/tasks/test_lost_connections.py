"""A connection to the database that ends in a refresh: the lock is free, the worker lives, the run is carried on."""

import threading

import pytest

from trials.models import RunPhase
from trials.tests import registry_faults as faults
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import until
from trials.tests.store_contents import Contents
from trials.tests.tasks import scene
from trials.tests.tasks.processes import Crew, both_load
from trials.tests.tasks.standing_in_the_way import (
    disconnect,
    driver,
    running_run,
    trial_held,
    until_free,
    until_loaded,
    until_waits,
    waits_for,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_driver_while_it_loads(embedded_crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    worker = embedded_crew.first()
    with trial_held(scene.number(6)):
        task = embedded_crew.place.send("trials.refresh", full=True)
        until_loaded(5)
        until_waits()
        assert disconnect(worker.name) == 1
        assert "OperationalError" in worker.until_done("trials.refresh", task)
        until_free()
        assert running_run().phase == RunPhase.LOADING
    assert "'status': 'succeeded'" in worker.runs("trials.carry_on_refresh")
    scene.assert_ends_as(clean)


def test_the_driver_while_it_receives(embedded_crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    """It notices at the next page, and writes nothing more without the lock."""
    worker = embedded_crew.first()
    answer = threading.Event()
    begun.fail(faults.held(answer), path="/studies")
    asked = len(begun.asked("/studies"))
    task = embedded_crew.place.send("trials.refresh", full=True)
    until(lambda: len(begun.asked("/studies")) > asked, "the question for the first page")
    assert disconnect(worker.name) == 1
    answer.set()
    assert "OperationalError" in worker.until_done("trials.refresh", task)
    until_free()
    assert not running_run().staged.exists()
    assert "'status': 'failed'" in worker.runs("trials.carry_on_refresh")
    assert "'status': 'succeeded'" in worker.runs("trials.refresh", full=True)
    scene.assert_ends_as(clean)


def test_a_helper(embedded_crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    """Its record goes to the driver, who does not notice."""
    with trial_held(*scene.HELD) as let_go:
        driving, helping = both_load(embedded_crew)
        kept = next(one for one in scene.HELD if waits_for(driving.name, one))
        assert disconnect(helping.name) == 1
        helping.until_says("raised unexpected: OperationalError")
        let_go(next(one for one in scene.HELD if one != kept))
    until(lambda: not driver(), "the end of the run")
    assert helping.is_alive()
    scene.assert_ends_as(clean)
