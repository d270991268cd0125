"""Puts a backup back in place of everything that is there: whole and proven, or not at all.

The file is checked before the database is touched; then everything happens in one transaction, which ends by comparing
every table with what the backup says. Meanwhile readers wait, those of the web server no longer than a statement may.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from psycopg import Error

from hcctrials.backup.archive import Manifest, opened
from hcctrials.backup.errors import BackupError
from hcctrials.backup.fingerprints import SCHEMA, check_script
from hcctrials.backup.programs import Connection, Place
from trials.ingest.refresh_lock import LOCK_KEY

# Readers are over within seconds; who waits longer for a table than this meets somebody who writes. The dump makes the
# schema anew, with its extensions.
_BEGIN = f"""BEGIN;
SET LOCAL lock_timeout = '30s';
SET LOCAL client_min_messages = warning;
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
"""


def restore(place: Place, path: Path, known_migrations: frozenset[str]) -> Manifest:
    """known_migrations are this release's: a backup of a later one is refused, an earlier one needs `migrate` next."""
    with opened(path) as (manifest, dump):
        later = sorted(set(manifest.migrations) - known_migrations)
        if later:
            raise BackupError(f"{path} was made by a later release ({later[0]} and {len(later) - 1} more migrations).")
        with place.connect() as connection, _no_refresh(connection):
            script = check_script(manifest.tables, connection)
            _put_back(place, dump, script)
    return manifest


@contextmanager
def _no_refresh(connection: Connection) -> Iterator[None]:
    """Neither one that runs now nor one that begins meanwhile."""
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY]).fetchone()
    if row is None or not row[0]:
        raise BackupError("A refresh is running: wait for its end (/status), or stop the workers. Nothing was changed.")
    try:
        yield
    finally:
        with suppress(Error):  # a connection that broke holds nothing
            connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])


def _put_back(place: Place, dump: Path, check: str) -> None:
    """psql gets the end of the transaction only if the dump could be read to its end: without it nothing holds."""
    with TemporaryFile() as said:
        psql = subprocess.Popen(  # noqa: S603
            place.command("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"),
            env=place.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        assert psql.stdin is not None  # noqa: S101
        try:
            failure = _feed(place, dump, check, psql.stdin)
        finally:
            code = psql.wait()
        said.seek(0)
        words = said.read().decode("utf-8", "replace").strip()
    if failure or code != 0:
        raise BackupError(f"The database is as it was, the backup was not put back: {failure or words[-1000:]}")


def _feed(place: Place, dump: Path, check: str, psql: IO[bytes]) -> str:
    """What went wrong, "" where nothing did."""
    try:
        with psql:
            psql.write(_BEGIN.encode())
            failure = _read_dump(place, dump, psql)
            if not failure:
                psql.write(f"{check}\nCOMMIT;\n".encode())
    except BrokenPipeError:  # psql has ended over an error, which it tells itself
        return ""
    return failure


def _read_dump(place: Place, dump: Path, psql: IO[bytes]) -> str:
    with TemporaryFile() as said:
        reader = subprocess.Popen(  # noqa: S603
            place.command("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--file=-", str(dump)),
            env=place.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        assert reader.stdout is not None  # noqa: S101
        try:
            with reader.stdout as script:
                shutil.copyfileobj(script, psql)
        finally:
            code = reader.wait()
        said.seek(0)
        return f"pg_restore: {said.read().decode('utf-8', 'replace').strip()[-1000:]}" if code != 0 else ""
