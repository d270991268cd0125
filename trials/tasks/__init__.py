"""Celery tasks: the door for the clock. Each calls one function of the works, takes JSON, and may run twice."""

from trials.tasks.quarantine import retry_quarantined

__all__ = ["retry_quarantined"]
