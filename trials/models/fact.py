"""Facts that the machine read from a trial's free text. Written by `trials.ingest` alone.

What staff decide is kept elsewhere (`FactReview`), so that a new reader never touches a person's decision; what holds
in the end is `FactInForce`.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from trials.vocabulary.facts import FactStatus

STATUS_CHOICES = [(status.value, status.value) for status in FactStatus]


class EligibilityFact(models.Model):
    """One of the fifteen facts of a trial.

    value is as FACTS.md writes it (a list, a word or null). evidence is a list of {"field", "start", "end", "quote"}
    with quote == field[start:end] as published. computed_values holds the texts that a search may ask for, and
    "not_stated" where the record is silent; a contradictory fact is found under each value that it claims.
    """

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="machine_facts")
    name = models.TextField()
    status = models.TextField(choices=STATUS_CHOICES)
    value = models.JSONField(null=True)
    claims = models.JSONField(default=list)
    depends_on_cohort = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    doubts = ArrayField(models.TextField(), default=list, blank=True)
    computed_values = ArrayField(models.TextField(), default=list, blank=True)
    reader_version = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["trial", "name"]
        indexes: ClassVar = [GinIndex(fields=["computed_values"], name="fact_values")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "trial"], name="one_fact_of_a_name_for_each_trial"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.name}"
