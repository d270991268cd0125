"""The Celery app: workers and the scheduler start here (`celery -A hcctrials.celery ...`).

It never fills in local values: without the settings' variables the process does not start.
"""

import os

from celery import Celery
from django.conf import settings

from hcctrials import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")

app = Celery("hcctrials")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

if settings.CELERY_BROKER_URL.startswith("filesystem"):
    broker.make_folders(settings.DATA_DIR / "broker")


@app.task(name="hcctrials.celery.ping")  # type: ignore[misc]  # celery has no types
def ping() -> str:
    """Shows that messages reach a worker."""
    return "pong"
