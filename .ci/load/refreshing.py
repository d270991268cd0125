"""Refreshes without an end: a registry on this machine whose records change, and an order for the next one after each.

Real tasks over the real broker, taken by the site's own worker.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from threading import Event, Thread
from typing import Any

from django.db import connections

from trials.models import RefreshRun, RunStatus
from trials.tasks import refresh_trials
from trials.tests.registry_server import RegistryServer

_STATUSES = ("RECRUITING", "SUSPENDED", "TERMINATED", "ACTIVE_NOT_RECRUITING")
_PATIENCE = 120.0


def change(registry: RegistryServer, records: Sequence[dict[str, Any]], share: float, chance: random.Random) -> None:
    """As the registry does from one day to the next, only more."""
    for record in chance.sample(records, int(len(records) * share)):
        status = record["protocolSection"].setdefault("statusModule", {})
        status["overallStatus"] = chance.choice(_STATUSES)
        status["lastUpdatePostDateStruct"] = {"date": str(date.today()), "type": "ACTUAL"}
        registry.update(record)


@contextmanager
def refreshing(registry: RegistryServer, records: Sequence[dict[str, Any]], share: float) -> Iterator[list[RefreshRun]]:
    """While the block runs, from the moment at which the first refresh has begun; the list grows with what ended."""
    stop, begun, ended = Event(), Event(), list[RefreshRun]()

    def drive() -> None:
        chance = random.Random(7)  # noqa: S311  # the same changes each time
        while not stop.is_set():
            change(registry, records, share, chance)
            before = RefreshRun.objects.count()
            refresh_trials.delay(asked_by="load", full=True)
            if (run := _ended(before, begun)) is not None:
                ended.append(run)
        connections.close_all()

    thread = Thread(target=drive, daemon=True)
    thread.start()
    if not begun.wait(_PATIENCE):
        raise RuntimeError("no refresh began; see the worker's log")
    try:
        yield ended
    finally:
        stop.set()
        thread.join()


def _ended(before: int, begun: Event) -> RefreshRun | None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        newest = RefreshRun.objects.first()
        if RefreshRun.objects.count() > before and newest is not None:
            begun.set()
            if newest.status != RunStatus.RUNNING:
                time.sleep(1)  # whoever drove it lets go of the lock a moment after its end
                return newest
        time.sleep(0.2)
    return None
