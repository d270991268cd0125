"""How the store, the refresh and the queue stand, as Prometheus' figures. Asked when Prometheus asks; never counted on.

Where the database is away this says so, and the other figures of the page still come.
"""

from collections.abc import Iterator

from django.db import Error
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from trials.eligibility import READER_VERSION
from trials.search.refresh_state import freshness
from trials.search.store_state import StoreState
from trials.search.version import moment
from trials.search.work_state import facts_state, pending_migrations, runs_by_status
from trials.tasks.waiting import waiting_tasks


class StoreCollector:
    """One look at everything."""

    def collect(self) -> Iterator[Metric]:
        yield from _queue()
        try:
            found = [*_data(), *_facts(), *_runs()]
        except Error:
            found = []
        yield GaugeMetricFamily("hcctrials_database_up", "1 while the database answers.", 1 if found else 0)
        yield from found


def _queue() -> Iterator[Metric]:
    tasks = waiting_tasks()
    yield GaugeMetricFamily("hcctrials_broker_up", "1 while the broker answers.", 0 if tasks is None else 1)
    if tasks is not None:
        sent_at = tasks.oldest_sent_at
        seconds = max(0.0, (timezone.now() - sent_at).total_seconds()) if sent_at else 0.0
        yield GaugeMetricFamily("hcctrials_tasks_waiting", "Tasks that wait for a worker.", tasks.number)
        yield GaugeMetricFamily("hcctrials_oldest_task_seconds", "How long the oldest of them has waited.", seconds)


def _data() -> Iterator[Metric]:
    store, fresh = StoreState(), freshness()
    if fresh.checked_at is not None:
        age = max(0.0, (timezone.now() - fresh.checked_at).total_seconds())
        yield GaugeMetricFamily("hcctrials_data_age_seconds", "Since the store was as the registry.", age)
    yield GaugeMetricFamily("hcctrials_trials", "Trials stored.", store.trials)
    yield GaugeMetricFamily("hcctrials_records_quarantined", "Records that could not be read.", store.quarantined)
    pending = len(pending_migrations())
    yield GaugeMetricFamily("hcctrials_migrations_pending", "Migrations that the database lacks.", pending)
    yield GaugeMetricFamily("hcctrials_reader_version", "Version of the reader of texts.", READER_VERSION)
    with moment() as state:
        indexed = len(state.everyone)
    yield GaugeMetricFamily("hcctrials_index_trials", "Trials in the search index of the answering process.", indexed)


def _facts() -> Iterator[Metric]:
    state = facts_state()
    by_status = GaugeMetricFamily("hcctrials_facts", "Facts in force, by status.", labels=["status"])
    for status, number in sorted(state.by_status.items()):
        by_status.add_metric([status], number)
    yield by_status
    yield GaugeMetricFamily("hcctrials_facts_waiting", "Facts that wait for a person.", state.waiting)
    yield GaugeMetricFamily("hcctrials_facts_by_person", "Facts that a person has decided.", state.by_person)


def _runs() -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "hcctrials_refresh_runs", "Refreshes stored, by how they ended.", labels=["kind", "status"]
    )
    for (kind, status), number in sorted(runs_by_status().items()):
        family.add_metric([kind, status], number)
    yield family
