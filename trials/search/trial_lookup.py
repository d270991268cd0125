"""Finds a trial with all its parts in a fixed number of queries, however large it is. Never presents, never writes."""

from django.db.models import QuerySet

from trials.models import Trial
from trials.registry.values import parse_nct_id
from trials.search.snapshot import snapshot
from trials.vocabulary.registry_states import STILL_THERE, RegistryState

_PARTS = (
    "arms__interventions",
    "interventions",
    "sites",
    "contacts",
    "officials",
    "outcomes",
    "identifiers",
    "collaborators",
    "mesh_terms",
    "references",
    "links",
    "facts",
    "lab_limits",
)
_LONG_TEXTS = ("brief_summary", "detailed_description", "eligibility_criteria")
_FOR_SEARCH_ALONE = ("search_vector", "search_terms", "search_places")


def registered_id(text: str) -> str:
    """The NCT number in its one right form, "" if the text is not one."""
    return parse_nct_id(text) or "" if text.isascii() else ""


def find_trial(nct_id: str) -> Trial | None:
    """The trial with this number, or that once had it, with all its parts, all of them of one moment."""
    with snapshot():
        return _find(Trial.objects.defer(*_FOR_SEARCH_ALONE).prefetch_related(*_PARTS), nct_id)


def find_trial_alone(nct_id: str) -> Trial | None:
    """The same without parts and long texts."""
    return _find(Trial.objects.defer(*_FOR_SEARCH_ALONE, *_LONG_TEXTS), nct_id)


def _find(trials: QuerySet[Trial], nct_id: str) -> Trial | None:
    """A number that the registry gave up for another one means the trial that has it now, where that is stored."""
    own = trials.filter(nct_id=nct_id).first()
    if own is not None and own.registry_state != RegistryState.RENAMED:
        return own
    heirs = trials.filter(nct_id_aliases__contains=[nct_id]).exclude(nct_id=nct_id)
    return (heirs.first() if own is None else heirs.filter(registry_state__in=STILL_THERE).first()) or own
