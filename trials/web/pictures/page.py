"""/trials/charts/: the results of a search as pictures. Reads the request, asks `trials.search`, presents.

The same parameters as the results; page, page_size and sort change nothing.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from trials.search.conditional import Answer, unless_seen
from trials.search.pictured import Pictured, picture
from trials.search.results import RefusedQuery, over_all
from trials.web.data_age import data_age_of
from trials.web.page_key import page_key
from trials.web.pictures.bars import Chart
from trials.web.pictures.charts import MOST_COUNTRIES, present_charts
from trials.web.pictures.results_map import MOST_TOWNS, ResultsMap, present_results_map
from trials.web.query_links import QueryLinks
from trials.web.refused_search import refused_page
from trials.web.results_chips import Chip, present_chips
from trials.web.results_words import Meant, present_words


@dataclass(frozen=True, slots=True)
class PicturesView:
    summary: str
    meant: Meant | None
    chips: list[Chip]
    charts: list[Chart]
    map: ResultsMap | None
    results_url: str


@require_safe
def trial_charts(request: HttpRequest) -> HttpResponseBase:
    links = QueryLinks(request.path, request.GET)
    try:
        return unless_seen(request, lambda: _page(request, links), lambda: page_key(request))
    except RefusedQuery as refused:
        return refused_page(request, refused, links)


def _page(request: HttpRequest, links: QueryLinks) -> Answer:
    look = partial(picture, most_countries=MOST_COUNTRIES, most_names=MOST_TOWNS)
    pictured = over_all(request.GET, look)
    age = data_age_of(request)
    context = {
        "view": _present(pictured, request, links, age.today),
        "last_received": age.last_received,
    }
    return render(request, "pictures/page.html", context), pictured.found.version


def _present(pictured: Pictured, request: HttpRequest, links: QueryLinks, today: date) -> PicturesView:
    found, results = pictured.found, QueryLinks(reverse("trial-list"), request.GET)
    return PicturesView(
        summary=ngettext("%(count)d trial in pictures", "%(count)d trials in pictures", found.count)
        % {"count": found.count},
        meant=present_words(found, links) if found.filterset.words else None,
        chips=list(present_chips(found.filterset, links)),
        charts=present_charts(pictured, results, today.year),
        map=present_results_map(pictured),
        results_url=links.elsewhere(reverse("trial-list")),
    )
