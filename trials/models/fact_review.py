"""What staff decided about a fact, beside what the machine read: never in the same row. Written by `trials.ingest`."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from trials.models.fact_columns import STATUS_CHOICES, FactColumns


class ReviewDecision(models.TextChoices):
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    NOT_STATED = "not_stated"


class FactReview(FactColumns):
    """A person's decision about one fact of a trial. Kept for ever: a later one supersedes it.

    The columns of a fact say what the person decided. judged_evidence holds the sentences as the person saw them in
    record_version, evidence those that stand in the present record, at their present place. machine_* is what the
    machine had read then. text_changed_at tells since when a judged sentence does not stand in the record any more, or
    the changed record is read otherwise than then.
    """

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="fact_reviews")
    decision = models.TextField(choices=ReviewDecision.choices)
    judged_evidence = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    machine_status = models.TextField(choices=STATUS_CHOICES)
    machine_value = models.JSONField(null=True)
    machine_reader_version = models.PositiveIntegerField()
    record_version = models.ForeignKey("trials.RecordVersion", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="fact_reviews"
    )
    reviewer_name = models.TextField()  # kept when the account goes
    reviewed_at = models.DateTimeField(auto_now_add=True)
    text_changed_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "decision about a fact"
        verbose_name_plural = "decisions about facts"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["trial", "name", "-id"], name="review_history")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["trial", "name"], condition=Q(superseded_at__isnull=True), name="one_review_in_force_of_a_fact"
            ),
            models.CheckConstraint(
                condition=~Q(decision=ReviewDecision.CORRECTED) | ~Q(reason=""), name="a_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.name}: {self.decision}"
