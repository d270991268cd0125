"""File locks that the kernel releases when their holder dies, however it dies.

They never block for ever unless the caller asks for it, and never delete a lock file: that would make two of one.
"""

import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """One open lock file. Close it, or die, to release what was taken."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def shared(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_SH)

    def try_shared(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def exclusive(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def try_exclusive(self) -> bool:
        """Note that a shared lock is lost when this fails: the kernel converts by releasing first."""
        return self._try(fcntl.LOCK_EX)

    def exclusive_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not self.try_exclusive():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self._fd, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def write_pid(self) -> None:
        """In one piece, as wide as any: nobody reads a part of it."""
        os.pwrite(self._fd, f"{os.getpid():<20}\n".encode(), 0)

    def clear(self) -> None:
        os.ftruncate(self._fd, 0)

    def pid(self) -> int | None:
        """What the holder wrote. Only to be trusted while somebody else holds the lock."""
        text = os.pread(self._fd, 32, 0).decode("ascii", "replace").strip()
        return int(text) if text.isdigit() else None

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def is_held(path: Path) -> bool:
    """Whether some process holds the lock alone (asked without keeping it)."""
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        return not lock.try_shared()
    finally:
        lock.close()
