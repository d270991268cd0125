"""The task that tries quarantined records again: registered, idempotent, JSON in and out."""

import json

import pytest
from celery import current_app

from trials.ingest.load import load_document
from trials.ingest.sources import document_from_data
from trials.models import QuarantinedRecord, Trial
from trials.tasks import retry_quarantined

NCT_ID = "NCT00000007"
GOOD = {"protocolSection": {"identificationModule": {"nctId": NCT_ID, "briefTitle": "A trial"}}}


def waiting(number: int, data: object) -> int:
    """The key of a record that stands in quarantine."""
    digest = f"{number:064d}"
    return QuarantinedRecord.objects.create(
        sha256=digest, raw=json.dumps(data), source="test", reason="older parser"
    ).pk


def test_workers_find_the_task() -> None:
    current_app.loader.import_default_modules()
    assert "trials.retry_quarantined" in current_app.tasks


@pytest.mark.django_db
def test_all_that_wait_are_tried() -> None:
    waiting(1, GOOD)
    load_document(document_from_data({"protocolSection": {}}, "test"))
    answer = retry_quarantined()
    assert json.loads(json.dumps(answer)) == {"created": 1, "quarantined": 1}
    assert Trial.objects.filter(pk=NCT_ID).exists()
    assert QuarantinedRecord.objects.filter(resolved_at=None).count() == 1


@pytest.mark.django_db
def test_only_the_given_are_tried() -> None:
    first, second = waiting(1, GOOD), waiting(2, {"protocolSection": {}})
    assert retry_quarantined([second, 999_999]) == {"quarantined": 1}
    assert not Trial.objects.exists()
    assert retry_quarantined([first]) == {"created": 1}


@pytest.mark.django_db
def test_twice_is_once() -> None:
    key = waiting(1, GOOD)
    assert retry_quarantined([key]) == {"created": 1}
    assert retry_quarantined([key]) == {}
    assert Trial.objects.count() == 1
    assert retry_quarantined([]) == {}
