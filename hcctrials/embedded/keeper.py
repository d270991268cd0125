"""The keeper: a small detached process that owns the embedded PostgreSQL for as long as anybody uses it.

Every user of the server holds the users' lock; when the keeper can have that lock alone, nobody is left, and it stops
the server and ends. It starts a server that died again. It never serves anybody else, and never outlives its last user.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from hcctrials.embedded import cluster as clusters
from hcctrials.embedded import roles
from hcctrials.embedded.account import cluster_dir, make_private_folder, server_account
from hcctrials.embedded.binaries import choose, readable_by
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.layout import Layout, layout
from hcctrials.embedded.locks import FileLock
from hcctrials.embedded.logfile import bound, open_log
from hcctrials.embedded.processes import has_exited

POLL_SECONDS = 0.2
QUICK_FAILURES = 8
READY = "ready"


class Keeper:
    """One server, from start to stop."""

    def __init__(self, place: Layout, *, durable: bool) -> None:
        self.place = place
        self.durable = durable
        self.stopping = False
        self.log_path = place.log_dir / "postgres.log"
        self.log = open_log(self.log_path)
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Finds the programs and the place, and makes the cluster if there is none."""
        self.account = server_account()
        self.cluster = cluster_dir(self.place, self.account)
        existing = clusters.major_of(self.cluster)
        self.binaries = readable_by(choose(existing, self.cluster), self.account)
        if existing is None:
            clusters.create(self.cluster, self.binaries, self.account, self.log)

    def start(self) -> None:
        clusters.clear_dead_server(self.cluster, self.place.socket_dir)
        make_private_folder(self.place.socket_dir, self.account)
        self.process = clusters.start(
            self.cluster, self.binaries, self.account, self.place.socket_dir, self.log, durable=self.durable
        )
        pid = self.process.pid
        roles.wait_until_ready(self.place.socket_dir, lambda: not has_exited(pid))

    def keep(self, users: FileLock) -> None:
        """Until nobody uses the server, or somebody asks for its end."""
        failures = 0
        started = time.monotonic()
        while not self.stopping and not users.try_exclusive():
            time.sleep(POLL_SECONDS)
            bound(self.log_path)
            if self.process is not None and not has_exited(self.process.pid):
                continue
            failures = failures + 1 if time.monotonic() - started < 30 else 1
            if failures > QUICK_FAILURES:
                raise EmbeddedError("PostgreSQL ends again and again.")
            time.sleep(min(0.1 * 2**failures, 5))
            started = time.monotonic()
            self._restart()

    def _restart(self) -> None:
        if self.process is not None:
            self.process.wait()
        print("PostgreSQL ended by itself: starting it again", file=sys.stderr, flush=True)
        try:
            self.start()
        except EmbeddedError as error:  # counted by the caller
            print(error, file=sys.stderr, flush=True)

    def stop(self) -> None:
        if self.process is None:
            return
        for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
            self.process.send_signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            return
        self.process.kill()
        self.process.wait()


def detach() -> None:
    """Leaves the starter's session, so that a Ctrl-C in its terminal does not reach the server."""
    if os.fork() > 0:
        os._exit(0)
    os.setsid()


def report(channel: int, text: str) -> None:
    """Tells the starter how it went; it may have died meanwhile."""
    try:
        os.write(channel, text.encode())
    except BrokenPipeError:
        pass
    finally:
        os.close(channel)


def run(place: Layout, channel: int, *, durable: bool) -> int:
    own = FileLock(place.keeper_lock)
    if not own.exclusive_within(10):
        report(channel, "Another keeper of the embedded PostgreSQL does not end.")
        return 1
    own.write_pid()
    users = FileLock(place.users_lock)
    keeper = Keeper(place, durable=durable)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        keeper.stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    try:
        keeper.prepare()
        keeper.start()
    except (EmbeddedError, OSError) as error:
        keeper.stop()
        report(channel, f"{error} (details in {keeper.log_path})")
        return 1
    report(channel, READY)
    try:
        keeper.keep(users)
    except EmbeddedError as error:  # the next user, or the supervisor, starts another keeper
        print(error, file=sys.stderr, flush=True)
        return 1
    finally:
        keeper.stop()
        with contextlib.suppress(OSError):  # not empty, or gone already
            place.socket_dir.rmdir()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="hcctrials.embedded.keeper")
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--channel", type=int, required=True, help="file descriptor to report on")
    parser.add_argument("--not-durable", action="store_true", help="for tests: no waiting for the disk")
    options = parser.parse_args()
    place = layout(options.data_dir)
    detach()
    os.umask(0o022)
    log = open_log(place.log_dir / "keeper.log")
    os.dup2(log, 1)
    os.dup2(log, 2)
    return run(place, options.channel, durable=not options.not_durable)


if __name__ == "__main__":
    sys.exit(main())
