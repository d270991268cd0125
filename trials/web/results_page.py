"""/trials/: the results of a search. Reads the request, asks `trials.search`, presents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.search.results import NoSuchPage, RefusedQuery, search
from trials.search.store_state import last_received
from trials.web.query_links import QueryLinks
from trials.web.results_presenter import present_results


@require_safe
def trial_list(request: HttpRequest) -> HttpResponse:
    links = QueryLinks(request.path, request.GET)
    try:
        results = search(request.GET)
    except RefusedQuery as refused:
        return render(request, "trials/refused.html", {"errors": dict(refused.errors)}, status=400)
    except NoSuchPage:
        return render(request, "trials/no_such_page.html", {"first_page": links.page(1)}, status=404)
    view = present_results(results, links, timezone.localdate())
    return render(request, "trials/list.html", {"view": view, "last_received": last_received()})
