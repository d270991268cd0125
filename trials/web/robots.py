"""/robots.txt: trial pages may be visited by crawlers, searches not: their combinations have no end. Never queries."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

# Searches; trials are in the sitemap. Without the star Python's parser drops the "?" and refuses all trials.
_SEARCHES = ("/trials/?*", "/trials/charts/?*", "/trials/feed.atom?*", "/api/v1/trials", "/compare/?*")
_LINES = (
    "User-agent: *",
    *(f"Disallow: {path}" for path in _SEARCHES),
    *(f"Disallow: /*{path}" for path in _SEARCHES),  # the same in a language: /fr/trials/?...
    "Disallow: /admin/",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join((*_LINES, "", f"Sitemap: {sitemap}", "")), content_type="text/plain; charset=utf-8")
