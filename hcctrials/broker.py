"""The embedded broker: kombu's filesystem transport, with messages that appear whole.

kombu (5.7) writes a message in place, so a worker that looks at the wrong moment takes an empty file and fails. It is
used on one machine only; production has Redis.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils import json


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **_options: Any) -> None:  # type: ignore[override]
        """Named by wall-clock time, so that the order also holds over a restart of the machine."""
        folder = Path(self.data_folder_out)
        name = f"{_milliseconds():015d}_{uuid.uuid4()}.{queue}.msg"
        torn = folder / f"{name}.part"
        torn.write_text(json.dumps(payload), encoding="utf-8")  # type: ignore[no-untyped-call]
        torn.rename(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000


def options(folder: Path) -> dict[str, str]:
    """Messages in, out and on the way stand in one folder tree, so that moving one is a rename."""
    messages = str(folder / "messages")
    return {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(folder / "control")}


def make_folders(folder: Path) -> None:
    """kombu does not make them."""
    for name in ("messages", "control"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
