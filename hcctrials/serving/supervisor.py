"""Keeps web server, worker, scheduler and database running, and stops them in order.

It never runs a part of the site in its own process: those are children, and a child that dies is started again.
"""

import http.client
import json
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.logfile import bound, tail
from hcctrials.embedded.processes import command_line, signal_group
from hcctrials.embedded.server import Hold
from hcctrials.serving.child import Child
from hcctrials.serving.port import HOST

TICK_SECONDS = 0.2
STOP_SECONDS = 12.0
FAILURES_BEFORE_GIVING_UP = 5


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Supervisor:
    """`stages` are stopped one after the other, each with all its children at once: web first, then the workers."""

    def __init__(self, stages: Sequence[Sequence[Child]], port: int, database: Hold | None, state: Path) -> None:
        self.stages = stages
        self.children = [child for stage in stages for child in stage]
        self.port = port
        self.database = database
        self.state = state
        self.ready = False
        self.signals = 0

    def run(self, on_ready: Callable[[], None]) -> int:
        """Until a signal asks for the end (0), or the web server cannot be started at all (1)."""
        previous = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            while self.signals == 0:
                self._look_after_database()
                for child in self.children:
                    self._look_after(child)
                if self._is_hopeless():
                    return 1
                if not self.ready and self._answers():
                    self.ready = True
                    on_ready()
                time.sleep(TICK_SECONDS)
            return 0
        finally:
            self._stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.signals += 1

    def _look_after(self, child: Child) -> None:
        if child.process is None:
            if time.monotonic() >= child.not_before:
                child.start()
                self._remember()
        elif child.has_ended():
            code = child.clear()
            delay = max(0.0, child.not_before - time.monotonic())
            say(f"The {child.name} ended (code {code}); starting it again in {delay:.1f} s. Its last lines:")
            say(tail(child.log))
        else:
            bound(child.log)

    def _look_after_database(self) -> None:
        if self.database is None or self.database.is_kept():
            return
        say("The embedded PostgreSQL is gone; starting it again.")
        try:
            self.database.ensure()
        except EmbeddedError as error:
            say(str(error))
            time.sleep(1)

    def _is_hopeless(self) -> bool:
        web = self.stages[0][0]
        if self.ready or web.failures < FAILURES_BEFORE_GIVING_UP:
            return False
        say(f"The {web.name} cannot be started; see {web.log}.")
        return True

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=1)
        try:
            connection.request("GET", "/livez")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        else:
            return True  # whatever the status: errors of the site are for its pages and logs
        finally:
            connection.close()

    def _stop(self) -> None:
        """In order and patiently; a second signal ends everything at once."""
        if self.signals:
            say("Stopping (Ctrl-C again stops at once) ...")
        for stage in self.stages:
            for child in stage:
                child.ask_to_stop()
            deadline = time.monotonic() + STOP_SECONDS
            while self.signals < 2 and time.monotonic() < deadline and not all(map(is_down, stage)):
                time.sleep(0.05)
            for child in stage:
                child.kill()
        self.state.unlink(missing_ok=True)

    def _remember(self) -> None:
        """For the next start, should this process be killed where no parent-death signal exists."""
        running = {child.name: child.process.pid for child in self.children if child.process is not None}
        self.state.write_text(json.dumps(running), encoding="ascii")


def is_down(child: Child) -> bool:
    return child.process is None or child.has_ended()


def end_leftovers(state: Path) -> bool:
    """Ends children of a supervisor that was killed. Numbers are reused, so the command has to be one of ours.

    Answers whether there was such a supervisor: then the port may stay taken for a moment.
    """
    try:
        groups = [int(number) for number in json.loads(state.read_text(encoding="ascii")).values()]
    except FileNotFoundError:
        return False
    except (ValueError, TypeError, AttributeError):  # killed while writing
        groups = []
    for group in groups:
        if "hcctrials.wsgi" in command_line(group) or "hcctrials.celery" in command_line(group):
            signal_group(group, signal.SIGKILL)
    state.unlink(missing_ok=True)
    return True
