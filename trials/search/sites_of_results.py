"""Where all results of a search have their sites, town by town. Never writes.

Only sites that fulfil what is asked about sites: with a country chosen, no town of another. A town is a position; the
index knows no names, so that one query looks up those of the towns that are listed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyroaring import BitMap

from trials.models import Site
from trials.search.finding import Found
from trials.search.index.circles import groups_within
from trials.search.index.rows import Position
from trials.search.index.site_table import SITE_FACETS
from trials.search.index.state import SiteGroup, site_values
from trials.vocabulary.registry_terms import OverallStatus


@dataclass(frozen=True, slots=True)
class TownTrials:
    """How many of the results have a site in a town, and how many one that is listed as recruiting.

    country is a code, "" where it is not known; nct_id one of the trials; name "" until it is looked up.
    """

    position: Position
    country: str
    trials: int
    recruiting: int
    nct_id: str
    name: str = ""


def towns_of(found: Found) -> tuple[list[TownTrials], BitMap]:
    """The towns, those with most trials first, and the results that have a site in any of them."""
    every: dict[Position, BitMap] = {}
    recruiting: dict[Position, BitMap] = {}
    countries: dict[Position, str] = {}
    for group, numbers in _asked_for(found):
        position = group.kind.position
        here = numbers & found.evaluation.results
        if position is None or not here:
            continue
        every[position] = every[position] | here if position in every else here
        countries[position] = countries.get(position) or group.kind.country
        if group.kind.status == OverallStatus.RECRUITING:
            recruiting[position] = recruiting[position] | here if position in recruiting else here
    towns = [
        TownTrials(
            position,
            countries[position],
            len(numbers),
            len(recruiting.get(position, ())),
            found.state.columns.nct_id(min(numbers)),
        )
        for position, numbers in every.items()
    ]
    return sorted(towns, key=lambda town: (-town.trials, -town.recruiting, town.position)), BitMap().union(
        *every.values()
    )


def _asked_for(found: Found) -> Iterator[tuple[SiteGroup, BitMap]]:
    selection = found.evaluation.selection
    asked = {name: values for name in SITE_FACETS if (values := selection[name])}
    groups: Iterable[tuple[SiteGroup, BitMap]] = found.state.sites.items()
    if selection.circle:
        groups = groups_within(found.state, selection.circle)
    for group, numbers in groups:
        own = site_values(group) if asked else {}
        if all(own[name] in values for name, values in asked.items()):
            yield group, numbers


def named_towns(towns: Sequence[TownTrials], most: int) -> list[TownTrials]:
    """The same towns, the first ones with their names as one of their trials' records has them."""
    first = towns[:most]
    rows = (
        Site.objects.filter(
            trial__in={town.nct_id for town in first},
            computed_latitude__in={town.position[0] for town in first},
            computed_longitude__in={town.position[1] for town in first},
        )
        .exclude(city="")
        .order_by("city")
        .values_list("computed_latitude", "computed_longitude", "city")
    )
    names = {(latitude, longitude): city for latitude, longitude, city in reversed(rows)}
    return [*(replace(town, name=names.get(town.position, "")) for town in first), *towns[most:]]
