"""/sitemap.xml: every trial's page with the day of its last change, and the pages around them. Django's own framework.

Above 50,000 addresses it is an index of parts, as the protocol asks (sitemaps.org). Never lists a search.
"""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.models import Trial
from trials.vocabulary.registry_states import STILL_THERE


class TrialPages(Sitemap):  # type: ignore[type-arg]  # generic for mypy alone
    """Trials that the registry still has."""

    def items(self) -> QuerySet[Trial]:
        there = Trial.objects.filter(registry_state__in=STILL_THERE)
        return there.only("nct_id", "loaded_at").order_by("nct_id")

    def lastmod(self, item: Trial) -> datetime:
        return item.loaded_at


class OtherPages(Sitemap):  # type: ignore[type-arg]
    """Pages with one address each; a page that is added to `trials.web.urls` is added here."""

    def items(self) -> list[str]:
        return ["home", "trial-list", "match", "calculators", "glossary", "about", "privacy", "api-docs"]

    def location(self, item: str) -> str:
        return reverse(item)


_PARTS: "dict[str, type[Sitemap[Any]] | Sitemap[Any]]" = {"pages": OtherPages, "trials": TrialPages}


@require_safe
def whole_sitemap(request: HttpRequest) -> HttpResponse:
    """One file, or the index of the parts where there is too much for one."""
    if any(part.paginator.num_pages > 1 for part in (OtherPages(), TrialPages())):
        return index(request, _PARTS, sitemap_url_name="sitemap-part")
    return sitemap(request, _PARTS)


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """A part of the index; ?p=2 is its second page."""
    return sitemap(request, _PARTS, section)
