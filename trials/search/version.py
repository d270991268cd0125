"""Which state of the store an answer shows: a token that changes with anything that pages and programs see.

It is the sum of the marks that the database sets on every changed trial (migration 0007), which each process keeps with
its index. A newest time or number would miss a transaction that began early and ended late. Never writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from trials.search.index.live import LIVE
from trials.search.index.state import IndexState
from trials.search.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class DataVersion:
    """token is the same in every process; changed_at is None where nothing was ever stored."""

    token: str
    changed_at: datetime | None


def version_of(state: IndexState) -> DataVersion:
    return DataVersion(f"{state.fingerprint:016x}", state.changed_at)


def marks_of(state: IndexState) -> dict[str, int]:
    """A number for each trial that a search can find, another one whenever anything of the trial has changed."""
    columns = state.columns
    return {columns.nct_id(number): columns.fingerprint[number] for number in state.everyone}


@contextmanager
def moment() -> Iterator[IndexState]:
    """A snapshot of the tables with the index of the same moment."""
    LIVE.prepare()
    with snapshot():
        yield LIVE.current()


def data_version() -> DataVersion:
    """One cheap query where nothing has changed."""
    with moment() as state:
        return version_of(state)
