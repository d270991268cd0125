"""One page of results with its facets, ready to be presented. Never renders, never writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.models import FactInForce, Intervention, Site, Trial
from trials.search.counts import FacetCounts, facet_counts
from trials.search.filterset import LARGEST_PAGE_SIZE, PAGE_SIZE, TrialFilterSet
from trials.search.snapshot import snapshot
from trials.vocabulary.registry_terms import OverallStatus

_MOST_DIGITS = 9


class RefusedQuery(Exception):
    """A query that cannot be answered: errors by parameter."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = errors


class NoSuchPage(Exception):
    """A page that is not a number from 1 on, or lies behind the last one."""


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """Where a trial runs: sites and recruiting sites by country code ("" where the country is not known)."""

    sites: int = 0
    recruiting: int = 0
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """count is of all results; trials are those of the page, with facts and interventions at hand."""

    filterset: TrialFilterSet
    count: int
    page: int
    page_size: int
    trials: Sequence[Trial]
    sites: Mapping[str, SiteSummary]
    facets: FacetCounts = field(default_factory=dict)

    @property
    def last_page(self) -> int:
        return max(1, -(-self.count // self.page_size))


def search(parameters: QueryDict) -> SearchResults:
    """Answers a query.

    Raises RefusedQuery for unknown parameters and values, NoSuchPage for a page that does not exist.
    """
    filterset = TrialFilterSet(parameters)
    with snapshot():
        page_size, refused = _page_size(parameters)
        if errors := {**filterset.refusals, **refused}:
            raise RefusedQuery(errors)
        count = filterset.qs.order_by().count()
        page = _page(parameters, count, page_size)
        trials = list(_page_of(filterset.ordered(), page, page_size))
        return SearchResults(
            filterset, count, page, page_size, trials, _site_summaries(trials), facet_counts(filterset)
        )


def _page_size(parameters: QueryDict) -> tuple[int, dict[str, list[str]]]:
    text = parameters.get("page_size", "").strip()
    if not text:
        return PAGE_SIZE, {}
    if not text.isascii() or not text.isdigit() or int(text[:_MOST_DIGITS]) < 1:
        return PAGE_SIZE, {"page_size": [_("A number from 1 to %(most)d is needed.") % {"most": LARGEST_PAGE_SIZE}]}
    return min(int(text[:_MOST_DIGITS]), LARGEST_PAGE_SIZE), {}


def _page(parameters: QueryDict, count: int, page_size: int) -> int:
    text = parameters.get("page", "").strip() or "1"
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise NoSuchPage
    page = int(text)
    if page < 1 or (page > 1 and (page - 1) * page_size >= count):
        raise NoSuchPage
    return page


def _page_of(trials: QuerySet[Trial], page: int, page_size: int) -> QuerySet[Trial]:
    start = (page - 1) * page_size
    return (
        trials.prefetch_related(
            Prefetch("facts", FactInForce.objects.defer("evidence")),
            Prefetch("interventions", Intervention.objects.only("trial", "type", "name", "position")),
        )
        .defer("search_vector", "detailed_description", "eligibility_criteria", "search_terms", "search_places")
        .all()[start : start + page_size]
    )


def _site_summaries(trials: Sequence[Trial]) -> dict[str, SiteSummary]:
    summaries = {trial.nct_id: SiteSummary() for trial in trials}
    rows = (
        Site.objects.filter(trial__in=[trial.nct_id for trial in trials])
        .order_by("trial", "country_code")
        .values_list("trial", "country_code")
        .annotate(sites=Count("pk"), recruiting=Count("pk", filter=Q(status=OverallStatus.RECRUITING)))
    )
    for nct_id, country, sites, recruiting in rows:
        before = summaries[nct_id]
        countries = (*before.countries, country) if country else before.countries
        summaries[nct_id] = SiteSummary(before.sites + sites, before.recruiting + recruiting, countries)
    return summaries
