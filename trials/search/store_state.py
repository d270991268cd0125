"""How the store stands: how much, how fresh, what waits for staff. Never writes."""

from collections import Counter
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Max

from trials.models import QuarantinedRecord, RecordVersion, Site, Trial
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.index.evaluation import Evaluation
from trials.search.selection import Selection
from trials.search.version import moment


class StoreState:
    """Each figure is asked for when a page shows it; the first one comes from the index and costs next to nothing."""

    @cached_property
    def about_hcc(self) -> int:
        """Trials that a search finds without any choice."""
        scope = FACETS["hcc_scope"]
        default = scope.default if isinstance(scope, FactFacet) else ()
        with moment() as state:
            return len(Evaluation(state, Selection({scope.name: default})).results)

    @cached_property
    def trials(self) -> int:
        """All that are stored, whatever they are about."""
        return Trial.objects.count()

    @cached_property
    def newest_registry_date(self) -> str:
        """The newest day of the registry's data, as the registry writes it."""
        return Trial.objects.aggregate(newest=Max("registry_date"))["newest"] or ""

    @cached_property
    def last_received(self) -> datetime | None:
        return last_received()

    @cached_property
    def quarantined(self) -> int:
        return QuarantinedRecord.objects.filter(resolved_at=None).count()

    @cached_property
    def unknown_terms(self) -> tuple[tuple[str, int], ...]:
        """Terms of the registry that we have no words for, the most frequent first."""
        terms: Counter[str] = Counter()
        for found in Trial.objects.order_by().exclude(unknown_terms=[]).values_list("unknown_terms", flat=True):
            terms.update(found)
        return tuple(terms.most_common())


def last_received() -> datetime | None:
    """When the newest raw record came in."""
    return RecordVersion.objects.order_by("-id").values_list("received_at", flat=True).first()


def unmapped_countries() -> list[tuple[str, int]]:
    """Names of countries that we know no code for, with the number of sites; the most frequent first."""
    sites = Site.objects.filter(country_code="").exclude(country="").order_by().values("country")
    return list(sites.annotate(number=Count("pk")).order_by("-number", "country").values_list("country", "number")[:50])
