"""The pages around the search: home, about and privacy. Reads the request, asks `trials.search`, presents."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.search.conditional import Answer, unless_seen
from trials.search.store_state import StoreState
from trials.search.version import moment, version_of
from trials.web.page_key import page_key
from trials.web.situations import number_about_hcc, present_situations


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    return unless_seen(request, lambda: _home(request), lambda: page_key(request))


def _home(request: HttpRequest) -> Answer:
    with moment() as state:
        context = {"about_hcc": number_about_hcc(state), "situations": present_situations(state)}
        version = version_of(state)
    return render(request, "home.html", context), version


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"store": StoreState()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")
