"""A page of results as its template shows it: what was meant, cards, facets, chips, sorts, links. Never queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from trials.search.elsewhere import Elsewhere
from trials.search.filterset import SORTS, TrialFilterSet
from trials.search.funnel import Way
from trials.search.results import SearchResults
from trials.vocabulary.messages import gettext_noop
from trials.web.query_links import PRESENTATION, QueryLinks
from trials.web.results_chips import Chip, present_chips
from trials.web.results_facets import ChangedView, FacetView, present_changed, present_facets
from trials.web.results_near import NearView, present_near
from trials.web.results_nothing import WayOut, present_ways
from trials.web.results_words import Meant, present_words
from trials.web.table.look import TABLE, Look
from trials.web.table.presenter import TableView, present_table

_SORT_WORDS = {
    "relevance": gettext_noop("Best match"),
    "updated": gettext_noop("Newest update"),
    "changed": gettext_noop("Newest change seen here"),
    "start": gettext_noop("Newest start"),
    "enrollment": gettext_noop("Largest"),
    "distance": gettext_noop("Nearest"),
}

_KEPT_BY_THE_FORM = (*PRESENTATION, "page_size")


@dataclass(frozen=True, slots=True)
class Shown:
    """Finished cards or rows of a table, with what explains them: what a radius leaves out, ways out of nothing."""

    look: Look
    rows: Sequence[SafeString]
    outside: Elsewhere | None
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class SortChoice:
    """value is "" for the order that a search has by itself, so that a form does not fix it."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class LookChoice:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Everything that the template of the results needs. table is None where cards are shown.

    fields are hidden ones of the form that narrows: how the results are shown stays as it is.
    """

    results: SearchResults[Shown]
    summary: str
    words: str
    meant: Meant | None
    near: NearView
    cards: Sequence[SafeString]
    table: TableView | None
    looks: Sequence[LookChoice]
    fields: Sequence[tuple[str, str]]
    facets: Sequence[FacetView]
    changed: ChangedView
    chips: Sequence[Chip]
    ways: Sequence[WayOut]
    chosen: int
    sorts: Sequence[SortChoice]
    start_over_url: str
    previous_url: str
    next_url: str
    charts_url: str
    csv_url: str
    feed_url: str
    follow_url: str


def present_results(results: SearchResults[Shown], links: QueryLinks, today: date) -> ResultsView:
    filterset, shown = results.filterset, results.rows
    chips, sorts = list(present_chips(filterset, links)), _sorts(filterset)
    return ResultsView(
        results=results,
        summary=ngettext("%(count)d trial", "%(count)d trials", results.count) % {"count": results.count},
        words=filterset.words,
        meant=present_words(results.found, links) if filterset.words else None,
        near=present_near(filterset, results.count, shown.outside, links),
        cards=() if shown.look.is_table else shown.rows,
        table=_table(results, sorts, links) if shown.look.is_table and shown.rows else None,
        looks=_looks(shown.look, links),
        fields=[field for field in links.fields() if field[0] in _KEPT_BY_THE_FORM],
        facets=present_facets(results),
        changed=present_changed(filterset.changed_since_day, links, today),
        chips=chips,
        ways=present_ways(shown.ways, filterset, links),
        chosen=len(chips),
        sorts=sorts,
        start_over_url=links.afresh(),
        previous_url=links.page(results.page - 1) if results.page > 1 else "",
        next_url=links.page(results.page + 1) if results.page < results.last_page else "",
        charts_url=links.elsewhere(reverse("trial-charts"), "page_size"),
        csv_url=links.elsewhere(reverse("api:csv"), "page_size"),
        feed_url=links.feed(),
        follow_url=links.follow() if settings.HCCTRIALS_FOLLOWING else "",
    )


def _sorts(filterset: TrialFilterSet) -> list[SortChoice]:
    """Best match only beside words, nearest only beside a place."""
    current, usual = filterset.sort_name, filterset.usual_sort
    offered = {"relevance": bool(filterset.words), "distance": filterset.origin is not None}
    return [
        SortChoice("" if name == usual else name, gettext(_SORT_WORDS[name]), name == current)
        for name in SORTS
        if offered.get(name, True) or name == current
    ]


def _looks(look: Look, links: QueryLinks) -> list[LookChoice]:
    return [
        LookChoice(gettext("Cards"), links.shown_as(""), not look.is_table),
        LookChoice(gettext("Table"), links.shown_as(TABLE), look.is_table),
    ]


def _table(results: SearchResults[Shown], sorts: Sequence[SortChoice], links: QueryLinks) -> TableView:
    """Headings offer the orders that the list of orders does."""
    offered = {choice.value or results.filterset.usual_sort: choice.label for choice in sorts}
    shown = results.rows
    return present_table(shown.look, shown.rows, offered, results.filterset.sort_name, results.page_size, links)
