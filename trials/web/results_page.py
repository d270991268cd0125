"""/trials/: the results of a search. Reads the request, asks `trials.search`, presents."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.search.conditional import Answer, unless_seen
from trials.search.elsewhere import elsewhere
from trials.search.filterset import TrialFilterSet
from trials.search.finding import Found, Hit
from trials.search.funnel import ways_out
from trials.search.results import NoSuchPage, RefusedQuery, search
from trials.web.data_age import data_age_of
from trials.web.page_key import page_key
from trials.web.query_links import QueryLinks
from trials.web.refused_search import refused_page
from trials.web.results_cards import load_cards
from trials.web.results_presenter import Shown, present_results
from trials.web.table.look import Look, asked_look
from trials.web.table.rows import load_rows


@require_safe
def trial_list(request: HttpRequest) -> HttpResponseBase:
    """The same page with and without htmx, which takes the results out of it: no cache can mix the two up."""
    links = QueryLinks(request.path, request.GET)
    try:
        return unless_seen(request, lambda: _page(request, links), lambda: page_key(request))
    except RefusedQuery as refused:
        return refused_page(request, refused, links)
    except NoSuchPage:
        return render(request, "trials/no_such_page.html", {"first_page": links.page(1)}, status=404)


def _page(request: HttpRequest, links: QueryLinks) -> Answer:
    age, look = data_age_of(request), _look(request)

    def load(found: Found, hits: Sequence[Hit]) -> Shown:
        ways = [] if found.count else ways_out(found)
        rows = load_rows(found, hits, look.columns, age.today) if look.is_table else load_cards(found, hits, age.today)
        return Shown(look, rows, elsewhere(found), ways)

    results = search(look.search, load)
    context = {"view": present_results(results, links, age.today), "last_received": age.last_received}
    return render(request, "trials/list.html", context), results.version


def _look(request: HttpRequest) -> Look:
    """Raises RefusedQuery, which then names what is wrong with the search too."""
    look = asked_look(request.GET)
    if look.refusals:
        raise RefusedQuery({**TrialFilterSet(look.search).refusals, **look.refusals})
    return look
