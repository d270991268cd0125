"""The file of a backup: a tar of the dump, what it holds, and the checksums of both.

`tar xf`, `sha256sum -c SHA256SUMS` and `pg_restore` open it without this site. It appears whole or not at all, readable
by its owner alone. It never touches a database.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hcctrials.backup.errors import BackupError

FORM = "hcctrials backup 1"
MANIFEST, DUMP, SUMS = "manifest.json", "database.dump", "SHA256SUMS"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What the dump holds. tables maps names to fingerprints, migrations are "app.name" of all that were applied."""

    made_at: str
    server: str
    tables: dict[str, str]
    migrations: list[str]
    form: str = FORM

    @property
    def rows(self) -> int:
        return sum(int(said.split()[0]) for said in self.tables.values())


def write(path: Path, dump: Path, manifest: Manifest) -> None:
    """Under a temporary name beside it first, forced to the disk, then renamed."""
    told = json.dumps(asdict(manifest), indent=1).encode()
    sums = f"{_sum_of_file(dump)}  {DUMP}\n{hashlib.sha256(told).hexdigest()}  {MANIFEST}\n".encode()
    torn = path.with_name(path.name + ".part")
    descriptor = os.open(torn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _add(tar, MANIFEST, told)
                tar.add(dump, DUMP, filter=_anonymous)
                _add(tar, SUMS, sums)
            file.flush()
            os.fsync(file.fileno())
        torn.rename(path)
    finally:
        torn.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """What a backup says, and its dump as a file. Checks everything first; a BackupError says what is wrong."""
    with TemporaryDirectory(prefix="hcctrials-restore-", dir=path.parent) as folder:
        try:
            with tarfile.open(path, mode="r:") as tar:
                members = {member.name: member for member in tar.getmembers()}
                if sorted(members) != sorted([MANIFEST, DUMP, SUMS]) or not all(map(tarfile.TarInfo.isreg, tar)):
                    raise BackupError(f"{path} is not a backup of this site, or not a whole one.")
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError) as error:
            raise BackupError(f"{path} cannot be read as a backup: {error}") from error
        yield _checked(path, Path(folder)), Path(folder, DUMP)


def _checked(path: Path, folder: Path) -> Manifest:
    sums = "".join(f"{_sum_of_file(folder / name)}  {name}\n" for name in (DUMP, MANIFEST))
    if (folder / SUMS).read_bytes() != sums.encode():
        raise BackupError(f"{path} was changed or damaged after it was made: its checksums do not fit.")
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    if told.get("form") != FORM:
        raise BackupError(f"{path} is of a form that this version does not know: {told.get('form')}.")
    return Manifest(**told)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the name and number of whoever made it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _sum_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
