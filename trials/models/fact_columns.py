"""The columns in which a fact, a decision about it and what holds in the end say the same. No table of its own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trials.vocabulary.facts import FactStatus

STATUS_CHOICES = [(status.value, status.value) for status in FactStatus]


class FactColumns(models.Model):
    """value is as FACTS.md writes it (a list, a word or null), claims what a contradictory record claims.

    evidence is a list of {"field", "start", "end", "quote"} with quote == field[start:end] as published.
    computed_values holds the texts that a search may ask for, and "not_stated" where the record is silent; a
    contradictory fact is found under each value that it claims.
    """

    name = models.TextField()
    status = models.TextField(choices=STATUS_CHOICES)
    value = models.JSONField(null=True)
    claims = models.JSONField(default=list)
    depends_on_cohort = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    computed_values = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        abstract = True
