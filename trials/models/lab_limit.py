"""Laboratory limits that the machine read from a trial's free text. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from trials.vocabulary.laboratory import MAX, MIN

_BOUNDS = [(bound, bound) for bound in (MIN, MAX)]
_IS_AMOUNT = Q(value__isnull=False, times_uln__isnull=True)
_IS_MULTIPLE = Q(value__isnull=True, times_uln__isnull=False)


class LabLimit(models.Model):
    """What a participant must have at least ("min") or at most ("max") in one laboratory test.

    Either value, in the test's one unit (`trials.vocabulary.laboratory`), or times_uln, a multiple of the upper limit
    of normal, with unit "". is_strict: the bound itself is not enough. doubts say why the limit may not decide alone.
    """

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="lab_limits")
    analyte = models.TextField()
    bound = models.TextField(choices=_BOUNDS)
    is_strict = models.BooleanField()
    value = models.FloatField(null=True)
    unit = models.TextField(blank=True)
    times_uln = models.FloatField(null=True)
    depends_on_cohort = models.BooleanField(default=False)
    doubts = ArrayField(models.TextField(), default=list, blank=True)
    evidence = models.JSONField(default=list)
    reader_version = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["trial", "analyte", "bound", "times_uln"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_IS_AMOUNT | _IS_MULTIPLE, name="lab_limit_is_amount_or_multiple"),
            models.UniqueConstraint(
                fields=["trial", "analyte", "bound"], condition=_IS_AMOUNT, name="one_lab_amount_for_each_bound"
            ),
            models.UniqueConstraint(
                fields=["trial", "analyte", "bound"], condition=_IS_MULTIPLE, name="one_lab_multiple_for_each_bound"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.analyte} {self.bound}"
