"""Where a trial can be joined, seen from a town: its nearest sites that may recruit, with whom to call there.

Never queries beyond what was fetched with the trial. The town comes with the address and is kept nowhere; links that
hand a comparison on leave it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.models import Trial
from trials.search.away import may_recruit
from trials.search.near import Origin, about, distances
from trials.web.trial_sites import SiteView, present_some

_MOST = 3


@dataclass(frozen=True, slots=True)
class NearSite:
    site: SiteView
    away: str


@dataclass(frozen=True, slots=True)
class Reachable:
    """The sites that may recruit: how many there are, and the nearest where a town is known."""

    count: int
    nearest: Sequence[NearSite] = ()


def reachable(trial: Trial, origin: Origin | None, *, doubtful: bool) -> Reachable:
    """doubtful as for `present_some`. Sites whose place nobody knows are counted, and none of the nearest."""
    open_sites = [site for site in trial.sites.all() if may_recruit(site.status, trial.overall_status)]
    if origin is None:
        return Reachable(len(open_sites))
    placed, positions = [], []
    for site in open_sites:
        if site.computed_latitude is not None and site.computed_longitude is not None:
            placed.append(site)
            positions.append((site.computed_latitude, site.computed_longitude))
    ways = distances(origin.latitude, origin.longitude, positions)
    order = sorted(range(len(placed)), key=ways.__getitem__)[:_MOST]
    shown = present_some(trial, [placed[place] for place in order], doubtful=doubtful)
    nearest = [NearSite(site, about(ways[place])) for site, place in zip(shown, order, strict=True)]
    return Reachable(len(open_sites), nearest)
