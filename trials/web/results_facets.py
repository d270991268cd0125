"""Facets as the page of results shows them: the values to tick, with their words and counts. Never queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from trials.search.declarations import FACETS
from trials.search.facets import Facet, FactFacet
from trials.search.results import SearchResults
from trials.vocabulary.countries import country_name
from trials.web.query_links import QueryLinks

_OPEN_FACETS = frozenset({"status", "country", "child_pugh", "tumor_burden", "phase"})
_COUNTRIES_AT_ONCE = 8
_CHANGED_WITHIN_DAYS = (7, 30, 90)
_MOST_LABELS = 4096
_COUNT = "\x00"  # stands in no text of the registry: PostgreSQL refuses it


@dataclass(frozen=True, slots=True)
class FacetView:
    """values are the finished rows to tick at once, more those to unfold, with the words to unfold them."""

    name: str
    label: str
    clinical: str
    open: bool
    values: SafeString
    more: SafeString
    more_label: str


@dataclass(frozen=True, slots=True)
class ChangedChoice:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ChangedView:
    """Ready-made days to narrow to trials that changed since, and the chosen day as YYYY-MM-DD, "" if there is none."""

    choices: Sequence[ChangedChoice]
    day: str


def value_label(facet: Facet, value: str) -> str:
    """The words for a facet's value in the reader's language; the value itself where it has none."""
    return _words(facet.name, value, get_language() or "en")[0]


@lru_cache(maxsize=_MOST_LABELS)
def _words(name: str, value: str, language: str) -> tuple[str, str]:
    """Label and note; found once for each language, since a page has some hundred of them."""
    facet = FACETS[name]
    note = facet.notes.get(value, "")
    label = country_name(value, language) if name == "country" else gettext(facet.labels.get(value, value))
    return label, gettext(note) if note else ""


def present_facets(results: SearchResults[Any]) -> list[FacetView]:
    language = get_language() or "en"
    return [_facet(facet, results, language) for facet in FACETS.values()]


def _facet(facet: Facet, results: SearchResults[Any], language: str) -> FacetView:
    counts = results.facets[facet.name]
    selected = set(results.filterset.selection[facet.name])
    at_once: list[str] = []
    more: list[str] = []
    for place, value in enumerate(_shown_values(facet, counts, selected, language)):
        count = counts.get(value, 0)
        is_selected = value in selected
        before, after = _row(facet.name, value, language, is_selected=is_selected, is_empty=not count)
        is_unfolded = not is_selected and _is_unfolded(facet, place, value, count)
        (more if is_unfolded else at_once).extend((before, str(count), after))
    chosen = bool(selected) and not results.filterset.is_default(facet.name)
    return FacetView(
        facet.name,
        gettext(facet.plain),
        gettext(facet.clinical) if facet.clinical != facet.plain else "",
        chosen or facet.name in _OPEN_FACETS,
        _rows(at_once),
        _rows(more),
        _("By single score") if facet.name == "child_pugh" else _("More"),
    )


def _is_unfolded(facet: Facet, place: int, value: str, count: int) -> bool:
    """Whether a value waits behind "more": scores behind classes, rare countries, registry terms without results."""
    if facet.name == "child_pugh":
        return value.isdigit()
    if facet.name == "country":
        return place >= _COUNTRIES_AT_ONCE
    return not isinstance(facet, FactFacet) and not count


@lru_cache(maxsize=_MOST_LABELS)
def _row(name: str, value: str, language: str, *, is_selected: bool, is_empty: bool) -> tuple[str, str]:
    """The finished row of a value, before and behind its count. Kept: a page has two hundred, always the same."""
    label, note = _words(name, value, language)
    context = {"name": name, "value": value, "label": label, "note": note, "selected": is_selected, "empty": is_empty}
    before, after = render_to_string("trials/list/value.html", {**context, "count": _COUNT}).split(_COUNT)
    return before, after


def _rows(pieces: Sequence[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308  # pieces of a rendered template, and numbers between them


def _shown_values(facet: Facet, counts: Mapping[str, int], selected: set[str], language: str) -> list[str]:
    """Countries of one number by their names."""
    values = facet.shown_values(counts, selected)
    if facet.name == "country":
        values.sort(key=lambda code: (-counts.get(code, 0), _words("country", code, language)))
    return values


def present_changed(chosen: date | None, links: QueryLinks, today: date) -> ChangedView:
    choices = []
    for days in _CHANGED_WITHIN_DAYS:
        day = today - timedelta(days=days)
        label = ngettext("In the last %(days)d day", "In the last %(days)d days", days) % {"days": days}
        choices.append(ChangedChoice(label, links.setting("changed_since", day.isoformat()), day == chosen))
    return ChangedView(choices, chosen.isoformat() if chosen else "")
