"""Log files of children, bounded in size and age.

It never holds more than the file and one older copy, each of about `LIMIT` bytes, and no line older than 30 days while
anything runs: the file is put aside after 15 days, and the copy 15 days later at the latest.
"""

import os
import shutil
import time
from pathlib import Path

LIMIT = 5_000_000
AGE = 15 * 24 * 60 * 60.0


def open_log(path: Path) -> int:
    """A descriptor to append to: appending writers go on at the new end after the file was cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bound(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def bound(path: Path, limit: int = LIMIT, age: float = AGE) -> None:
    """Copies and cuts instead of renaming, because the writers hold the file open.

    When the file began is the time of a mark beside it: neither of the file's own times tells.
    """
    older, mark = path.with_name(path.name + ".1"), path.with_name(path.name + ".began")
    if not path.exists():
        return
    if not mark.exists():
        mark.touch()
    if path.stat().st_size > limit or _is_older(mark, age):
        shutil.copyfile(path, older)
        os.truncate(path, 0)
        mark.touch()
    elif older.exists() and _is_older(older, age):
        older.unlink()


def _is_older(path: Path, seconds: float) -> bool:
    return time.time() - path.stat().st_mtime > seconds


def tail(path: Path, lines: int = 15) -> str:
    """The last lines, for a message about why something stopped."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 20_000))
        text = file.read().decode("utf-8", "replace")
    return "\n".join(text.splitlines()[-lines:])
