"""The facts that hold: a person's decision where there is one, else what the machine read. A view, never written."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trials.models.fact_columns import STATUS_CHOICES, FactColumns


class FactInForce(FactColumns):
    """A fact as pages, search and programs show it; its id is that of the `EligibilityFact`.

    machine_* is what the machine reads, review the person's decision where there is one. While the record's text has
    changed since (`text_changed_at`), the decision still holds, but a search finds the trial under the machine's new
    values too: nobody has looked yet.
    """

    trial = models.ForeignKey("trials.Trial", on_delete=models.DO_NOTHING, related_name="facts")
    doubts = ArrayField(models.TextField(), default=list, blank=True)
    reader_version = models.PositiveIntegerField()
    machine_status = models.TextField(choices=STATUS_CHOICES)
    machine_value = models.JSONField(null=True)
    machine_claims = models.JSONField(default=list)
    review = models.ForeignKey("trials.FactReview", on_delete=models.DO_NOTHING, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    text_changed_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "trials_factinforce"
        verbose_name = "fact"
        verbose_name_plural = "facts"
        ordering: ClassVar = ["trial", "name"]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.name}"
