"""How many tasks wait for a worker, and since when the oldest does. Looks into the broker; never takes a task."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from celery import current_app
from kombu.exceptions import ChannelError

_log = logging.getLogger(__name__)
_SENT_AT = "sent_at"  # the header in which the site's Celery app writes down when a task was sent


@dataclass(frozen=True, slots=True)
class WaitingTasks:
    """oldest_sent_at is None where none waits, or where its message does not say."""

    number: int
    oldest_sent_at: datetime | None


def waiting_tasks() -> WaitingTasks | None:
    """None where the broker does not answer. Asks once and does not wait for a broker that is away."""
    queue = current_app.conf.task_default_queue
    try:
        with current_app.connection_for_read() as connection:
            channel = connection.channel()
            return WaitingTasks(_number(channel, queue), _sent_at(_oldest(channel, queue)))
    except Exception as error:  # each broker has errors of its own, and a page about the state must not fail over one
        _log.warning("The broker does not answer: %s", type(error).__name__)
        return None


def _number(channel: Any, queue: str) -> int:
    """A Redis has no queue where nothing waits."""
    try:
        return int(channel.queue_declare(queue=queue, passive=True).message_count)
    except ChannelError:
        return 0


def _oldest(channel: Any, queue: str) -> Any:
    """The message that a worker would take next: of the embedded broker, or of Redis."""
    if hasattr(channel, "peek"):
        return channel.peek(queue)
    client: Any = getattr(channel, "client", None)
    found = client.lindex(queue, -1) if hasattr(client, "lindex") else None
    return json.loads(found) if found else None


def _sent_at(message: Any) -> datetime | None:
    said = (message or {}).get("headers", {}).get(_SENT_AT)
    return datetime.fromisoformat(said) if isinstance(said, str) else None
