"""Where the embedded server keeps its files, as a pure function of the data folder.

It never creates, reads or deletes anything: settings, keeper and commands agree on paths because they all ask here.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

REPOSITORY = Path(__file__).resolve().parent.parent.parent
DATABASE = "hcctrials"
ROLE = "hcctrials"


@dataclass(frozen=True)
class Layout:
    """The paths that belong to one data folder."""

    data_dir: Path

    @property
    def embedded(self) -> Path:
        return self.data_dir / "embedded"

    @property
    def cluster(self) -> Path:
        """The cluster's usual place; `account.py` decides when it has to live elsewhere."""
        return self.embedded / "cluster"

    @property
    def digest(self) -> str:
        return hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]

    @property
    def elsewhere(self) -> Path:
        """For root, when the server's account cannot reach the data folder (a checkout under a 0700 home)."""
        return Path("/var/lib/hcctrials") / self.digest

    @property
    def socket_dir(self) -> Path:
        """Short on purpose: a socket whose path has more than about 100 characters cannot be bound."""
        return Path("/tmp") / f"hcctrials-{os.getuid()}-{self.digest}"  # noqa: S108 (0700, owner checked before use)

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"

    @property
    def users_lock(self) -> Path:
        """Held shared by everyone who needs the server; who can have it alone knows that nobody does."""
        return self.embedded / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held while starting the server, so that two starters do not race."""
        return self.embedded / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for its life, with its process id inside."""
        return self.embedded / "keeper.lock"

    def database_url(self) -> str:
        return f"postgresql://{ROLE}@{quote(str(self.socket_dir), safe='')}/{DATABASE}"


def layout(data_dir: Path) -> Layout:
    """Symbolic links are resolved, so that one folder has one lock, one socket and one server."""
    return Layout(data_dir.resolve())


def default_data_dir() -> Path:
    """`HCCTRIALS_DATA_DIR`, else `var/` in the repository."""
    return Path(os.environ.get("HCCTRIALS_DATA_DIR") or REPOSITORY / "var").resolve()
