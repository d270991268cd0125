"""A clock that stands still until a test moves it, and limits that are on."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """A real hash takes a third of a second, for every log-in of every test; one test asks for the real one."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


class Clock:
    """Takes the place of the module `time` in the library that counts."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))  # whole seconds: sums of them are exact

    def time(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in ("limits.storage.memory", "limits.strategies", "hcctrials.guard.rates"):
        monkeypatch.setattr(f"{module}.time", _With(clock))
    return clock


class _With:
    def __init__(self, clock: Clock) -> None:
        self.time: Callable[[], float] = clock.time
        self.monotonic: Callable[[], float] = clock.time


@pytest.fixture
def limited() -> Iterator[None]:
    """The limits as in production, counted from nothing."""
    with override_settings(HCCTRIALS_RATE_LIMITED=True):
        yield
