"""Runs of the refresh and what they changed, for the admin's tests."""

from typing import Any

from celery import current_app
from django.contrib.messages import get_messages
from django.utils import timezone

from trials.models import RefreshRun, TrialChange
from trials.tests.admin.records import nct

QUEUE = "celery"


def run(status: str, kind: str = "incremental", **values: Any) -> RefreshRun:
    """A run that began now and, unless it goes on, ended now."""
    now = timezone.now()
    values = {"started_at": now, "finished_at": None if status == "running" else now, **values}
    return RefreshRun.objects.create(status=status, kind=kind, **values)


def change(
    of: RefreshRun | None,
    field: str = "overall_status",
    old: object = "RECRUITING",
    new: object = "COMPLETED",
    **more: Any,
) -> TrialChange:
    """A change of the first trial of `records`, which must be stored."""
    values = {"trial_id": nct(1), "changed_on": timezone.now().date(), **more}
    return TrialChange.objects.create(run=of, field=field, old=old, new=new, **values)


def said(response: Any) -> list[str]:
    """The messages that an answer adds to those that staff have not seen yet."""
    stored: Any = get_messages(response.wsgi_request)
    return [str(message) for message in stored._queued_messages]


def queued() -> list[dict[str, Any]]:
    """Takes the waiting tasks of the broker: the arguments of each refresh that was ordered."""
    found = []
    with current_app.connection_for_read() as connection, connection.SimpleQueue(QUEUE) as queue:
        while queue.qsize():
            message = queue.get(timeout=2)
            message.ack()
            assert message.headers["task"] == "trials.refresh"
            arguments, named = message.payload[:2]
            assert arguments == []
            found.append(named)
    return found
