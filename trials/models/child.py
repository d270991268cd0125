"""What every part of a trial shares: it belongs to one trial and keeps the place that it had in the record."""

from typing import ClassVar

from django.db import models


class TrialPart(models.Model):
    """position counts from 0 within trial and kind of part. natural_key names the fields that tell two parts apart."""

    natural_key: ClassVar[tuple[str, ...]]

    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["position"]
