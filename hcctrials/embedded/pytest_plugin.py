"""Gives a test session its environment before Django's settings are read (`-p` in pyproject.toml).

Tests keep everything under `var/test`: they never see the data, the secrets or the broker of `make run`.
"""

import os
from pathlib import Path

import pytest

from hcctrials.embedded.environment import local_environment
from hcctrials.embedded.locks import FileLock

SLOTS = 64
_slot = pytest.StashKey[FileLock]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Runs before pytest-django loads the settings."""
    data_dir = early_config.rootpath / "var" / "test"
    (data_dir / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
    given = os.environ.get("DATABASE_URL")
    for name in list(os.environ):
        if name.startswith(("DJANGO_", "CELERY_")) or (name.startswith("HCCTRIALS_") and "REQUIRE" not in name):
            del os.environ[name]
    lock, number = _free_slot(data_dir / "slots")
    early_config.stash[_slot] = lock
    os.environ.update(local_environment(data_dir))
    os.environ["HCCTRIALS_DATA_DIR"] = str(data_dir)
    os.environ["HCCTRIALS_TEST_DATABASE"] = f"test_hcctrials_{number}"
    os.environ["CELERY_BROKER_URL"] = "memory://"
    os.environ["HCCTRIALS_RATE_LIMITED"] = "0"  # tests of the limits put them on; the others are one busy client
    if given:
        os.environ["DATABASE_URL"] = given


def _free_slot(folder: Path) -> tuple[FileLock, int]:
    """Sessions that run at the same time get a database each; the kernel frees the slot of one that was killed."""
    for number in range(SLOTS):
        lock = FileLock(folder / str(number))
        if lock.try_exclusive():
            return lock, number
        lock.close()
    raise pytest.UsageError(f"{SLOTS} test sessions run on this checkout already.")


def pytest_unconfigure(config: pytest.Config) -> None:
    lock = config.stash.get(_slot, None)
    if lock is not None:
        lock.close()
