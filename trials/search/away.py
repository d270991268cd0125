"""Where trials run, seen from a patient's place: the town that is meant, the way to each trial's nearest site.

For a match: the place enters no query and stays nowhere after the answer. Never writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from trials.models import Site, Trial
from trials.search.index.state import IndexState
from trials.search.near import NearAnswer, Origin, distances, find_origin
from trials.vocabulary.countries import all_codes
from trials.vocabulary.registry_terms import OverallStatus

_FARTHER_THAN_ALL = 20_040  # km: half way round the earth


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The sites of one trial; here are those in the patient's country.

    city, its country (ISO code) and kilometres are the nearest site's, of those that may recruit if there is one
    (may_recruit); None without a place. tells_status: whether any site has a status of its own.
    """

    sites: int = 0
    recruiting: int = 0
    here: int = 0
    recruiting_here: int = 0
    city: str = ""
    country_code: str = ""
    kilometres: float | None = None
    may_recruit: bool = False
    tells_status: bool = False


def patients_origin(place: str, country: str, language: str) -> NearAnswer:
    """The place that a patient named; the country settles which town of that name is meant."""
    place = "".join(sign if sign.isprintable() else " " for sign in place)  # no NUL, nothing that is no text
    if country in all_codes() and "," not in place:
        answer = find_origin(f"{place}, {country}", language)
        if answer.origin:
            return answer
    return find_origin(place, language)


def order_of_ways(state: IndexState, origin: Origin | None, country: str) -> dict[str, float]:
    """A number by NCT number, smaller for trials that are nearer; for ordering alone.

    Kilometres to the nearest site that may recruit. Trials without such a site stand behind all that have one. Where
    only a country is known, trials with a site there that may recruit come first.
    """
    numbers = _ways(state, origin) if origin else _in_country(state, country) if country else {}
    identifier = state.columns.identifier
    return {f"NCT{identifier[number]:08d}": way for number, way in numbers.items()}


def _ways(state: IndexState, origin: Origin) -> dict[int, float]:
    positions = list(state.towns)
    away = dict(zip(positions, distances(origin.latitude, origin.longitude, positions), strict=True))
    found: dict[int, float] = {}
    seen = BitMap()
    for penalty, towns in ((0, state.recruiting_towns), (_FARTHER_THAN_ALL, state.towns)):
        for position in sorted(towns, key=away.__getitem__):
            if new := towns[position] - seen:
                seen |= new
                found |= dict.fromkeys(new, away[position] + penalty)
    return found


def _in_country(state: IndexState, country: str) -> dict[int, float]:
    there = [(group, numbers) for group, numbers in state.sites.items() if group.kind.country == country]
    every = BitMap().union(*(numbers for _, numbers in there))
    recruiting = BitMap().union(*(numbers for group, numbers in there if group.may_recruit))
    return dict.fromkeys(every, float(_FARTHER_THAN_ALL)) | dict.fromkeys(recruiting, 0.0)


def whereabouts(trials: Sequence[Trial], origin: Origin | None, country: str) -> dict[str, Whereabouts]:
    """By NCT number, for the trials that are shown."""
    status = {trial.nct_id: trial.overall_status for trial in trials}
    columns = ("trial_id", "status", "country_code", "city", "computed_latitude", "computed_longitude")
    rows = list(Site.objects.filter(trial__in=status).order_by().values_list(*columns))
    placed = [(row[4], row[5]) for row in rows if row[4] is not None and row[5] is not None]
    ways = distances(origin.latitude, origin.longitude, placed) if origin else []
    away = dict(zip(placed, ways, strict=True)) if origin else {}
    return {
        nct_id: _whereabouts([row[1:] for row in rows if row[0] == nct_id], status[nct_id], away, country)
        for nct_id in status
    }


def _whereabouts(
    sites: Sequence[tuple[str, str, str, float | None, float | None]],
    overall_status: str,
    away: Mapping[tuple[float | None, float | None], float],
    country: str,
) -> Whereabouts:
    here = [site for site in sites if country and site[1] == country]
    near = [
        (not may_recruit(site[0], overall_status), away[site[3], site[4]], site[2], site[1])
        for site in sites
        if (site[3], site[4]) in away
    ]
    closed, kilometres, city, its_country = min(near, default=(True, None, "", ""))
    return Whereabouts(
        len(sites),
        sum(site[0] == OverallStatus.RECRUITING for site in sites),
        len(here),
        sum(site[0] == OverallStatus.RECRUITING for site in here),
        city,
        its_country,
        kilometres,
        not closed,
        any(site[0] for site in sites),
    )


def may_recruit(status: str, overall_status: str) -> bool:
    """Of a site by its own status, or by its trial's where it has none."""
    return (status or overall_status) == OverallStatus.RECRUITING
