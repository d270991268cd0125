"""/robots.txt: trial pages may be visited by crawlers, searches not: their combinations have no end. Never queries."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

_LINES = (
    "User-agent: *",
    # Searches; trials are in the sitemap. Without the star Python's parser drops the "?" and refuses all trials.
    "Disallow: /trials/?*",
    "Disallow: /trials/feed.atom?*",
    "Disallow: /api/v1/trials",
    "Disallow: /match/",
    "Disallow: /compare/?*",
    "Disallow: /admin/",
    "Disallow: /i18n/",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join((*_LINES, "", f"Sitemap: {sitemap}", "")), content_type="text/plain; charset=utf-8")
