"""Sites, contacts (central, or of one site) and overall officials. Written by `trials.ingest` alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from trials.models.child import TrialPart


class Site(TrialPart):
    """country is as published, country_code ISO 3166-1 alpha-2 or ""; coordinates are degrees, the city's centre.

    computed_latitude and computed_longitude are what distances go by: the published ones, else the city's of `Town`.
    """

    natural_key = ("facility", "city", "state", "zip", "country")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="sites")
    facility = models.TextField(blank=True)
    city = models.TextField(blank=True)
    state = models.TextField(blank=True)
    zip = models.TextField(blank=True)
    country = models.TextField(blank=True)
    country_code = models.CharField(max_length=2, blank=True)
    status = models.TextField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    computed_latitude = models.FloatField(null=True)
    computed_longitude = models.FloatField(null=True)

    class Meta(TrialPart.Meta):
        indexes: ClassVar = [models.Index(fields=["country_code", "status", "trial"], name="site_country_status")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,  # NULL BETWEEN ... is not false
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="site_coordinates_both_or_none",
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.facility, self.city, self.state, self.country) if part)


class Contact(TrialPart):
    """A person to ask. Central where site is null. Shown on the trial page only: never in search, CSV or logs."""

    natural_key = ("site_id", "name", "role")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="contacts")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="contacts")
    name = models.TextField(blank=True)
    role = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    phone_ext = models.TextField(blank=True)
    email = models.TextField(blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.name or self.email or self.phone


class Official(TrialPart):
    natural_key = ("name", "role")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="officials")
    name = models.TextField(blank=True)
    affiliation = models.TextField(blank=True)
    role = models.TextField(blank=True)

    class Meta(TrialPart.Meta):
        pass

    def __str__(self) -> str:
        return self.name
