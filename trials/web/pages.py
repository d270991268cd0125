"""The pages around the search: home and about. Reads the request, asks `trials.search`, presents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.search.store_state import StoreState


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"store": StoreState()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"store": StoreState()})
