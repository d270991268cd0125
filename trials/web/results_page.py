"""/trials/: the results of a search. Reads the request, asks `trials.search`, presents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.search.elsewhere import elsewhere
from trials.search.funnel import ways_out
from trials.search.passages import reasons
from trials.search.results import NoSuchPage, RefusedQuery, search
from trials.search.store_state import last_received
from trials.web.query_links import QueryLinks
from trials.web.refused_search import place_question
from trials.web.results_presenter import Shown, present_results


@require_safe
def trial_list(request: HttpRequest) -> HttpResponse:
    """The same page with and without htmx, which takes the results out of it: no cache can mix the two up."""
    links = QueryLinks(request.path, request.GET)
    try:
        results = search(request.GET)
    except RefusedQuery as refused:
        context = {"errors": dict(refused.errors), "question": place_question(refused, links)}
        return render(request, "trials/refused.html", context, status=400)
    except NoSuchPage:
        return render(request, "trials/no_such_page.html", {"first_page": links.page(1)}, status=404)
    ways = [] if results.count else ways_out(results.filterset)
    shown = Shown(results, reasons(results.found, results.trials), elsewhere(results.found), ways)
    view = present_results(shown, links, timezone.localdate())
    return render(request, "trials/list.html", {"view": view, "last_received": last_received()})
