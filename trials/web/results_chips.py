"""The choices of a search in words, each with what the search is without it. Never queries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.filterset import TrialFilterSet
from trials.web.query_links import QueryLinks
from trials.web.results_facets import value_label
from trials.web.word_lists import side_by_side


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str


def present_chips(filterset: TrialFilterSet, links: QueryLinks) -> Iterator[Chip]:
    if filterset.words:
        yield Chip(words_label(filterset), links.setting("q"))
    if filterset.origin:
        yield Chip(_("Place: %(place)s") % {"place": filterset.origin.label}, links.changing(without_place(filterset)))
    if filterset.radius_km:
        yield Chip(radius_label(filterset), links.setting("radius"))
    if filterset.changed_since_day:
        yield Chip(changed_since_label(filterset), links.setting("changed_since"))
    for name, chosen in filterset.selection.items():
        facet = FACETS[name]
        if filterset.is_default(name) and isinstance(facet, FactFacet):
            yield Chip(gettext(facet.default_label), links.setting(name, *facet.labels))
            continue
        for value in chosen:
            yield Chip(_labelled(name, value_label(facet, value)), links.without(name, value))


def facet_label(filterset: TrialFilterSet, name: str) -> str:
    """All chosen values of a facet in one."""
    facet = FACETS[name]
    if filterset.is_default(name) and isinstance(facet, FactFacet):
        return gettext(facet.default_label)
    return _labelled(name, side_by_side(value_label(facet, value) for value in filterset.selection[name]))


def _labelled(name: str, values: str) -> str:
    return _("%(facet)s: %(value)s") % {"facet": gettext(FACETS[name].clinical), "value": values}


def words_label(filterset: TrialFilterSet) -> str:
    return _("Words: %(words)s") % {"words": filterset.words}


def radius_label(filterset: TrialFilterSet) -> str:
    return _("Within %(km)s km") % {"km": kilometres(filterset.radius_km or 0)}


def changed_since_label(filterset: TrialFilterSet) -> str:
    day = filterset.changed_since_day
    return _("Changed since %(day)s") % {"day": date_format(day, "DATE_FORMAT") if day else ""}


def without_place(filterset: TrialFilterSet) -> Mapping[str, tuple[str, ...]]:
    """A radius and a sort by distance say nothing without a place."""
    gone: dict[str, tuple[str, ...]] = {"near": (), "radius": ()}
    return {**gone, "sort": ()} if filterset.sort_name == "distance" else gone


def kilometres(radius: float) -> str:
    return str(number_format(radius, use_l10n=True, force_grouping=True) if radius % 1 else f"{radius:,.0f}")
