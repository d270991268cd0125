"""Finds a few trials with all that a comparison shows, in a fixed number of queries. Never presents, never writes."""

from collections.abc import Sequence

from django.db.models import Q

from trials.models import Trial
from trials.search.snapshot import snapshot
from trials.vocabulary.registry_states import STILL_THERE, RegistryState

_PARTS = ("arms", "interventions", "sites", "contacts", "facts")
_NOT_SHOWN = ("search_vector", "search_terms", "search_places")


def compared_trials(nct_ids: Sequence[str]) -> dict[str, Trial]:
    """By the number that was asked for: its trial, or the one that has taken the number over. Unknown ones are absent.

    The same rule as `trials.search.trial_lookup.find_trial`, for several numbers at once.
    """
    asked = Q(nct_id__in=nct_ids) | Q(nct_id_aliases__overlap=list(nct_ids))
    with snapshot():
        found = list(Trial.objects.defer(*_NOT_SHOWN).filter(asked).prefetch_related(*_PARTS).order_by("pk"))
    answers = {nct_id: _answer(nct_id, found) for nct_id in nct_ids}
    return {nct_id: trial for nct_id, trial in answers.items() if trial is not None}


def _answer(nct_id: str, found: Sequence[Trial]) -> Trial | None:
    own = next((trial for trial in found if trial.nct_id == nct_id), None)
    if own is not None and own.registry_state != RegistryState.RENAMED:
        return own
    heirs = [trial for trial in found if nct_id in trial.nct_id_aliases and trial.nct_id != nct_id]
    if own is not None:
        heirs = [trial for trial in heirs if trial.registry_state in STILL_THERE]
    return heirs[0] if heirs else own
