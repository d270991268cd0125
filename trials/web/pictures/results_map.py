"""The sites of all results on one map: a dot a town. With the largest towns as a table. Never queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trials.search.pictured import Pictured
from trials.search.sites_of_results import TownTrials
from trials.vocabulary.countries import country_name
from trials.web.map_drawing import MapDrawing, Spot, draw_map

MOST_TOWNS = 60  # in the table; all of them are drawn
_SIZES = ((50, "large"), (10, "medium"), (1, "small"))  # from so many trials on


@dataclass(frozen=True, slots=True)
class TownRow:
    name: str
    country: str
    trials: int
    recruiting: int


@dataclass(frozen=True, slots=True)
class ResultsMap:
    """left tells how many towns are drawn that the table does not list."""

    drawing: MapDrawing
    description: str
    sizes: str
    said: Sequence[str]
    towns: Sequence[TownRow]
    left: str


def present_results_map(pictured: Pictured) -> ResultsMap | None:
    """None where no site has a place."""
    towns = pictured.towns
    if not towns:
        return None
    left = len(towns) - MOST_TOWNS
    words = ngettext("And %(count)d town with fewer trials.", "And %(count)d towns with fewer trials.", max(left, 0))
    return ResultsMap(
        drawing=draw_map([_spot(town) for town in towns]),
        description=_description(towns),
        sizes=_("Larger marks: %(some)d or %(many)d trials and more.") % {"some": _SIZES[1][0], "many": _SIZES[0][0]},
        said=[sentence for sentence in (_of_your_choice(pictured), _unplaced(pictured.unplaced)) if sentence],
        towns=[_row(town) for town in towns[:MOST_TOWNS]],
        left=words % {"count": left} if left > 0 else "",
    )


def _spot(town: TownTrials) -> Spot:
    size = next(name for least, name in _SIZES if town.trials >= least)
    return Spot(*town.position, "open" if town.recruiting else "other", size)


def _row(town: TownTrials) -> TownRow:
    country = country_name(town.country, get_language() or "en") if town.country else _("Country not stated")
    return TownRow(town.name or _("Town not stated"), country, town.trials, town.recruiting)


def _description(towns: Sequence[TownTrials]) -> str:
    recruiting = sum(town.recruiting > 0 for town in towns)
    if not recruiting:
        return ngettext(
            "Map: sites in %(towns)d town. None is listed as recruiting.",
            "Map: sites in %(towns)d towns. None is listed as recruiting.",
            len(towns),
        ) % {"towns": len(towns)}
    return ngettext(
        "Map: sites in %(towns)d town. In %(recruiting)d of them a site is listed as recruiting.",
        "Map: sites in %(towns)d towns. In %(recruiting)d of them a site is listed as recruiting.",
        len(towns),
    ) % {"towns": len(towns), "recruiting": recruiting}


def _of_your_choice(pictured: Pictured) -> str:
    selection = pictured.found.filterset.selection
    if not (selection["country"] or selection["site_status"] or selection.circle):
        return ""
    return _("Only sites that fit your choice of country, site status and distance are drawn.")


def _unplaced(count: int) -> str:
    if not count:
        return ""
    said = ngettext(
        "%(count)d trial has no site that we can put on this map.",
        "%(count)d trials have no site that we can put on this map.",
        count,
    )
    return said % {"count": count}
