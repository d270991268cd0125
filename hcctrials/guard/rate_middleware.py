"""Refuses what one client asks too often: 429 with Retry-After, a calm page for people, JSON for programs.

Which limit counts is decided by the name of the address, before anything is read of the request. Static files, health
and metrics have no limit. A conditional request that ends in 304 counts like any other: who asks that often is heard
often enough. The answer repeats nothing of what was asked.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from hcctrials.guard.client import client_pseudonym
from hcctrials.guard.rates import Rates, parsed
from trials.api.door import too_many

SEARCH, MATCH, EXPORT, API, LOGIN, PAGE = "search", "match", "export", "api", "login", "page"
# Route (with its namespace, if it has one) to limit. What is not here is a page, or an address of the API.
KINDS = {
    "trial-list": SEARCH,
    "trial-charts": SEARCH,
    "trial-feed": SEARCH,
    "compare": SEARCH,
    "match": MATCH,
    "api:trials": SEARCH,
    "api:match": MATCH,
    "api:csv": EXPORT,
    "admin:login": LOGIN,
    "admin:code": LOGIN,
    "admin:enrol": LOGIN,
}
UNLIMITED = frozenset({"livez", "readyz", "metrics", "robots", "security-txt"})
_BY_POST = frozenset({"match", *(name for name, kind in KINDS.items() if kind == LOGIN)})  # an empty form costs nothing


class RateLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.rates = Rates(settings.HCCTRIALS_RATE_LIMITS_URL)
        for kind, limit in settings.HCCTRIALS_RATE_LIMITS.items():
            try:
                parsed(limit)
            except ValueError:
                wanted = f"HCCTRIALS_LIMIT_{kind.upper()} is {limit!r}: set it to something like 60/minute."
                raise ImproperlyConfigured(wanted) from None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        kind = kind_of(request) if settings.HCCTRIALS_RATE_LIMITED else None
        if kind is None:
            return None
        seconds = self.rates.seconds_to_wait(kind, settings.HCCTRIALS_RATE_LIMITS[kind], client_pseudonym(request))
        return too_often(request, seconds) if seconds else None


def kind_of(request: HttpRequest) -> str | None:
    """The limit that counts, None where there is none."""
    found = request.resolver_match
    if found is None or request.method == "OPTIONS" or found.view_name in UNLIMITED:
        return None
    if found.view_name in _BY_POST and request.method != "POST":
        return PAGE
    return KINDS.get(found.view_name) or (API if _is_api(request) else PAGE)


def too_often(request: HttpRequest, seconds: int) -> HttpResponseBase:
    if _is_api(request):
        return too_many(seconds)
    response = render(request, "429.html", {"minutes": -(-seconds // 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    patch_cache_control(response, no_store=True)
    return response


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
