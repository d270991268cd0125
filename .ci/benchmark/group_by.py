"""Counts of every value of every facet by SQL alone, one GROUP BY a facet: what the site would do without an index."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict

from trials.models import FactInForce, Intervention, Site, Trial
from trials.search.declarations import FACETS
from trials.search.facets import ArrayFacet, ColumnFacet, Facet, FactFacet, SiteFacet
from trials.search.filterset import TrialFilterSet
from trials.vocabulary.registry_terms import NOT_STATED


class _Unnest(Func):
    function = "unnest"
    set_returning = True
    output_field = TextField()


def counts_of(query: str) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """The number of results and the counts by facet and value. The query has no circle around a place."""
    filterset = TrialFilterSet(QueryDict(query))
    counts = {name: _counts(facet, filterset) for name, facet in FACETS.items()}
    return filterset.qs.order_by().count(), counts


def _counts(facet: Facet, filterset: TrialFilterSet) -> dict[str, int]:
    among = filterset.without(facet.name)
    if isinstance(facet, ColumnFacet):
        return _grouped(among.annotate(choice=_or_not_stated(facet.column)), "pk")
    if isinstance(facet, ArrayFacet):
        texts: ArrayField[Any, Any] = ArrayField(TextField())
        filled = Coalesce(
            NullIf(F(facet.column), Value([], output_field=texts), output_field=texts),
            Value([NOT_STATED], output_field=texts),
            output_field=texts,
        )
        return _grouped(among.annotate(choice=_Unnest(filled)), "pk")
    if isinstance(facet, FactFacet):
        facts = FactInForce.objects.filter(name=facet.fact, trial__in=among.values("pk"))
        return _grouped(facts.annotate(choice=_Unnest(F("computed_values"))), "trial")
    if isinstance(facet, SiteFacet):
        return _grouped(_sites(facet, filterset, among), "trial")
    kinds = Intervention.objects.filter(trial__in=among.values("pk")).exclude(type="")
    return _grouped(kinds.annotate(choice=F("type")), "trial")


def _sites(facet: SiteFacet, filterset: TrialFilterSet, among: QuerySet[Trial]) -> QuerySet[Any]:
    chosen = ["" if value == NOT_STATED else value for value in filterset.selection[facet.partner]]
    partner = Q(**{f"{facet.partner_column}__in": chosen}) if chosen else Q()
    sites = Site.objects.filter(partner, trial__in=among.values("pk"))
    if facet.absent:
        return sites.annotate(choice=_or_not_stated(facet.column))
    return sites.exclude(**{facet.column: ""}).annotate(choice=F(facet.column))


def _or_not_stated(column: str) -> Coalesce:
    blank_is_null = NullIf(F(column), Value(""), output_field=TextField())
    return Coalesce(blank_is_null, Value(NOT_STATED), output_field=TextField())


def _grouped(rows: QuerySet[Any], unit: str) -> dict[str, int]:
    return dict(rows.order_by().values("choice").annotate(n=Count(unit, distinct=True)).values_list("choice", "n"))
