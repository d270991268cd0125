"""Facts that the machine read from a trial's free text. Written by `trials.ingest` alone.

What staff decide is kept elsewhere (`FactReview`), so that a new reader never touches a person's decision; what holds
in the end is `FactInForce`.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from trials.models.fact_columns import FactColumns


class EligibilityFact(FactColumns):
    """One of the fifteen facts of a trial, with why a person should look at it (doubts: `trials.vocabulary.doubts`)."""

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="machine_facts")
    doubts = ArrayField(models.TextField(), default=list, blank=True)
    reader_version = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["trial", "name"]
        indexes: ClassVar = [GinIndex(fields=["computed_values"], name="fact_values")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "trial"], name="one_fact_of_a_name_for_each_trial"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.name}"
