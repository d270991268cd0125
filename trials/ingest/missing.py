"""Stored trials that the registry did not send: asked for by number, marked, never deleted."""

from django.db import transaction
from django.utils import timezone

from trials.ingest.load import load_document
from trials.ingest.sources import document_from_data
from trials.ingest.staging import SOURCE
from trials.models import RefreshRun, StagedRecord, Trial, TrialChange
from trials.registry.client import RegistryClient
from trials.registry.parser import nct_id_of
from trials.vocabulary.registry_states import RegistryState

STATE = "registry_state"


def ask_for_missing(run: RefreshRun, client: RegistryClient) -> int:
    """Asks for every stored trial that the run has not received; gives how many those are. Safe to run twice."""
    received = set(StagedRecord.objects.filter(run=run).values_list("nct_id", flat=True))
    stored = Trial.objects.order_by("pk").values_list("pk", flat=True)
    missing = [nct_id for nct_id in stored if nct_id not in received]
    for nct_id in missing:
        study = client.study(nct_id)
        if study is None:
            mark([nct_id], RegistryState.GONE, run)
            continue
        load_document(document_from_data(study, SOURCE), run_id=run.pk)
        present = nct_id_of(study)
        if present != nct_id:
            mark([nct_id], RegistryState.RENAMED, run)
        if present not in received:
            mark([present], RegistryState.NOT_RETURNED, run)
    return len(missing)


def welcome_back(run: RefreshRun) -> None:
    """Trials that the run has received are listed again, whatever they were marked as before."""
    marked = Trial.objects.exclude(registry_state=RegistryState.LISTED)
    received = StagedRecord.objects.filter(run=run).values("nct_id")
    mark(list(marked.filter(pk__in=received).values_list("pk", flat=True)), RegistryState.LISTED, run)


def mark(nct_ids: list[str], state: RegistryState, run: RefreshRun) -> None:
    """Notes how trials stand to the registry, and the change where it is one."""
    today = timezone.now().date()
    with transaction.atomic():
        changed = Trial.objects.select_for_update(of=("self",)).filter(pk__in=nct_ids).exclude(registry_state=state)
        changes = [
            TrialChange(trial_id=nct_id, field=STATE, old=before, new=state, changed_on=today, run=run)
            for nct_id, before in changed.values_list("pk", STATE)
        ]
        ids = [change.trial_id for change in changes]
        since = None if state == RegistryState.LISTED else today
        Trial.objects.filter(pk__in=ids).update(registry_state=state, registry_state_since=since)
        TrialChange.objects.bulk_create(changes)
