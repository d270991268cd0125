"""Fixtures of the tests of the refresh with real processes: a place for each broker, with workers that are shared."""

from collections.abc import Iterator

import pytest

from trials.tests.registry_server import RegistryServer
from trials.tests.site.machine import free_port
from trials.tests.store_contents import Contents
from trials.tests.tasks import scene
from trials.tests.tasks.processes import EMBEDDED, Crew, Place, redis

BROKERS = ["embedded", pytest.param("redis", marks=pytest.mark.redis)]


@pytest.fixture(scope="session")
def registry_port() -> int:
    return free_port()


@pytest.fixture
def registry(registry_port: int) -> Iterator[RegistryServer]:
    """An empty registry, always at the address that the workers know."""
    with RegistryServer(port=registry_port) as server:
        yield server


@pytest.fixture(scope="session")
def embedded_place(registry_port: int, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("embedded"), EMBEDDED, registry_port)


@pytest.fixture(scope="session")
def embedded_crew(embedded_place: Place) -> Iterator[Crew]:
    """As in `make run`: each worker is one process."""
    crew = Crew(embedded_place)
    yield crew
    crew.stop()


@pytest.fixture(scope="session")
def redis_crew(registry_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    """As in production: each worker is a process that starts the one that runs the tasks."""
    folder = tmp_path_factory.mktemp("redis")
    with redis(folder) as (_server, url):
        crew = Crew(Place(folder, url, registry_port), ("-P", "prefork", "-c", "1"))
        yield crew
        crew.stop()


@pytest.fixture(params=BROKERS)
def crew(request: pytest.FixtureRequest) -> Crew:
    """Workers on the embedded broker, and again on Redis."""
    found: Crew = request.getfixturevalue(f"{request.param}_crew")
    return found


_clean: list[Contents] = []


@pytest.fixture
def clean(transactional_db: None) -> Contents:
    """What the store holds after the scene's story without a fault."""
    if not _clean:
        _clean.append(scene.clean_end())
    return _clean[0]


@pytest.fixture
def begun(clean: Contents, registry: RegistryServer) -> RegistryServer:
    """The scene's registry, which has moved on from what stands."""
    scene.begin(registry)
    scene.move_on(registry)
    return registry
