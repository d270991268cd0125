"""Trials by an identifier that was typed: their own, an alias, or another registry's. Never writes."""

from django.db.models import F, Q
from django.db.models.functions import Upper

from trials.models import Identifier, Trial
from trials.registry.values import parse_nct_id

LONGEST_QUERY = 200  # characters


def identified_trials(words: str) -> list[str]:
    """NCT ids of the trials that carry the words as an identifier: their own, an alias, or another registry's."""
    wanted = words.strip().upper()
    nct_id = parse_nct_id(wanted)
    if nct_id:
        own = Trial.objects.filter(Q(nct_id=nct_id) | Q(nct_id_aliases__contains=[nct_id]))
        return list(own.order_by().values_list("nct_id", flat=True))
    if " " in wanted or not any(character.isdigit() for character in wanted):
        return []
    others = Identifier.objects.annotate(upper=Upper(F("identifier"))).filter(upper=wanted)
    return list(others.order_by().values_list("trial_id", flat=True).distinct())
