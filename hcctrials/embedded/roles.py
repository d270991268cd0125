"""Waits for the embedded server and makes the site's role and database in it.

The role is no superuser, as in production: a migration that needs more than that fails here first. It never touches
a table.
"""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from hcctrials.embedded.cluster import SUPERUSER
from hcctrials.embedded.errors import EmbeddedError
from hcctrials.embedded.layout import DATABASE, ROLE

START_SECONDS = 60.0


def wait_until_ready(socket_dir: Path, is_running: Callable[[], bool]) -> None:
    """Until the server answers; gives up when it ended or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(host=str(socket_dir), user=SUPERUSER, dbname="postgres", autocommit=True) as server:
                ensure_database(server)
            return
        except psycopg.OperationalError as error:
            if not is_running():
                raise EmbeddedError("PostgreSQL ended while starting.") from error
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL did not answer within {START_SECONDS:.0f} s.") from error
            time.sleep(0.02)


def ensure_database(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
        command = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
        connection.execute(command)


def answers(socket_dir: Path) -> bool:
    """Whether the site's database can be reached now."""
    try:
        psycopg.connect(host=str(socket_dir), user=ROLE, dbname=DATABASE, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True
