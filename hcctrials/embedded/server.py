"""Using the embedded server: start it or join it, hold it while it is needed, and let go.

Whoever lets go last ends it. It never stops a server that somebody else still uses.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hcctrials.embedded import roles
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.keeper import READY
from hcctrials.embedded.layout import REPOSITORY, Layout, layout
from hcctrials.embedded.locks import FileLock, is_held
from hcctrials.embedded.processes import signal_process

STOP_SECONDS = 30.0


class Hold:
    """A share in the server: as long as it is open, the keeper keeps the server running."""

    def __init__(self, place: Layout, *, durable: bool = True) -> None:
        self.place = place
        self.durable = durable
        try:
            self._users = FileLock(place.users_lock)
        except PermissionError as error:
            raise EmbeddedError(
                f"No permission to write in {place.embedded}. It may have been made by another account: start as that "
                "account, or set HCCTRIALS_DATA_DIR to a folder of your own."
            ) from error

    def open(self) -> None:
        self._users.shared()
        self.ensure()

    def ensure(self) -> None:
        """Starts the server unless it runs; called again, it brings back one whose keeper was killed."""
        start = FileLock(self.place.start_lock)
        try:
            start.exclusive()
            if is_held(self.place.keeper_lock):
                self._join()
            else:
                _start_keeper(self.place, durable=self.durable)
        finally:
            start.close()

    def is_kept(self) -> bool:
        return is_held(self.place.keeper_lock)

    def _join(self) -> None:
        deadline = time.monotonic() + roles.START_SECONDS
        while not roles.answers(self.place.socket_dir):
            if not self.is_kept():
                _start_keeper(self.place, durable=self.durable)
                return
            if time.monotonic() > deadline:
                raise EmbeddedError(f"The running PostgreSQL does not answer (details in {self.place.log_dir}).")
            time.sleep(0.1)

    def close(self) -> None:
        """Lets go; the last one asks the keeper to end and waits for it, so that nothing is left behind."""
        if self._users.try_exclusive():
            keeper = FileLock(self.place.keeper_lock)
            pid = keeper.pid()
            if pid is not None and not keeper.try_exclusive():
                signal_process(pid, signal.SIGTERM)
                keeper.exclusive_within(STOP_SECONDS)
            keeper.close()
        self._users.close()


def _start_keeper(place: Layout, *, durable: bool) -> None:
    first = not (place.cluster / "PG_VERSION").exists() and not (place.elsewhere / "cluster" / "PG_VERSION").exists()
    if first:
        print("Making an empty PostgreSQL database (only once) ...", file=sys.stderr, flush=True)
    place.log_dir.mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "hcctrials.embedded.keeper", str(place.data_dir), "--channel", str(writing)]
    try:
        subprocess.run(  # noqa: S603
            command if durable else [*command, "--not-durable"],
            cwd=REPOSITORY,
            env=_clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(writing,),
            check=True,
        )
        os.close(writing)
        writing = -1
        with os.fdopen(reading, "rb", closefd=False) as answers:
            answer = answers.read().decode("utf-8", "replace")
    except subprocess.CalledProcessError as error:
        raise EmbeddedError(f"The embedded PostgreSQL's keeper did not start (code {error.returncode}).") from error
    finally:
        os.close(reading)
        if writing >= 0:
            os.close(writing)
    if answer != READY:
        hint = f"it ended without a word, see {place.log_dir / 'keeper.log'}"
        raise EmbeddedError(f"The embedded PostgreSQL did not start: {answer or hint}")


def _clean_environment() -> dict[str, str]:
    """Without PG* variables, which would send psycopg elsewhere, and without the site's secrets."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "DJANGO_", "DATABASE_URL", "CELERY_", "COV_"))
    }


@contextmanager
def database(data_dir: Path, *, durable: bool = True) -> Iterator[Hold]:
    """The embedded server, running while the block runs."""
    hold = Hold(layout(data_dir), durable=durable)
    try:
        hold.open()
        yield hold
    finally:
        hold.close()
