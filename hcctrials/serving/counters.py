"""The folder in which web processes count together (prometheus-client's multiprocess mode). It never reads a count.

It imports nothing of that library, which looks for the folder once, when it is imported. Made anew by each gunicorn:
counters begin at 0 with it, as Prometheus expects of a restart.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 (files of counters; the folder is 0700 and has a name of its own)


def counter_folder() -> str:
    """In memory where there is such a place: every request writes into it."""
    folder = tempfile.mkdtemp(prefix="hcctrials-counters-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None)
    atexit.register(_remove, folder, os.getpid())
    return folder


def _remove(folder: str, owner: int) -> None:
    """By the process that made it: a worker that ends leaves the counts to the others."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
