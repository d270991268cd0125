"""Distances in SQL: the second opinion on what the index computes. Never writes."""

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from trials.models import Site
from trials.search.selection import Circle

_EARTH_KM = 6371.0088  # mean radius, IUGG 1980


def sites_within(circle: Circle) -> QuerySet[Site]:
    """The sites whose town lies in the circle; those without a place do not."""
    placed = Site.objects.filter(~Q(computed_latitude=None))
    return placed.annotate(km=_kilometres(circle)).filter(km__lte=circle.radius)


def _kilometres(circle: Circle) -> Combinable:
    """The haversine formula; beyond 1 the root is rounding."""
    north = _half_chord(Radians(F("computed_latitude")) - Radians(Value(circle.latitude)))
    east = _half_chord(Radians(F("computed_longitude")) - Radians(Value(circle.longitude)))
    part = north + Cos(Radians(Value(circle.latitude))) * Cos(Radians(F("computed_latitude"))) * east
    return Value(2 * _EARTH_KM) * ASin(Least(Value(1.0), Sqrt(part, output_field=FloatField())))


def _half_chord(angle: Combinable) -> Power:
    return Power(Sin(angle / Value(2.0), output_field=FloatField()), Value(2.0), output_field=FloatField())
