"""What a radius leaves out: how many trials have their sites elsewhere, how far the nearest is, and how many name no
place at all. Never writes.
"""

from dataclasses import dataclass

from pyroaring import BitMap

from trials.models import Site
from trials.search.finding import Found
from trials.search.index.circles import kilometres_from
from trials.search.index.evaluation import SITES
from trials.search.index.rows import Position
from trials.search.index.state import site_values


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """trials without the circle less those within, unplaced ones among them not counted.

    kilometres and city are of the nearest site that fulfils the choices about sites, None and "" where none does.
    """

    trials: int
    unplaced: int
    kilometres: float | None = None
    city: str = ""


def elsewhere(found: Found) -> Elsewhere | None:
    """None for a search without a circle. The nearest site is looked for only where the circle holds none."""
    if not found.filterset.selection.circle:
        return None
    outside = (found.evaluation.without(SITES) & found.evaluation.at_sites(circle=False)) - found.evaluation.results
    towns = found.state.towns
    placed = outside & towns.anywhere
    nearest = _nearest(found, placed) if placed and not found.count else None
    if nearest is None:
        return Elsewhere(len(placed), len(outside - placed))
    position, kilometres = nearest
    return Elsewhere(len(placed), len(outside - placed), kilometres, _city(found, placed & towns[position], position))


def _nearest(found: Found, trials: BitMap) -> tuple[Position, float] | None:
    """The nearest town where one of these trials has a site that fulfils the choices about sites."""
    circle, selection = found.filterset.selection.circle, found.filterset.selection
    if not circle:
        return None
    asked = {name: values for name in ("country", "site_status") if (values := selection[name])}
    away = kilometres_from((circle.latitude, circle.longitude), found.state.towns)
    best: tuple[Position, float] | None = None
    for group, numbers in found.state.sites.items():
        position = group.kind.position
        if position is None or (best and away[position] >= best[1]):
            continue
        own = dict(site_values(group))
        if numbers.intersect(trials) and all(own[name] in values for name, values in asked.items()):
            best = position, away[position]
    return best


def _city(found: Found, trials: BitMap, position: Position) -> str:
    """The town's name as one of the trials' records has it."""
    nct_id = found.state.columns.nct_id(min(trials))
    sites = Site.objects.filter(trial=nct_id, computed_latitude=position[0], computed_longitude=position[1])
    return sites.exclude(city="").order_by("position").values_list("city", flat=True).first() or ""
