"""Fixtures of the site's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from trials.tests.site.machine import data_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder of the test's own; its server has to be gone when the test ends."""
    with data_folder() as path:
        yield path


@pytest.fixture(scope="session")
def site() -> Iterator[Path]:
    """One data folder for all tests of `serve`: each start of the site but the first is a warm one."""
    with data_folder() as path:
        yield path
