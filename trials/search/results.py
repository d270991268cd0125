"""One page of results with its facets, ready to be presented. Never renders, never writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.filterset import LARGEST_PAGE_SIZE, PAGE_SIZE, TrialFilterSet
from trials.search.finding import Found, find
from trials.search.index.evaluation import FacetCounts
from trials.search.index.live import LIVE
from trials.search.near import NearAnswer
from trials.search.page_rows import SiteSummary, site_summaries, trials_of_page
from trials.search.snapshot import snapshot
from trials.search.version import DataVersion

_MOST_DIGITS = 9


class RefusedQuery(Exception):
    """A query that cannot be answered: errors by parameter. near tells the places that a name may mean."""

    def __init__(self, errors: Mapping[str, Sequence[str]], near: NearAnswer | None = None) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = errors
        self.near = near


class NoSuchPage(Exception):
    """A page that is not a number from 1 on, or lies behind the last one."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """count is of all results; trials are those of the page, with facts and interventions at hand."""

    found: Found
    page: int
    page_size: int
    trials: Sequence[Trial]
    sites: Mapping[str, SiteSummary]
    facets: FacetCounts

    @property
    def filterset(self) -> TrialFilterSet:
        return self.found.filterset

    @property
    def count(self) -> int:
        return self.found.count

    @property
    def version(self) -> DataVersion:
        return self.found.version

    @property
    def last_page(self) -> int:
        return max(1, -(-self.count // self.page_size))


@dataclass(frozen=True, slots=True)
class Selected:
    """All results of a query, in order, of one version of the data."""

    nct_ids: Sequence[str]
    version: DataVersion


def search(parameters: QueryDict) -> SearchResults:
    """Answers a query.

    Raises RefusedQuery for unknown parameters and values, NoSuchPage for a page that does not exist.
    """
    page_size, refused = _page_size(parameters)
    filterset = _good(parameters, refused)
    LIVE.prepare()
    with snapshot():
        found = find(filterset)
        page = _page(parameters, found.count, page_size)
        start = (page - 1) * page_size
        trials = trials_of_page(found.nct_ids(start, start + page_size))
        sites = site_summaries(trials, filterset.origin)
        return SearchResults(found, page, page_size, trials, sites, found.evaluation.counts())


def select(parameters: QueryDict) -> Selected:
    """All results; page and page_size change nothing. Raises RefusedQuery."""
    filterset = _good(parameters, {})
    LIVE.prepare()
    with snapshot():
        found = find(filterset)
        return Selected(found.nct_ids(), found.version)


def counted(parameters: QueryDict) -> tuple[int, FacetCounts]:
    """The number of results and the counts of all facets, without any row. Raises RefusedQuery."""
    filterset = _good(parameters, {})
    LIVE.prepare()
    with snapshot():
        found = find(filterset)
        return found.count, found.evaluation.counts()


def _good(parameters: QueryDict, refused: Mapping[str, Sequence[str]]) -> TrialFilterSet:
    filterset = TrialFilterSet(parameters)
    if errors := {**filterset.refusals, **refused}:
        raise RefusedQuery(errors, filterset.near_answer if filterset.is_place_unclear else None)
    return filterset


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
