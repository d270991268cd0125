"""Which account runs the embedded server, and what that account can reach.

PostgreSQL refuses to run as root, so root drops to an account that exists. It never creates an account and never
loosens the permissions of a folder that it did not make.
"""

import functools
import os
import pwd
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.layout import Layout


@dataclass(frozen=True)
class Account:
    """Who runs the server; `drop` is true where root has to become somebody else for it."""

    name: str
    uid: int
    gid: int
    drop: bool

    def spawn_options(self) -> Mapping[str, Any]:
        """For subprocess, which changes group and user before its preexec function runs."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.drop else {}

    def own(self, path: Path) -> None:
        if self.drop:
            os.chown(path, self.uid, self.gid)


@functools.cache
def server_account() -> Account:
    if os.getuid() != 0:
        return Account(name=str(os.getuid()), uid=os.getuid(), gid=os.getgid(), drop=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, drop=True)
    raise EmbeddedError(
        "PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to run it. "
        "Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
    )


def can(account: Account, test: str, path: Path) -> bool:
    """Asks the system itself (`test -r`, `-x`), as that account: mode bits alone do not know about ACLs."""
    try:
        done = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", f'test -{test} "$1"', "sh", str(path)],
            cwd="/",
            check=False,
            stdin=subprocess.DEVNULL,
            **account.spawn_options(),
        )
    except PermissionError as error:
        raise EmbeddedError(
            f"This root may not become '{account.name}' to run PostgreSQL. "
            "Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
        ) from error
    return done.returncode == 0


def cluster_dir(place: Layout, account: Account) -> Path:
    """Inside the data folder where the account can reach it, else in a folder of its own; a finished one is kept."""
    reachable = can(account, "x", place.embedded)
    if reachable and (place.cluster / "PG_VERSION").exists():
        return place.cluster
    if account.drop and (place.elsewhere / "cluster" / "PG_VERSION").exists():
        return place.elsewhere / "cluster"
    if (place.cluster / "PG_VERSION").exists():
        raise EmbeddedError(
            f"The database in {place.cluster} exists, but the account '{account.name}' can no longer reach it. "
            f"Give it the right to enter the folders above, or set DATABASE_URL."
        )
    return place.cluster if reachable else place.elsewhere / "cluster"


def make_private_folder(path: Path, account: Account) -> None:
    """0700 and owned by the account; one that somebody else put there is refused."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        account.own(path)
    found = path.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid in {account.uid, os.getuid()}
    if not ours or found.st_mode & 0o077:
        raise EmbeddedError(f"{path} belongs to somebody else or is open to others: remove it and start again.")
    account.own(path)
