"""One supervised child: started in a session of its own, ended with its whole process group.

It never restarts itself: the supervisor decides when.
"""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from hcctrials.embedded.layout import REPOSITORY
from hcctrials.embedded.logfile import open_log
from hcctrials.embedded.processes import dies_with_parent, has_exited, signal_group

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STEADY_SECONDS = 60.0


@dataclass
class Child:
    """What to run, and how it fares. niceness above 0: others' work comes first where processors are short."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    keep_descriptors: tuple[int, ...] = ()
    niceness: int = 0
    failures: int = 0
    not_before: float = 0.0
    process: "subprocess.Popen[bytes] | None" = None
    _started: float = 0.0

    def start(self) -> None:
        output = open_log(self.log)
        try:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                cwd=REPOSITORY,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=self.keep_descriptors,
                start_new_session=True,  # the terminal's Ctrl-C reaches the supervisor only, which stops in order
                preexec_fn=dies_with_parent(signal.SIGQUIT),
            )
        finally:
            os.close(output)
        if self.niceness:
            _step_back(self.process.pid, self.niceness)
        self._started = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and has_exited(self.process.pid)

    def clear(self) -> int:
        """After its end: whatever is left of its group goes too, before another is started. Answers the exit code."""
        if self.process is None:
            return 0
        signal_group(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self.process = None
        self.failures = 1 if time.monotonic() - self._started > STEADY_SECONDS else self.failures + 1
        self.not_before = time.monotonic() + min(FIRST_DELAY * 2 ** (self.failures - 1), LONGEST_DELAY)
        return code

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Hard, with everything that it started."""
        if self.process is not None:
            signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _step_back(pid: int, niceness: int) -> None:
    """A comfort that may fail. Linux weighs whole sessions where it groups by them (autogroup): a niceness of its own
    is the group's, and that of a process then only counts among those of its session.
    """
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, max(niceness, os.getpriority(os.PRIO_PROCESS, pid)))
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(niceness), encoding="ascii")
