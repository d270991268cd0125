"""One page of results with its facets, ready to be presented. Never renders, never writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.search.filterset import LARGEST_PAGE_SIZE, PAGE_SIZE, TrialFilterSet
from trials.search.finding import Found, Hit, find
from trials.search.index.evaluation import FacetCounts
from trials.search.near import NearAnswer
from trials.search.version import DataVersion, moment

_MOST_DIGITS = 9


class RefusedQuery(Exception):
    """A query that cannot be answered: errors by parameter. near tells the places that a name may mean."""

    def __init__(self, errors: Mapping[str, Sequence[str]], near: NearAnswer | None = None) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = errors
        self.near = near


class NoSuchPage(Exception):
    """A page that is not a number from 1 on, or lies behind the last one."""


Rows = TypeVar("Rows")
Seen = TypeVar("Seen")
Load = Callable[[Found, Sequence[Hit]], Rows]


@dataclass(frozen=True)
class SearchResults(Generic[Rows]):
    """count is of all results, rows what was read for those of the page."""

    found: Found
    page: int
    page_size: int
    rows: Rows
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


def search(parameters: QueryDict, load: Load[Rows]) -> SearchResults[Rows]:
    """Answers a query. load reads what a door shows of the page's trials, of the same moment as everything else.

    Raises RefusedQuery for unknown parameters and values, NoSuchPage for a page that does not exist.
    """
    page_size, refused = _page_size(parameters)
    filterset = _good(parameters, refused)
    with moment() as state:
        found = find(filterset, state)
        page = _page(parameters, found.count, page_size)
        start = (page - 1) * page_size
        rows = load(found, found.hits(start, start + page_size))
        return SearchResults(found, page, page_size, rows, found.evaluation.counts())


def over_all(parameters: QueryDict, look: Callable[[Found], Seen]) -> Seen:
    """What look sees in all results at one moment; page and page_size change nothing. Raises RefusedQuery."""
    filterset = _good(parameters, {})
    with moment() as state:
        return look(find(filterset, state))


def select(parameters: QueryDict) -> Selected:
    """All results. Raises RefusedQuery."""
    return over_all(parameters, lambda found: Selected(found.nct_ids(), found.version))


def counted(parameters: QueryDict) -> tuple[int, FacetCounts]:
    """The number of results and the counts of all facets, without any row. Raises RefusedQuery."""
    return over_all(parameters, lambda found: (found.count, found.evaluation.counts()))


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
