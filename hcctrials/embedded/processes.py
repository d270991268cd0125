"""Starting children that die with their parent, and asking about processes.

It never touches a process that it was not told to by number.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
# Looked up before any fork: the child between fork and exec must not import or allocate more than it has to.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_parent(signal_number: signal.Signals) -> Callable[[], None]:
    """A preexec function: when this process dies, even by kill -9, the kernel sends the child the signal.

    It has to run after a change of user, which clears the setting: subprocess does them in that order. Linux only;
    elsewhere the next start finds and ends what was left.
    """
    parent = os.getpid()

    def prepare() -> None:
        # A shell without job control starts `make run &` with SIGINT and SIGQUIT ignored, and children inherit that.
        signal.signal(signal_number, signal.SIG_DFL)
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, int(signal_number))
            if os.getppid() != parent:  # it died between fork and prctl
                os._exit(1)

    return prepare


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """A process that ended and was not collected yet (by a container's first process, often never)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[:1] == ["Z"]


def has_processes_in(folder: Path) -> bool:
    """Whether a living process has the folder as its working directory (as each of PostgreSQL's has). Linux only."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder) and not _is_zombie(int(process.name)):
                return True
        except OSError:  # it ended, or is none of ours
            continue
    return False


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def command_line(pid: int) -> str:
    """What runs under that number now, empty when nothing does."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except FileNotFoundError:
        if sys.platform == "linux":
            return ""
    asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return asked.stdout


def has_exited(pid: int) -> bool:
    """Whether a child ended, leaving it to be collected: its number, and its group's, stay ours until then."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def signal_process(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
