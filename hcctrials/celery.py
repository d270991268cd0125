"""The Celery app: workers and the scheduler start here (`celery -A hcctrials.celery ...`).

It never fills in local values: without the settings' variables the process does not start.
"""

import os
from datetime import UTC, datetime
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, task_success
from django.conf import settings

from hcctrials import broker
from hcctrials.serving.ping import ping_after

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")

app = Celery("hcctrials")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

if settings.CELERY_BROKER_URL.startswith("filesystem"):
    broker.make_folders(settings.DATA_DIR / "broker")


@before_task_publish.connect(dispatch_uid="hcctrials.sent_at")  # type: ignore[misc]  # celery has no types
def note_time(headers: dict[str, Any] | None = None, **_others: object) -> None:
    """A message does not say when it was sent unless its sender writes it down; /status tells how long one waits."""
    if headers is not None:
        headers["sent_at"] = datetime.now(UTC).isoformat()


task_success.connect(ping_after, dispatch_uid="hcctrials.ping")


@app.task(name="hcctrials.celery.ping")  # type: ignore[misc]  # celery has no types
def ping() -> str:
    """Shows that messages reach a worker."""
    return "pong"
