"""The cluster on disk: made whole or not at all, started as one child process, and cleared of a dead server's marks.

It never deletes a finished cluster.
"""

import locale
import os
import shutil
import signal
import subprocess
from pathlib import Path

from hcctrials.embedded.account import Account
from hcctrials.embedded.binaries import Binaries
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.processes import (
    command_line,
    dies_with_parent,
    has_processes_in,
    is_alive,
    signal_process,
    wait_until,
)

SUPERUSER = "postgres"
ORPHANS_SECONDS = 15.0
# For clusters that are made anew whenever they are lost (tests): several times faster, and not safe in a power cut.
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def major_of(cluster: Path) -> int | None:
    """The version that made the cluster, None where there is no finished one."""
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
    except FileNotFoundError:
        return None


def _locale_options(binaries: Binaries) -> list[str]:
    """C.UTF-8: with plain C, lower(), trigrams and the text parser break on accents and on signs like ≥."""
    names = [name for name in ("C.UTF-8", "en_US.UTF-8") if _has_locale(name)]
    options = ["--encoding=UTF8", f"--locale={names[0] if names else 'C'}"]
    if binaries.major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return options


def _has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True


def create(cluster: Path, binaries: Binaries, account: Account, log: int) -> None:
    """Runs initdb into a temporary name and renames at the end, so that a torn one never looks finished."""
    torn = cluster.with_name(cluster.name + ".part")
    shutil.rmtree(torn, ignore_errors=True)
    cluster.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    torn.mkdir(mode=0o700)
    account.own(torn)
    done = subprocess.run(  # noqa: S603
        [
            str(binaries.folder / "initdb"),
            f"--pgdata={torn}",
            f"--username={SUPERUSER}",
            "--auth=trust",  # the socket's folder, 0700, is the door
            *_locale_options(binaries),
        ],
        cwd="/",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        check=False,
        **account.spawn_options(),
    )
    if done.returncode != 0:
        raise EmbeddedError(f"initdb ended with code {done.returncode}.")
    torn.rename(cluster)


def clear_dead_server(cluster: Path, socket_dir: Path) -> None:
    """Ends a server whose keeper is gone, and removes a pid file that names some other program by now."""
    pid_file = cluster / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="ascii").split("\n")[0])
    except (FileNotFoundError, ValueError):
        return
    if is_alive(pid) and "postgres" in command_line(pid):
        _end(pid)
    # PostgreSQL refuses to start beside any process of that number, be it a zombie that nobody collects (a container
    # without an init) or another program. The file may go once nothing works in the folder any more, and not before.
    if not wait_until(lambda: not has_processes_in(cluster), ORPHANS_SECONDS):
        raise EmbeddedError(f"Processes of an older PostgreSQL still work in {cluster}: end them, then start again.")
    for mark in (pid_file, socket_dir / ".s.PGSQL.5432.lock", socket_dir / ".s.PGSQL.5432"):
        mark.unlink(missing_ok=True)


def _end(pid: int) -> None:
    for stop, seconds in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        signal_process(pid, stop)
        if wait_until(lambda: not is_alive(pid), seconds):
            return
    raise EmbeddedError(f"An older PostgreSQL (process {pid}) does not end: stop it, then start again.")


def start(
    cluster: Path, binaries: Binaries, account: Account, socket_dir: Path, log: int, *, durable: bool
) -> "subprocess.Popen[bytes]":
    """Runs `postgres` itself, not through pg_ctl: a child in its own session that ends when this process does."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_dir),
        "logging_collector": "off",
        "log_destination": "stderr",
        "log_min_error_statement": "panic",  # a failed statement may hold what a patient typed: not in the log
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "100",
        "ssl": "off",
    }
    settings = [f"{name}={value}" for name, value in options.items()]
    settings += [] if durable else NOT_DURABLE
    command = [str(binaries.folder / "postgres"), "-D", str(cluster)]
    for setting in settings:
        command += ["-c", setting]
    return subprocess.Popen(  # noqa: S603
        command,
        cwd="/",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGINT),
        **account.spawn_options(),
    )


def _environment() -> dict[str, str]:
    """Nothing of ours: no PG* variable, no locale, no secret reaches the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_MESSAGES": "C"}
