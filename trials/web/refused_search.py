"""A search that cannot be answered as it stands: what is wrong, and for a place, the question which one is meant.

The whole search stays: every choice of a place is a link to it. Never queries, never guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from trials.search.filterset import LONGEST_PLACE
from trials.search.results import RefusedQuery
from trials.web.query_links import QueryLinks
from trials.web.results_near import PlaceLink, RadiusChoice, place_links, radius_choices

_ABOUT_PLACE = frozenset({"near", "radius", "sort"})
_LONG = 6  # digits


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """typed is the place as typed, kept the rest of the search as fields of a form; parameters are those refused."""

    heading: str
    messages: Sequence[str]
    choices: Sequence[PlaceLink]
    typed: str
    radii: Sequence[RadiusChoice]
    kept: Sequence[tuple[str, str]]
    without_url: str
    parameters: Sequence[str]


def refused_page(request: HttpRequest, refused: RefusedQuery, links: QueryLinks) -> HttpResponse:
    """The answer to a search that a page cannot make; links are of that page."""
    context = {"errors": dict(refused.errors), "question": place_question(refused, links)}
    return render(request, "trials/refused.html", context, status=400)


def place_question(refused: RefusedQuery, links: QueryLinks) -> PlaceQuestion | None:
    """None where more is wrong with the search than its place."""
    query, near = links.kept(), refused.near
    typed, sort = query.get("near", ""), query.get("sort", "")
    is_known = near is not None and near.origin is not None
    if not _ABOUT_PLACE.issuperset(refused.errors) or is_known or ("sort" in refused.errors and sort != "distance"):
        return None
    radius = "" if "radius" in refused.errors else query.get("radius", "")
    return PlaceQuestion(
        heading=_heading(refused, typed),
        messages=[text for texts in refused.errors.values() for text in texts] if typed else [],
        choices=place_links(near.others, links) if near else [],
        typed=typed if len(typed) <= LONGEST_PLACE else "",
        radii=radius_choices(radius if radius.isascii() and radius.isdigit() and len(radius) < _LONG else ""),
        kept=links.fields("near", "radius"),
        parameters=list(refused.errors),
        without_url=links.changing({"near": (), "radius": (), **({"sort": ()} if sort == "distance" else {})}),
    )


def _heading(refused: RefusedQuery, typed: str) -> str:
    if refused.near and refused.near.is_ambiguous:
        return _("Which place do you mean?")
    if "near" in refused.errors:
        return _("We could not find this place")
    return _("Within what distance?") if typed else _("Near which town?")
