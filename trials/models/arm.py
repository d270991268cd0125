"""Arms and interventions, linked many to many. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trials.models.child import TrialPart


class Intervention(TrialPart):
    natural_key = ("type", "name")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="interventions")
    type = models.TextField(blank=True)
    name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    other_names = ArrayField(models.TextField(), default=list, blank=True)

    class Meta(TrialPart.Meta):
        indexes: ClassVar = [models.Index(fields=["type", "trial"], name="intervention_type")]

    def __str__(self) -> str:
        return self.name


class Arm(TrialPart):
    natural_key = ("label",)

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="arms")
    label = models.TextField(blank=True)
    type = models.TextField(blank=True)
    description = models.TextField(blank=True)
    interventions = models.ManyToManyField(Intervention, related_name="arms", blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.label
