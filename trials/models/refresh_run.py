"""Runs of the refresh: what was asked, how far it came, how it ended and why. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class RunKind(models.TextChoices):
    FULL = "full"
    INCREMENTAL = "incremental"
    CHOSEN = "chosen"


class RunStatus(models.TextChoices):
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    PARTIAL = "partial"
    FAILED = "failed"


class RunPhase(models.TextChoices):
    FETCHING = "fetching"
    CHECKING = "checking"
    LOADING = "loading"
    MISSING = "missing"
    DONE = "done"


class RefreshRun(models.Model):
    """One refresh. Only the one that holds the refresh lock is running; see `trials.ingest.refresh`.

    seen counts distinct trials received, expected what the registry announced (None where it announced nothing); the
    other counts say what happened to them. missing counts stored trials that a full run did not receive. findings is
    what the gate looked at, for staff and for the next run. since is the first day asked for, None in a full run.
    data_timestamp is the registry's own. watermark is the day up to which the store now holds every update, None where
    the run does not tell; the next incremental run starts a day before the newest.
    """

    kind = models.TextField(choices=RunKind.choices)
    status = models.TextField(choices=RunStatus.choices, default=RunStatus.RUNNING)
    phase = models.TextField(choices=RunPhase.choices, default=RunPhase.FETCHING)
    asked_by = models.TextField(blank=True)
    since = models.DateField(null=True)
    nct_ids = ArrayField(models.CharField(max_length=11), default=list, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expected = models.PositiveIntegerField(null=True)
    seen = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    requests_made = models.PositiveIntegerField(default=0)
    data_timestamp = models.TextField(blank=True)
    api_version = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    findings = models.JSONField(default=dict)
    watermark = models.DateField(null=True)
    loading_since = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="running"), name="one_run_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}: {self.status}"

    @property
    def loaded(self) -> int:
        """Trials that are done with."""
        return self.created + self.updated + self.unchanged + self.quarantined


class StagedRecord(models.Model):
    """A record that a running refresh has received. Empties when the run ends.

    result is "" until the record is loaded, then what happened to it; raw is "" where nothing has to be loaded.
    """

    run = models.ForeignKey(RefreshRun, on_delete=models.CASCADE, related_name="staged")
    nct_id = models.TextField()
    raw = models.TextField(blank=True)
    result = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "nct_id"], name="one_staged_record_of_a_trial"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "id"], condition=Q(result=""), name="staged_waiting")]

    def __str__(self) -> str:
        return f"{self.nct_id} {self.result}"
