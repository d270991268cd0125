"""Other trials that may be open to the same people, each with what it shares. Never writes, never words anything.

Judged by facts, treatment, setting and place, never by the text alone. What is rare weighs more: that both take people
with a weak liver says more than that both are about targeted drugs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from trials.models import Trial
from trials.search.index.relevance import by_sum
from trials.search.index.state import IndexState
from trials.search.understanding import index_numbers
from trials.vocabulary.registry_terms import OverallStatus

MOST_RELATED = 15  # a page shows fewer: it knows which of them are likely to be out of date
_LEAST_SHARED = 4  # weights together: one common treatment alone makes no trial related
_MOST_COUNTRIES = 3  # of a trial in more, a shared country says little
_OPEN = (OverallStatus.RECRUITING, OverallStatus.NOT_YET_RECRUITING)

# What two trials may share, by facet and value, and how much it says.
WEIGHTS: Mapping[tuple[str, str], int] = {
    ("modality", "immunotherapy"): 2,
    ("modality", "targeted"): 2,
    ("modality", "chemotherapy"): 2,
    ("modality", "haic"): 3,
    ("modality", "tace"): 3,
    ("modality", "radioembolization"): 4,
    ("modality", "radiotherapy"): 3,
    ("modality", "ablation"): 3,
    ("modality", "resection"): 3,
    ("modality", "transplant"): 4,
    ("modality", "cell_therapy"): 4,
    ("modality", "vaccine"): 4,
    ("child_pugh", "B"): 3,
    ("child_pugh", "C"): 4,
    ("portal_vein_invasion", "required"): 4,
    ("portal_vein_invasion", "allowed"): 1,
    ("extrahepatic_spread", "required"): 3,
    ("extrahepatic_spread", "allowed"): 1,
    ("prior_systemic_therapy", "none"): 2,
    ("prior_systemic_therapy", "required"): 3,
    ("tumor_burden", "early"): 2,
    ("tumor_burden", "intermediate"): 1,
    ("liver_transplant", "required"): 4,
    ("hbv", "required"): 2,
    ("hcv", "required"): 3,
    ("age_group", "CHILD"): 3,
}
_SAME_COUNTRY = 2
_LONG_TEXTS = (
    "search_vector",
    "search_terms",
    "search_places",
    "brief_summary",
    "detailed_description",
    "eligibility_criteria",
)


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that two trials share: a facet's value; of the facet "country" the other trial recruits there."""

    facet: str
    value: str
    weight: int


@dataclass(frozen=True, slots=True)
class RelatedTrial:
    """trial has its title and status at hand; shared is what it has in common, the weightiest first."""

    trial: Trial
    shared: Sequence[Shared]


def related_trials(nct_id: str, state: IndexState) -> list[RelatedTrial]:
    """The most related trials that take people or are about to, best first. Inside the `moment()`; two queries."""
    own = index_numbers([nct_id]).get(nct_id)
    if own is None or own not in state.everyone:
        return []
    features = list(_features(state, own))
    numbers = _best(state, features, own)
    ids = [state.columns.nct_id(number) for number in numbers]
    rows = Trial.objects.defer(*_LONG_TEXTS).in_bulk(ids)
    found = []
    for number, other in zip(numbers, ids, strict=True):
        shared = sorted((one for one, having in features if number in having), key=lambda one: -one.weight)
        found.append(RelatedTrial(rows[other], shared))
    return found


def _features(state: IndexState, number: int) -> Iterator[tuple[Shared, BitMap]]:
    """What the trial has that others may share, with the trials that have it too."""
    for (facet, value), weight in WEIGHTS.items():
        having = state.values[facet].get(value)
        if having is not None and number in having:
            yield Shared(facet, value, weight), having
    countries = [country for country, having in state.site_table.by_value("country").items() if number in having]
    recruiting = state.site_table.by_value("country", [OverallStatus.RECRUITING])
    if len(countries) <= _MOST_COUNTRIES:
        for country in sorted(countries):
            if having := recruiting.get(country):
                yield Shared("country", country, _SAME_COUNTRY), having


def _best(state: IndexState, features: Sequence[tuple[Shared, BitMap]], number: int) -> list[int]:
    """The candidates with the greatest sum of weights; those of one sum by how open and how fresh they are."""
    values = state.values
    about = BitMap().union(*(values["hcc_scope"].get(scope, BitMap()) for scope in ("hcc", "mixed")))
    is_open = BitMap().union(*(values["status"].get(status, BitMap()) for status in _OPEN))
    candidates = (about & is_open & state.everyone) - BitMap([number])
    best: list[int] = []
    for total, numbers in by_sum(candidates, ([(one.weight, having)] for one, having in features)):
        if total < _LEAST_SHARED or len(best) >= MOST_RELATED:
            break
        best += state.orders.sorted(numbers, "reach", state.everyone)
    return best[:MOST_RELATED]
