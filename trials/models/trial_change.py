"""What changed in a trial's record, and when we saw it. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.db import models


class TrialChange(models.Model):
    """One difference between a record and the one before it.

    field is the data element ("overall_status", "sites", "eligibility_criteria", ...). For a part of a list (a site,
    an arm) old or new is None where it is added or gone, and both are objects that name it. Contact data are never
    repeated here: a "contacts" change only says that they changed. changed_on is the day of the registry's update
    where the record tells it, seen_at when it came to us.
    """

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="changes")
    field = models.TextField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    changed_on = models.DateField()
    seen_at = models.DateTimeField(auto_now_add=True)
    record_version = models.ForeignKey("trials.RecordVersion", on_delete=models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("trials.RefreshRun", on_delete=models.SET_NULL, null=True, related_name="changes")

    class Meta:
        ordering: ClassVar = ["-changed_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["trial", "-changed_on", "-id"], name="change_of_trial"),
            models.Index(fields=["-changed_on"], name="change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.field}"
