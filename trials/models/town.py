"""Towns of the world and the names that they go by, for "near me": reference data, filled by a migration (GeoNames).

Never written otherwise. Not managed by Django, so that emptying the store (`flush`) leaves them in place: no load
would bring them back.
"""

from typing import ClassVar

from django.db import models


class Town(models.Model):
    """id is GeoNames' own; qualifier is what tells it apart from namesakes in its country ("" where none are)."""

    id = models.IntegerField(primary_key=True)
    name = models.TextField()
    country_code = models.CharField(max_length=2)
    region = models.TextField(blank=True)
    qualifier = models.TextField(blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.IntegerField()

    class Meta:
        managed = False
        db_table = "trials_town"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.qualifier, self.country_code) if part)


class TownName(models.Model):
    """One name of one town as `fold_place` writes it; is_own where GeoNames calls the town so."""

    pk = models.CompositePrimaryKey("folded", "town")

    folded = models.TextField()
    town = models.ForeignKey(Town, on_delete=models.DO_NOTHING, db_constraint=False, related_name="names")
    is_own = models.BooleanField()

    class Meta:
        managed = False
        db_table = "trials_townname"
        ordering: ClassVar = ["folded", "town"]

    def __str__(self) -> str:
        return self.folded
