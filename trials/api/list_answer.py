"""Results as programs get them: a page with its facets, or a step of a walk. Never narrows or sorts by itself."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from trials.api.fact_schemas import Fact, fact_answer
from trials.api.list_schemas import FacetValue, TrialInList
from trials.models import FactInForce, Site, Trial
from trials.search.declarations import FACETS
from trials.search.facets import Facet
from trials.search.results import SearchResults
from trials.vocabulary.countries import country_name

Absolute = Callable[[str], str]
LIST_COLUMNS = ("nct_id", "brief_title", "overall_status", "phases", "conditions", "last_update_post_date")


def list_answer(nct_ids: Sequence[str], absolute: Absolute) -> list[TrialInList]:
    """The trials in the given order; absolute makes a path a whole address. Three queries, however many trials."""
    stored = Trial.objects.only(*LIST_COLUMNS).in_bulk(list(nct_ids))
    trials = [stored[nct_id] for nct_id in nct_ids if nct_id in stored]
    facts, countries = facts_of(nct_ids), countries_of(nct_ids)
    return [
        TrialInList(
            **{name: getattr(trial, name) for name in LIST_COLUMNS},
            countries=countries[trial.nct_id],
            url=absolute(trial.get_absolute_url()),
            api_url=absolute(reverse("api:trial", args=[trial.nct_id])),
            facts=facts[trial.nct_id],
        )
        for trial in trials
    ]


def facts_of(nct_ids: Sequence[str]) -> Mapping[str, dict[str, Fact]]:
    found: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in FactInForce.objects.filter(trial__in=nct_ids).order_by("trial", "name"):
        found[str(fact.trial_id)][fact.name] = fact_answer(fact)
    return found


def countries_of(nct_ids: Sequence[str]) -> Mapping[str, list[str]]:
    sites = Site.objects.filter(trial__in=nct_ids).exclude(country_code="").order_by("trial", "country_code")
    found: dict[str, list[str]] = defaultdict(list)
    for nct_id, code in sites.values_list("trial", "country_code").distinct():
        found[nct_id].append(code)
    return found


def facet_answers(results: SearchResults[Any]) -> dict[str, list[FacetValue]]:
    return {name: _facet(facet, results) for name, facet in FACETS.items()}


def _facet(facet: Facet, results: SearchResults[Any]) -> list[FacetValue]:
    counts = results.facets[facet.name]
    selected = set(results.filterset.selection[facet.name])
    return [
        FacetValue(value=value, label=_label(facet, value), count=counts.get(value, 0), selected=value in selected)
        for value in facet.shown_values(counts, selected)
    ]


def _label(facet: Facet, value: str) -> str:
    if facet.name == "country":
        return country_name(value, get_language() or "en")
    return gettext(facet.labels.get(value, value))
