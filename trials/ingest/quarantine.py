"""Tries quarantined records again, after a new parser or by request of staff, or sets them aside."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import document_from_text
from trials.models import QuarantinedRecord


def retry_quarantined(ids: Iterable[int] | None = None) -> Counter[LoadResult]:
    """Loads open quarantined records (those of ids, or all) and closes those that load. Idempotent."""
    waiting = QuarantinedRecord.objects.filter(resolved_at=None)
    if ids is not None:
        waiting = waiting.filter(pk__in=list(ids))
    results: Counter[LoadResult] = Counter()
    for record in waiting.order_by("pk").iterator(chunk_size=50):
        result = load_document(document_from_text(record.raw, record.source))
        results[result] += 1
        if result is not LoadResult.QUARANTINED:
            QuarantinedRecord.objects.filter(pk=record.pk).update(resolved_at=timezone.now())
    return results


def set_aside(ids: Iterable[int]) -> list[QuarantinedRecord]:
    """Closes open quarantined records that staff do not want to see again; gives those that it closed."""
    with transaction.atomic():
        waiting = list(QuarantinedRecord.objects.filter(pk__in=list(ids), resolved_at=None).select_for_update())
        closed = QuarantinedRecord.objects.filter(pk__in=[record.pk for record in waiting])
        closed.update(resolved_at=timezone.now(), set_aside=True)
    return waiting
