"""The ledger of alerts: what happened to a trial for one search, told once. Written by `trials.alerts` alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class EventKind(models.TextChoices):
    FOUND = "found"  # the search finds the trial now, and did not before
    LEFT = "left"  # it did, and does not now
    CHANGE = "change"  # something in the trial's record changed
    FACTS = "facts"  # the changed record is read otherwise


class AlertEvent(models.Model):
    """event names it ("found:12", "change:345"): a row for each search, trial and event, and never a second one.

    run is the refresh that brought it, change what the record's change was, facts the old and new answers by the fact's
    name. mail is the one that tells it, None while none has been made.
    """

    search = models.ForeignKey("trials.SavedSearch", on_delete=models.CASCADE, related_name="events")
    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="+")
    event = models.TextField()
    kind = models.TextField(choices=EventKind.choices)
    run = models.ForeignKey("trials.RefreshRun", on_delete=models.SET_NULL, null=True, related_name="+")
    change = models.ForeignKey("trials.TrialChange", on_delete=models.CASCADE, null=True, related_name="+")
    facts = models.JSONField(null=True)
    mail = models.ForeignKey("trials.AlertMail", on_delete=models.RESTRICT, null=True, related_name="events")

    class Meta:
        verbose_name = "alert"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["search", "trial", "event"], name="one_row_for_each_event"),
        ]
        indexes: ClassVar = [models.Index(fields=["search"], condition=Q(mail=None), name="event_untold")]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.event}"
