"""What a page of results needs of the tables: the trials themselves, and their sites in numbers. Never writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from trials.models import FactInForce, Intervention, Site, Trial
from trials.search.index.circles import kilometres_from
from trials.search.near import Origin
from trials.vocabulary.facts import FACTS
from trials.vocabulary.registry_terms import OverallStatus, may_recruit

_ON_A_CARD = (
    "brief_title",
    "official_title",
    "acronym",
    "overall_status",
    "phases",
    "study_type",
    "conditions",
    "keywords",
    "brief_summary",
    "lead_sponsor_name",
    "registry_state",
    "computed_verified_day",
    "computed_last_update_day",
    "computed_primary_completion_day",
    "computed_completion_day",
)
_OF_A_FACT = ("name", "status", "value", "depends_on_cohort", "review", "reviewed_at", "text_changed_at")


@dataclass(frozen=True, slots=True)
class NearestSite:
    """kilometres to the town (never to the hospital); may_recruit: listed as recruiting, or not stated."""

    kilometres: float
    city: str
    may_recruit: bool


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """How many sites, how many of them listed as recruiting, and their country codes (without those not known).

    nearest is the nearest site that may recruit, or the nearest of all where none may; None without a place.
    """

    sites: int = 0
    recruiting: int = 0
    countries: tuple[str, ...] = ()
    nearest: NearestSite | None = None


def trials_of_page(nct_ids: Sequence[str], facts: Collection[str] = FACTS) -> list[Trial]:
    """In the given order, with those facts and the interventions; what no card shows is left in the table."""
    shown = FactInForce.objects.filter(name__in=facts).only("trial", *_OF_A_FACT)
    trials = (
        Trial.objects.only(*_ON_A_CARD)
        .prefetch_related(
            Prefetch("facts", shown), Prefetch("interventions", Intervention.objects.only("trial", "name", "position"))
        )
        .in_bulk(list(nct_ids))
    )
    return [trials[nct_id] for nct_id in nct_ids]


def site_summaries(trials: Sequence[Trial], origin: Origin | None) -> dict[str, SiteSummary]:
    """By NCT number."""
    status = {trial.nct_id: trial.overall_status for trial in trials}
    summaries = {nct_id: SiteSummary() for nct_id in status}
    by_place = ("city", "computed_latitude", "computed_longitude") if origin else ()
    rows = (
        Site.objects.filter(trial__in=status)
        .order_by("trial", "country_code")
        .values("trial", "country_code", "status", *by_place)
        .annotate(number=Count("pk"))
    )
    for row in rows:
        nct_id = str(row["trial"])
        summaries[nct_id] = _with(summaries[nct_id], row, status[nct_id], origin)
    return summaries


def _with(before: SiteSummary, row: Mapping[str, object], status: str, origin: Origin | None) -> SiteSummary:
    number, country = int(str(row["number"])), str(row["country_code"])
    is_new = bool(country) and country not in before.countries
    return SiteSummary(
        before.sites + number,
        before.recruiting + (number if row["status"] == OverallStatus.RECRUITING else 0),
        (*before.countries, country) if is_new else before.countries,
        _nearer(before.nearest, _nearest(row, status, origin)) if origin else None,
    )


def _nearest(row: Mapping[str, object], status: str, origin: Origin) -> NearestSite | None:
    latitude, longitude = row["computed_latitude"], row["computed_longitude"]
    if not isinstance(latitude, float) or not isinstance(longitude, float):
        return None
    position = (latitude, longitude)
    away = kilometres_from((origin.latitude, origin.longitude), [position])[position]
    return NearestSite(away, str(row["city"]), may_recruit(str(row["status"]), status))


def _nearer(one: NearestSite | None, other: NearestSite | None) -> NearestSite | None:
    """A site that may recruit before one that does not, then the nearer one."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda site: (not site.may_recruit, site.kilometres))
