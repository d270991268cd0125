"""How the store stands: how much, how fresh, what waits for staff. Never writes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from trials.models import QuarantinedRecord, RecordVersion, Site, Trial
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.selection import Selection
from trials.vocabulary.registry_terms import OverallStatus


@dataclass(frozen=True, slots=True)
class StoreState:
    """last_received: when the newest raw record came in; newest_registry_date: newest day of the registry's data."""

    trials: int
    about_hcc: int
    recruiting: int
    last_received: datetime | None
    newest_registry_date: str
    quarantined: int
    unknown_terms: tuple[tuple[str, int], ...]


def store_state() -> StoreState:
    scope = FACETS["hcc_scope"]
    default = scope.default if isinstance(scope, FactFacet) else ()
    about_hcc = Trial.objects.order_by().filter(scope.condition(default, Selection({})))
    terms: Counter[str] = Counter()
    for found in Trial.objects.order_by().exclude(unknown_terms=[]).values_list("unknown_terms", flat=True):
        terms.update(found)
    newest = Trial.objects.aggregate(trials=Count("pk"), newest=Max("registry_date"))
    return StoreState(
        trials=newest["trials"],
        about_hcc=about_hcc.count(),
        recruiting=about_hcc.filter(overall_status=OverallStatus.RECRUITING).count(),
        last_received=last_received(),
        newest_registry_date=newest["newest"] or "",
        quarantined=QuarantinedRecord.objects.filter(resolved_at=None).count(),
        unknown_terms=tuple(terms.most_common()),
    )


def last_received() -> datetime | None:
    """When the newest raw record came in."""
    return RecordVersion.objects.order_by("-id").values_list("received_at", flat=True).first()


def unmapped_countries() -> list[tuple[str, int]]:
    """Names of countries that we know no code for, with the number of sites; the most frequent first."""
    sites = Site.objects.filter(country_code="").exclude(country="").order_by().values("country")
    return list(sites.annotate(number=Count("pk")).order_by("-number", "country").values_list("country", "number")[:50])
