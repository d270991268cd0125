"""How many confirmations were asked for on a day, by whom and for whom. Written by `trials.alerts` alone."""

from typing import ClassVar

from django.db import models


class AlertQuota(models.Model):
    """who is a keyed hash of a client or of an address, from which neither can be read. Gone when the day is over."""

    who = models.CharField(max_length=32)
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "number of confirmations"
        verbose_name_plural = "numbers of confirmations"
        constraints: ClassVar = [models.UniqueConstraint(fields=["who", "day"], name="one_quota_for_each_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.number}"
