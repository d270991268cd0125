"""Raw records as the registry gave them, and those that could not be parsed. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RecordVersion(models.Model):
    """One raw record, unchanged. Append-only: a database trigger refuses to update or delete a row.

    raw is the record's JSON text. sha256 is the hash of the record with sorted keys, without white space and the
    registry's daily stamp, so that the same record has one hash from a file and from the registry, now and later.
    """

    nct_id = models.CharField(max_length=11)
    sha256 = models.CharField(max_length=64)
    raw = models.TextField()
    source = models.TextField(blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["nct_id", "-id"], name="version_latest"),
            models.Index(fields=["sha256"], name="version_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.nct_id} {self.sha256[:12]}"


class QuarantinedRecord(models.Model):
    """A record that could not be parsed or stored, with the reason, until it loads or staff set it aside.

    resolved_at tells when either happened. One that was set aside stays so when the same record comes again.
    """

    nct_id = models.CharField(max_length=11, blank=True)
    sha256 = models.CharField(max_length=64)
    raw = models.TextField()
    source = models.TextField(blank=True)
    reason = models.TextField()
    first_seen_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    set_aside = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(resolved_at__isnull=True), name="one_open_quarantine_for_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nct_id or self.source}: {self.reason}"
