"""Finds a trial with all its parts in a fixed number of queries, however large it is. Never presents, never writes."""

from trials.models import Trial
from trials.registry.values import parse_nct_id

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
)
_FOR_SEARCH_ALONE = ("search_vector", "search_terms", "search_places")


def registered_id(text: str) -> str:
    """The NCT number in its one right form, "" if the text is not one."""
    return parse_nct_id(text) or "" if text.isascii() else ""


def find_trial(nct_id: str) -> Trial | None:
    """The trial with this number, or that once had it."""
    trials = Trial.objects.defer(*_FOR_SEARCH_ALONE).prefetch_related(*_PARTS)
    return trials.filter(nct_id=nct_id).first() or trials.filter(nct_id_aliases__contains=[nct_id]).first()
