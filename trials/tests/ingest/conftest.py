"""A registry of ten trials on this machine, for the tests of the refresh."""

from collections.abc import Iterator

import pytest

from trials.tests.ingest.refreshes import study
from trials.tests.registry_server import RegistryServer


@pytest.fixture
def registry() -> Iterator[RegistryServer]:
    with RegistryServer([study(number) for number in range(1, 11)]) as server:
        yield server
