"""Loaders that run at the same time: one trial, one version, nothing in quarantine, nothing lost."""

import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from trials.ingest.load import LoadResult
from trials.models import QuarantinedRecord, RecordVersion, Site, Trial
from trials.tests.builders import arm, contact, intervention, load, raw_record, site
from trials.vocabulary.facts import FACTS

pytestmark = pytest.mark.django_db(transaction=True)
LOADERS = 4


def _load_together(batches: list[list[Mapping[str, object]]]) -> list[list[LoadResult]]:
    """Each batch in a thread and connection of its own; all start at once."""
    start = threading.Barrier(len(batches), timeout=60)

    def work(batch: list[Mapping[str, object]]) -> list[LoadResult]:
        try:
            start.wait()
            return load(*batch)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as pool:
        return list(pool.map(work, batches))


def _record(number: int, *, status: str = "RECRUITING") -> Mapping[str, object]:
    places = [site(city, "France", contacts=[contact(f"Coordinator, {city}")]) for city in ("Lyon", "Paris", "Nice")]
    return raw_record(
        f"NCT{number:08d}",
        status=status,
        sites=places,
        arms=[arm("A", "Drug: x"), arm("B")],
        interventions=[intervention("x", "B")],
    )


def test_the_same_records_are_created_once() -> None:
    records = [_record(number) for number in range(12)]
    results = _load_together([records] * LOADERS)
    assert Counter(result for batch in results for result in batch) == {
        LoadResult.CREATED: len(records),
        LoadResult.UNCHANGED: len(records) * (LOADERS - 1),
    }
    assert Trial.objects.count() == RecordVersion.objects.count() == len(records)
    assert not QuarantinedRecord.objects.exists()
    for trial in Trial.objects.all():
        assert (trial.sites.count(), trial.arms.count(), trial.contacts.count()) == (3, 2, 3)
        assert trial.facts.count() == len(FACTS)
        assert [one.interventions.count() for one in trial.arms.all()] == [1, 1]


def test_different_states_of_a_record_end_whole() -> None:
    """Whoever comes last wins, and its parts are whole; both raw records are kept."""
    states = ("RECRUITING", "COMPLETED", "SUSPENDED", "TERMINATED")
    batches = [[_record(number, status=status) for number in range(6)] for status in states]
    results = _load_together(batches)
    assert QuarantinedRecord.objects.count() == 0
    assert Counter(result for batch in results for result in batch) == {LoadResult.CREATED: 6, LoadResult.UPDATED: 18}
    assert RecordVersion.objects.count() == 24
    assert Site.objects.count() == 18
    for trial in Trial.objects.select_related("record_version"):
        latest = RecordVersion.objects.filter(nct_id=trial.nct_id).latest("id")
        assert trial.record_version == latest
        assert f'"{trial.overall_status}"' in latest.raw


def test_a_broken_record_waits_once() -> None:
    broken = raw_record(designModule=5)
    results = _load_together([[broken]] * LOADERS)
    assert results == [[LoadResult.QUARANTINED]] * LOADERS
    assert QuarantinedRecord.objects.count() == 1
