"""Real processes for the tests of the site: data folders, clean environments, and waiting without guessing times."""

import contextlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from hcctrials.embedded.layout import REPOSITORY, layout
from hcctrials.embedded.locks import FileLock, is_held
from hcctrials.embedded.processes import is_alive

PATIENCE = 300.0  # seconds: tests that pass never wait as long, even on a machine ten times slower than an idle one
PYTHON = sys.executable
OURS = ("DJANGO_", "CELERY_", "HCCTRIALS_", "DATABASE_URL", "PORT", "PYTEST_")


def clean_environment(**values: str) -> dict[str, str]:
    """This process's environment without anything that configures the site, then the values."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **values}


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PYTHON, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=clean_environment(**environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def until(condition: Callable[[], object], what: str) -> None:
    """Waits as long as a busy machine may need; fails with what was waited for."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s in vain: {what}"
        time.sleep(0.05)


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """Not pytest's tmp_path: that one is closed to the account that runs PostgreSQL when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="hcctrials-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        place = layout(folder)
        until(lambda: not is_held(place.keeper_lock), "the embedded server's end")
        for leftover in (folder, place.socket_dir, place.elsewhere):
            shutil.rmtree(leftover, ignore_errors=True)


def free_port() -> int:
    """Below those that the kernel hands out: nobody is given it between this look and its use."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Program:
    """A program that runs beside the test. `stop` is called at the end, whatever happened."""

    def __init__(self, command: list[str], output: Path, environment: Mapping[str, str]) -> None:
        self.output = output
        with output.open("wb") as file:
            self.process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def text(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def until_says(self, words: str) -> None:
        until(lambda: words in self.text() or self.process.poll() is not None, f"{words!r} in:\n{self.text()}")
        assert words in self.text()

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        return self.process.wait(PATIENCE)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextlib.contextmanager
def running(command: list[str], output: Path, environment: Mapping[str, str]) -> Iterator[Program]:
    program = Program(command, output, environment)
    try:
        yield program
    finally:
        program.stop()


def keeper_pid(folder: Path) -> int:
    lock = FileLock(layout(folder).keeper_lock)
    try:
        pid = lock.pid()
    finally:
        lock.close()
    assert pid is not None
    return pid


def cluster_of(folder: Path) -> Path:
    """Where the data really are."""
    place = layout(folder)
    elsewhere = place.elsewhere / "cluster"
    return elsewhere if elsewhere.exists() else place.cluster


def postgres_pid(folder: Path) -> int:
    """Of the server that runs on this data folder, 0 when there is none."""
    try:
        return int((cluster_of(folder) / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return 0


def children_pids(folder: Path) -> dict[str, int]:
    try:
        return {name: int(pid) for name, pid in json.loads((folder / "serve.children").read_text()).items()}
    except (FileNotFoundError, ValueError):
        return {}


def group_exists(group: int) -> bool:
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return is_alive(group) or _has_members(group)


def _has_members(group: int) -> bool:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                return True
    return False


@contextlib.contextmanager
def served(site: Path) -> Iterator[tuple[Program, int]]:
    port = free_port()
    environment = clean_environment(HCCTRIALS_DATA_DIR=str(site), PORT=str(port))
    with running([PYTHON, "manage.py", "serve"], site / "serve.out", environment) as program:
        program.until_says("HCC trials is running")
        yield program, port


def status(port: int, path: str = "/livez") -> int:
    """0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
