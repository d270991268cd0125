"""Makes a backup: one moment of the whole database, while everybody goes on writing. It never writes a row."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hcctrials.backup.archive import Manifest, write
from hcctrials.backup.errors import BackupError
from hcctrials.backup.fingerprints import SCHEMA, fingerprints
from hcctrials.backup.programs import Connection, Place

# A backup reads everything once, and that takes as long as it takes; this transaction is idle while pg_dump works.
_BEGIN = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
    " SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
)
_MIGRATIONS = "SELECT app || '.' || name FROM public.django_migrations ORDER BY 1"


def backup(place: Place, path: Path) -> Manifest:
    """The dump and the fingerprints are of the same snapshot, which this transaction lends to pg_dump."""
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    with TemporaryDirectory(prefix="hcctrials-backup-", dir=path.parent) as folder, place.connect() as connection:
        connection.execute(_BEGIN)
        dump = Path(folder, "database.dump")
        os.close(os.open(dump, os.O_CREAT | os.O_EXCL, 0o600))
        _dump(place, _text(connection, "SELECT pg_export_snapshot()"), dump)
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            server=_text(connection, "SHOW server_version"),
            migrations=[str(name) for (name,) in connection.execute(_MIGRATIONS)],
            tables=fingerprints(connection),
        )
        connection.execute("COMMIT")
        write(path, dump, manifest)
    return manifest


def _dump(place: Place, snapshot: str, dump: Path) -> None:
    """No owners and no rights: whoever restores it owns it, whatever the role is called there."""
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--schema={SCHEMA}", "--extension=*")
    done = subprocess.run(  # noqa: S603
        place.command("pg_dump", *options, f"--snapshot={snapshot}", f"--file={dump}"),
        env=place.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupError(f"pg_dump ended with code {done.returncode}: {done.stderr.strip()[-1000:]}")


def _text(connection: Connection, query: str) -> str:
    row = connection.execute(query).fetchone()
    assert row is not None  # noqa: S101 (these always answer)
    return str(row[0])
