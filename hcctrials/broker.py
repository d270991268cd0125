"""The embedded broker: kombu's filesystem transport, with messages that appear whole and never leave our folders.

kombu (5.7) writes a message in place, so a worker that looks at the wrong moment takes an empty file and fails. It is
used on one machine only; production has Redis.
"""

import os
import time
import uuid
from pathlib import Path
from queue import Empty
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

    def peek(self, queue: str) -> object | None:
        """The message that would be taken next, left where it is; None where none waits."""
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] == f"{queue}.msg":
                try:
                    text = Path(self.data_folder_in, name).read_text(encoding="utf-8")
                except FileNotFoundError:  # a worker has taken it meanwhile
                    continue
                return json.loads(text)  # type: ignore[no-untyped-call,no-any-return]
        return None

    def _get(self, queue: str) -> object:  # type: ignore[override]
        """Moved inside our own folders, where kombu would move it through the machine's common /tmp."""
        taken = Path(self.transport_options["processed_folder"])
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            try:
                mine = Path(self.data_folder_in, name).rename(taken / name)
            except FileNotFoundError:  # another worker was faster
                continue
            payload = mine.read_text(encoding="utf-8")
            mine.unlink()
            return json.loads(payload)  # type: ignore[no-untyped-call]
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000


# With the visibility time alone a lost worker's task came back after 94 s, with all three after 12 (redis 7, 2026).
REDIS_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 3 * 60 * 60,  # longer than any task, or it runs twice
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    # A Redis that is there and silent: without these, whoever hands over a task waits for ever (kombu 5.7, 2026).
    "socket_connect_timeout": 3,
    "socket_timeout": 5,
}


def options(folder: Path) -> dict[str, Any]:
    """Everything in one folder tree, so that taking a message is a rename."""
    messages = str(folder / "messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "processed_folder": str(folder / "taken"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.2,  # seconds; the delay of a task, at no load worth measuring
    }


def make_folders(folder: Path) -> None:
    """kombu does not make them."""
    for name in ("messages", "taken", "control"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
