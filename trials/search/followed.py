"""A search that is followed: what of it is kept, and which trials it finds. Never writes.

Kept is what narrows the search, and nothing else: no order, no page, no day, and of a place the town and no position.
"""

from django.http import QueryDict
from django.utils.translation import gettext as _
from pyroaring import BitMap

from trials.search.declarations import FACETS
from trials.search.filterset import TrialFilterSet
from trials.search.finding import Found
from trials.search.near import Origin, find_origin
from trials.search.results import RefusedQuery, over_all
from trials.search.town_lookup import FoundTown, town_at


def followed_query(parameters: QueryDict) -> str:
    """The one way in which this search is written. Raises RefusedQuery."""
    filterset = TrialFilterSet(parameters)
    if errors := filterset.refusals:
        raise RefusedQuery(errors, filterset.near_answer if filterset.is_place_unclear else None)
    kept = QueryDict(mutable=True)
    for name in sorted(FACETS):
        if values := sorted({value for value in parameters.getlist(name) if value.strip()}):
            kept.setlist(name, values)
    if filterset.origin and filterset.radius_km:
        kept["near"] = _town(filterset.origin)
        kept["radius"] = f"{filterset.radius_km:g}"
    if filterset.words:
        kept["q"] = " ".join(filterset.words.split())
    return kept.urlencode()


def _town(origin: Origin) -> str:
    """The town of a place, or the one nearest to a position. Raises RefusedQuery on the open sea."""
    town = town_at(origin.latitude, origin.longitude)
    for written in (origin.value, _written(town) if town else ""):
        named = find_origin(written).origin if any(map(str.isalpha, written)) else None
        if named:
            return named.value
    raise RefusedQuery({"near": [_("No town is near this place. Name one.")]})


def _written(town: FoundTown) -> str:
    return ", ".join(part for part in (town.name, town.qualifier, town.country_code) if part)


def followed_numbers(query: str) -> BitMap | None:
    """The digits of the NCT numbers of all trials found, None where the query is not valid any more."""
    try:
        return over_all(QueryDict(query), _numbers)
    except RefusedQuery:
        return None


def _numbers(found: Found) -> BitMap:
    identifier = found.state.columns.identifier
    return BitMap(identifier[number] for number in found.evaluation.results)
