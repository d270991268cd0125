"""What the table of results needs of a page's trials, in a constant number of queries. Never writes."""

from collections.abc import Collection, Sequence

from django.db.models import Prefetch

from trials.models import FactInForce, Intervention, Trial

_IN_A_ROW = (
    "brief_title",
    "official_title",
    "overall_status",
    "registry_state",
    "phases",
    "minimum_age",
    "maximum_age",
    "sex",
    "enrollment_count",
    "enrollment_type",
    "start_date",
    "start_date_type",
    "last_update_post_date",
    "lead_sponsor_name",
    "computed_verified_day",
    "computed_last_update_day",
    "computed_primary_completion_day",
    "computed_completion_day",
)
_OF_A_FACT = ("name", "status", "value", "depends_on_cohort", "evidence", "review", "reviewed_at", "text_changed_at")


def trials_of_table(nct_ids: Sequence[str], facts: Collection[str], *, with_interventions: bool) -> list[Trial]:
    """In the given order, with those facts and their sentences; interventions only where they are shown."""
    shown = FactInForce.objects.filter(name__in=facts).only("trial", *_OF_A_FACT)
    trials = Trial.objects.only(*_IN_A_ROW).prefetch_related(Prefetch("facts", shown))
    if with_interventions:
        named = Intervention.objects.only("trial", "name", "position")
        trials = trials.prefetch_related(Prefetch("interventions", named))
    found = trials.in_bulk(list(nct_ids))
    return [found[nct_id] for nct_id in nct_ids]
