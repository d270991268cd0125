"""Near a place, in words: what lies within the radius, what elsewhere, which other towns have the name.

Never queries: distances come with the results.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.search.elsewhere import Elsewhere
from trials.search.filterset import TrialFilterSet
from trials.search.near import Origin, about
from trials.search.page_rows import SiteSummary
from trials.web.query_links import QueryLinks
from trials.web.results_chips import kilometres

_RADII = (10, 25, 50, 100, 250, 500)


@dataclass(frozen=True, slots=True)
class PlaceLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class RadiusChoice:
    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class NearView:
    """typed is what stands in the field; line tells how the radius divides the trials, anywhere_url takes it off."""

    typed: str
    radii: Sequence[RadiusChoice]
    place: str = ""
    line: str = ""
    unplaced: str = ""
    anywhere_url: str = ""
    others: Sequence[PlaceLink] = ()


def present_near(filterset: TrialFilterSet, count: int, outside: Elsewhere | None, links: QueryLinks) -> NearView:
    radii = radius_choices(str(filterset.radius_km).removesuffix(".0") if filterset.radius_km else "")
    if not filterset.origin:
        return NearView("", radii)
    return NearView(
        typed=filterset.data.get("near", "").strip(),
        radii=radii,
        place=filterset.origin.label,
        line=_line(filterset, count, outside) if outside else "",
        unplaced=_unplaced(outside) if outside else "",
        anywhere_url=links.setting("radius") if outside and (outside.trials or outside.unplaced) else "",
        others=place_links(filterset.near_answer.others, links),
    )


def radius_choices(current: str) -> list[RadiusChoice]:
    """Any distance, some round ones, and the one in use whatever it is."""
    values = [str(km) for km in _RADII]
    if current and current not in values:
        values = sorted([*values, current], key=float)
    choices = [RadiusChoice("", _("Any distance"), not current)]
    return choices + [
        RadiusChoice(value, _("Within %(km)s km") % {"km": kilometres(float(value))}, value == current)
        for value in values
    ]


def place_links(places: Sequence[Origin], links: QueryLinks) -> list[PlaceLink]:
    return [PlaceLink(place.label, links.setting("near", place.value)) for place in places]


def _line(filterset: TrialFilterSet, count: int, outside: Elsewhere) -> str:
    words = {"count": count, "km": kilometres(filterset.radius_km or 0), "others": outside.trials}
    if not outside.trials:
        return ""
    if count:
        return (
            ngettext(
                "%(count)d within %(km)s km, %(others)d elsewhere",
                "%(count)d within %(km)s km, %(others)d elsewhere",
                count,
            )
            % words
        )
    line = _("None within %(km)s km, %(others)d elsewhere") % words
    if outside.kilometres is None:
        return line
    return _("%(line)s: nearest %(nearest)s") % {"line": line, "nearest": _away(outside.kilometres, outside.city)}


def _unplaced(outside: Elsewhere) -> str:
    number = outside.unplaced
    return (
        ngettext("%(number)d more trial names no place", "%(number)d more trials name no place", number)
        % {"number": number}
        if number
        else ""
    )


def _away(away: float, city: str) -> str:
    return _("%(away)s (%(city)s)") % {"away": about(away), "city": city} if city else about(away)


def nearest_words(summary: SiteSummary) -> str:
    """How far the nearest site of a trial is, for its card; "" for a trial without sites."""
    if not summary.sites:
        return ""
    if summary.nearest is None:
        return _("its sites name no place that we know")
    away = _away(summary.nearest.kilometres, summary.nearest.city)
    if summary.nearest.may_recruit:
        return _("nearest %(away)s") % {"away": away}
    return _("nearest %(away)s, not listed as recruiting") % {"away": away}
