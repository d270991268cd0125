"""kill -9 of a worker at every kind of moment: the next run ends with the tables of a clean one.

Each test stops a refresh at a point that it knows (a silent registry, a lock that the test holds), kills the worker
with everything that it started or only the child that runs the task, and lets another process go on.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest

from trials.models import RefreshRun, RunPhase, RunStatus
from trials.tests import registry_faults as faults
from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import until
from trials.tests.store_contents import Contents
from trials.tests.tasks import scene
from trials.tests.tasks.processes import Crew, both_load, refresh_command, running_command
from trials.tests.tasks.standing_in_the_way import (
    driver,
    loaded,
    locked,
    running_run,
    trial_held,
    until_free,
    until_loaded,
    until_waits,
    waits_for,
)

pytestmark = pytest.mark.django_db(transaction=True)
RENAMED_HELD = "SELECT 1 FROM trials_trial WHERE nct_id = 'NCT00000012' FOR UPDATE"
Wait = Callable[[], object]
Point = Callable[[RegistryServer], AbstractContextManager[Wait]]


def until_asked(registry: RegistryServer, path: str, times: int = 1) -> Wait:
    """Waits for questions from now on."""
    before = len(registry.asked(path))
    return lambda: until(lambda: len(registry.asked(path)) == before + times, f"{path}, {times} times")


@contextlib.contextmanager
def first_page(registry: RegistryServer) -> Iterator[Wait]:
    registry.fail(faults.stall(), path="/studies")
    yield until_asked(registry, "/studies")


@contextlib.contextmanager
def between_pages(registry: RegistryServer) -> Iterator[Wait]:
    """Every record has come, and the registry says that there is more."""
    registry.fail(faults.same_token("more"), path="/studies")
    registry.fail(faults.stall(), path="/studies")
    yield until_asked(registry, "/studies", 2)


@contextlib.contextmanager
def gate(registry: RegistryServer) -> Iterator[Wait]:
    with locked("LOCK TABLE trials_eligibilityfact IN ACCESS EXCLUSIVE MODE"):

        def wait() -> None:
            until_waits()
            assert running_run().phase == RunPhase.CHECKING

        yield wait


def loading(number: int) -> Point:
    """So many records are loaded, and the next one is on its way."""

    @contextlib.contextmanager
    def point(registry: RegistryServer) -> Iterator[Wait]:
        order = [*range(1, 11), 13]
        with trial_held(scene.number(order[number])):

            def wait() -> None:
                until_loaded(number)
                until_waits()

            yield wait

    return point


@contextlib.contextmanager
def all_loaded(registry: RegistryServer) -> Iterator[Wait]:
    """And the run does not know it yet."""
    with ExitStack() as held, trial_held(scene.NEW) as let_go:
        yield lambda: _stop_after_the_last(held, let_go)


def _stop_after_the_last(held: ExitStack, let_go: Callable[[str], object]) -> None:
    until_loaded(scene.RECEIVED - 1)
    held.enter_context(locked("SELECT 1 FROM trials_refreshrun WHERE status = 'running' FOR NO KEY UPDATE"))
    let_go(scene.NEW)
    until_loaded(scene.RECEIVED)
    until_waits(query_has='UPDATE "trials_refreshrun"')


@contextlib.contextmanager
def asking_for_missing(registry: RegistryServer) -> Iterator[Wait]:
    """One of two is marked."""
    registry.fail(faults.stall(), path=f"/studies/{scene.RENAMED}")
    yield until_asked(registry, f"/studies/{scene.RENAMED}")


@contextlib.contextmanager
def heir_loaded(registry: RegistryServer) -> Iterator[Wait]:
    """The record that a number leads to is there, and the number is not marked yet."""
    with locked(RENAMED_HELD):
        yield until_waits


@contextlib.contextmanager
def ending(registry: RegistryServer) -> Iterator[Wait]:
    """The run is about to empty what it received."""
    with ExitStack() as held, locked(RENAMED_HELD) as let_go:

        def wait() -> None:
            until_waits()
            held.enter_context(locked("SELECT 1 FROM trials_stagedrecord ORDER BY id DESC LIMIT 1 FOR UPDATE"))
            let_go()
            until_waits(query_has='DELETE FROM "trials_stagedrecord"')

        yield wait


def by_command(crew: Crew) -> None:
    done = refresh_command(crew.place, "--full")
    assert (done.code, done.answer["status"]) == (0, "succeeded"), done.errors


def by_task(crew: Crew) -> None:
    assert "'status': 'succeeded'" in crew.first().runs("trials.refresh", full=True)


def carried_on(crew: Crew) -> None:
    """What the schedule does every few minutes. A run that had not received everything has to be begun again."""
    is_receiving = running_run().phase == RunPhase.FETCHING
    end = crew.first().runs("trials.carry_on_refresh")
    assert ("'status': 'failed'" if is_receiving else "'status': 'succeeded'") in end
    if is_receiving:
        by_task(crew)


POINTS: list[tuple[Point, Callable[[Crew], None]]] = [
    (first_page, by_command),
    (between_pages, carried_on),
    (gate, by_task),
    (loading(0), carried_on),
    (loading(1), by_command),
    (loading(5), by_task),
    (loading(10), carried_on),
    (all_loaded, carried_on),
    (asking_for_missing, by_command),
    (heir_loaded, carried_on),
    (ending, carried_on),
]
NAMES = [
    "first page",
    "between pages",
    "gate",
    *(f"{number} loaded" for number in (0, 1, 5, 10)),
    "all loaded",
    "missing",
    "heir loaded",
    "ending",
]


@pytest.mark.parametrize(("point", "go_on"), POINTS, ids=NAMES)
def test_a_killed_worker(
    crew: Crew, begun: RegistryServer, clean: Contents, point: Point, go_on: Callable[[Crew], None]
) -> None:
    worker = crew.first()
    with point(begun) as wait:
        crew.place.send("trials.refresh", full=True)
        wait()
        assert driver() == worker.name
        killed = running_run()
        crew.kill(worker, child=go_on is not by_task)
    begun.heal()
    until_free()
    go_on(crew)
    scene.assert_ends_as(clean)
    was_receiving = killed.phase == RunPhase.FETCHING
    killed.refresh_from_db()
    assert killed.status == (RunStatus.FAILED if was_receiving else RunStatus.SUCCEEDED)
    assert killed.reason if was_receiving else not killed.reason


def test_a_killed_helper(crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    """Its record goes to the driver; nobody has to do anything."""
    with trial_held(*scene.HELD):
        driving, helping = both_load(crew)
        crew.kill(helping)
    until(lambda: not RefreshRun.objects.filter(status=RunStatus.RUNNING).exists(), "the end of the run")
    assert RefreshRun.objects.filter(status=RunStatus.SUCCEEDED).count() == 2
    assert driving.is_alive()
    scene.assert_ends_as(clean)


def test_a_killed_driver_whose_helper_lives(crew: Crew, begun: RegistryServer, clean: Contents) -> None:
    """The next driver takes over while the helper still works, waits for its record and asks nothing twice."""
    with trial_held(*scene.HELD) as let_go:
        driving, helping = both_load(crew)
        killed = running_run()
        crew.kill(driving)
        kept = next(one for one in scene.HELD if waits_for(helping.name, one))
        let_go(next(one for one in scene.HELD if one != kept))
        until_free()
        with running_command(crew.place, "--full") as command:
            until(lambda: driver().startswith("command") and loaded() == scene.RECEIVED - 1, "all but the helper's")
            let_go(kept)
            assert command.wait() == 0
    killed.refresh_from_db()
    assert killed.status == RunStatus.SUCCEEDED
    assert helping.is_alive()
    scene.assert_ends_as(clean)


def test_the_lock_of_a_killed_driver_does_not_outlive_it(embedded_crew: Crew, begun: RegistryServer) -> None:
    """Even while the statement that it waited for goes on."""
    worker = embedded_crew.first()
    with trial_held(scene.number(6)):
        embedded_crew.place.send("trials.refresh", full=True)
        until_waits()
        worker.kill()
        until_free()
