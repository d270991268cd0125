"""Reads raw records for their facts, in this process or in several. Never touches the database and never needs Django:
the worker processes import this module alone.
"""

import json
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field

from trials.eligibility import Fact, LabLimit, read_all
from trials.registry.parser import parse_record

_AHEAD = 2  # batches handed out for each process: one at work, one waiting


@dataclass(frozen=True, slots=True)
class StoredText:
    """The raw record that a trial stands on."""

    nct_id: str
    version_id: int
    raw: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a stored text: its facts and laboratory limits, or why it could not be read."""

    nct_id: str
    version_id: int
    facts: dict[str, Fact] = field(default_factory=dict)
    limits: tuple[LabLimit, ...] = ()
    reason: str = ""


UnderWay = deque[tuple[Sequence[StoredText], Future[list[Reading]]]]


class ReadingProcessDied(Exception):
    """A worker process ended in the middle of its work: says where."""


def available_cores() -> int:
    """The cores that this process may use; a container often gets fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_texts(texts: Sequence[StoredText]) -> list[Reading]:
    """The facts of each text, in the same order. A text that cannot be read does not stop the others."""
    return [_read(text) for text in texts]


def _read(text: StoredText) -> Reading:
    try:
        reading, limits = read_all(parse_record(json.loads(text.raw)))
        return Reading(text.nct_id, text.version_id, dict(reading.facts), limits)
    except Exception as error:  # whatever a reader's fault is, it is the fault of one record
        return Reading(text.nct_id, text.version_id, reason=f"{type(error).__name__}: {error}")


def read_batches(batches: Iterable[Sequence[StoredText]], jobs: int) -> Iterator[list[Reading]]:
    """The readings of each batch in the order of the batches, which are taken only as far ahead as there is work.

    One job reads in this process, so that a worker of Celery, which may not start processes, can do it too. Raises
    ReadingProcessDied.
    """
    if jobs == 1:
        yield from (read_texts(batch) for batch in batches)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_start_worker)
    under_way: UnderWay = deque()
    try:
        for batch in batches:
            under_way.append((batch, pool.submit(read_texts, batch)))
            if len(under_way) >= jobs * _AHEAD:
                yield _first_result(under_way)
        while under_way:
            yield _first_result(under_way)
    except BrokenProcessPool as error:
        batch = under_way[0][0] if under_way else ()
        where = f" at {batch[0].nct_id} or soon after" if batch else ""
        raise ReadingProcessDied(f"a reading process died{where}: killed, or out of memory?") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _first_result(under_way: UnderWay) -> list[Reading]:
    result = under_way[0][1].result()
    under_way.popleft()
    return result


def _start_worker() -> None:
    """Ctrl-C reaches every process of the terminal: the parent alone answers it, and workers end with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A killed parent cannot tell its workers, which would wait for work for ever.
    with suppress(Exception):
        if parent := multiprocessing.parent_process():
            parent.join()
    os._exit(1)
