"""Records between the registry and the store: received whole, looked at by the gate, then loaded one by one.

Any number of processes load at once: each takes the next waiting record under a row lock that lives as long as the
load itself. A process that is killed lets its record go untouched, and another one takes it.
"""

from collections.abc import Callable, Iterable, Mapping

from django.db import transaction

from trials.eligibility import READER_VERSION
from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import document_from_data, document_from_text
from trials.models import RefreshRun, RunPhase, StagedRecord, Trial
from trials.registry.parser import PARSER_VERSION, nct_id_of

SOURCE = "ClinicalTrials.gov"


def stage(run: RefreshRun, studies: Iterable[Mapping[str, object]]) -> None:
    """Keeps received records; one that came before in this run is replaced, one that stands already is only counted."""
    documents = {}
    for number, study in enumerate(studies):
        document = document_from_data(study, SOURCE)
        documents[nct_id_of(study) or f"?{document.sha256}{number}"] = document
    standing = dict(
        Trial.objects.filter(
            pk__in=list(documents), parser_version=PARSER_VERSION, reader_version=READER_VERSION
        ).values_list("pk", "record_version__sha256")
    )
    rows = []
    for nct_id, document in documents.items():
        is_known = standing.get(nct_id) == document.sha256
        result = LoadResult.UNCHANGED if is_known else ""
        rows.append(StagedRecord(run=run, nct_id=nct_id, raw="" if is_known else document.text, result=result))
    StagedRecord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["run", "nct_id"], update_fields=["raw", "result"]
    )


def load_staged(run_id: int, on_record: Callable[[], object] = lambda: None) -> int:
    """Loads waiting records of a run until none is left that nobody else holds; gives how many it loaded."""
    loaded = 0
    while _load_next(run_id):
        loaded += 1
        on_record()
    return loaded


def _load_next(run_id: int) -> bool:
    with transaction.atomic():
        waiting = StagedRecord.objects.filter(run_id=run_id, run__phase=RunPhase.LOADING, result="").order_by("pk")
        staged = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if staged is None:
            return False
        result = load_document(document_from_text(staged.raw, SOURCE), run_id=run_id)
        StagedRecord.objects.filter(pk=staged.pk).update(result=result, raw="")
    return True
