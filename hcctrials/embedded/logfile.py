"""Log files of children, bounded in size.

It never holds more than the file and one older copy, each of about `LIMIT` bytes.
"""

import os
import shutil
from pathlib import Path

LIMIT = 5_000_000


def open_log(path: Path) -> int:
    """A descriptor to append to: appending writers go on at the new end after the file was cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bound(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def bound(path: Path, limit: int = LIMIT) -> None:
    """Copies and cuts instead of renaming, because the writers hold the file open."""
    if path.exists() and path.stat().st_size > limit:
        shutil.copyfile(path, path.with_name(path.name + ".1"))
        os.truncate(path, 0)


def tail(path: Path, lines: int = 15) -> str:
    """The last lines, for a message about why something stopped."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 20_000))
        text = file.read().decode("utf-8", "replace")
    return "\n".join(text.splitlines()[-lines:])
