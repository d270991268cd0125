"""A registry of five records on this machine, for the tests of the client."""

from collections.abc import Iterator

import pytest

from trials.tests.registry.asking import records
from trials.tests.registry_server import RegistryServer


@pytest.fixture
def registry() -> Iterator[RegistryServer]:
    with RegistryServer(records(5)) as server:
        yield server
