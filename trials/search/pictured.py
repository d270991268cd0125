"""All results of a search in numbers, for pictures of them: by facet, by year of start, by town. Never writes.

Everything comes from the bitmaps of one version of the index; only the names of some towns are read from the tables.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from trials.search.finding import Found
from trials.search.index.evaluation import FacetCounts
from trials.search.sites_of_results import TownTrials, named_towns, towns_of
from trials.vocabulary.registry_terms import OverallStatus

# How open a trial is by its record, in the order in which it is drawn; what is in none is "shut".
STAGES = {
    "open": (OverallStatus.RECRUITING,),
    "soon": (OverallStatus.NOT_YET_RECRUITING, OverallStatus.ENROLLING_BY_INVITATION, OverallStatus.AVAILABLE),
}
SHUT = "shut"
Years = Mapping[int | None, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Pictured:
    """years are the results by year of start (None: not stated) and stage.

    countries are those with most trials, and chosen ones. other_countries and no_country count trials: with a site in
    any further country, with none at all.
    towns are the largest first, only the first ones with a name; unplaced are trials without a site on the map.
    """

    found: Found
    facets: FacetCounts
    years: Years
    countries: Sequence[str]
    other_countries: int
    no_country: int
    towns: Sequence[TownTrials]
    unplaced: int


def picture(found: Found, most_countries: int, most_names: int) -> Pictured:
    """For `results.over_all`: of one moment."""
    facets = found.evaluation.counts()
    of_countries = facets["country"]
    ranked = sorted(of_countries, key=lambda code: (-of_countries[code], code))
    chosen = [code for code in found.evaluation.selection["country"] if code not in ranked[:most_countries]]
    listed = [*ranked[:most_countries], *chosen]
    towns, placed = towns_of(found)
    return Pictured(
        found=found,
        facets=facets,
        years=_years(found),
        countries=listed,
        other_countries=len(found.evaluation.with_any("country", [code for code in ranked if code not in listed])),
        no_country=_without_country(found, ranked),
        towns=named_towns(towns, most_names),
        unplaced=len(found.evaluation.results - placed),
    )


def _years(found: Found) -> Years:
    results, having = found.evaluation.results, found.state.values["status"]
    years: dict[int | None, dict[str, int]] = {}
    left = results
    for stage, statuses in STAGES.items():
        here = results & BitMap().union(*(having[status] for status in statuses if status in having))
        left = left - here
        _add_years(years, found, stage, here)
    _add_years(years, found, SHUT, left)
    return years


def _add_years(years: dict[int | None, dict[str, int]], found: Found, stage: str, numbers: BitMap) -> None:
    start = found.state.columns.start
    for day, count in Counter(start[number] for number in numbers).items():
        of_year = years.setdefault(date.fromordinal(day).year if day > 0 else None, {})
        of_year[stage] = of_year.get(stage, 0) + count


def _without_country(found: Found, countries: Sequence[str]) -> int:
    """Of the results: where a country or a circle is asked for, there are none."""
    return len(found.evaluation.results - found.evaluation.with_any("country", countries))
