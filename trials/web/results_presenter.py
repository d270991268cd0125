"""Search results as the page shows them: cards, facets, chips, sorts and page links. Never queries by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.declarations import FACETS
from trials.search.facets import Facet, FactFacet
from trials.search.filterset import SORTS
from trials.search.results import SearchResults, SiteSummary
from trials.vocabulary.countries import country_name
from trials.vocabulary.facts import FactStatus
from trials.vocabulary.messages import gettext_noop
from trials.web.fact_words import FactWords, fact_words
from trials.web.query_links import QueryLinks
from trials.web.status_pill import StatusPill, status_pill

_CARD_FACTS = (
    "child_pugh",
    "tumor_burden",
    "portal_vein_invasion",
    "extrahepatic_spread",
    "prior_systemic_therapy",
)
_OPEN_FACETS = frozenset({"status", "country", "child_pugh", "tumor_burden", "phase"})
_MOST_COUNTRIES_NAMED = 4
_COUNTRIES_AT_ONCE = 8
_CHANGED_WITHIN_DAYS = (7, 30, 90)
_SORT_WORDS = {
    "relevance": gettext_noop("Best match"),
    "updated": gettext_noop("Newest update"),
    "changed": gettext_noop("Newest change seen here"),
    "start": gettext_noop("Newest start"),
    "enrollment": gettext_noop("Largest"),
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    note: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """values are those to tick at once, more those to unfold, with the words to unfold them."""

    name: str
    label: str
    clinical: str
    open: bool
    values: Sequence[FacetValue]
    more: Sequence[FacetValue]
    more_label: str


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str


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


@dataclass(frozen=True, slots=True)
class FactOnCard:
    words: FactWords
    fits: bool


@dataclass(frozen=True, slots=True)
class Card:
    trial: Trial
    pill: StatusPill
    facts: Sequence[FactOnCard]
    silent: str
    where: str
    countries: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Everything that the template of the results needs."""

    results: SearchResults
    summary: str
    cards: Sequence[Card]
    facets: Sequence[FacetView]
    changed: ChangedView
    chips: Sequence[Chip]
    chosen: int
    sorts: Sequence[tuple[str, str, bool]]
    previous_url: str
    next_url: str
    words: str


def present_results(results: SearchResults, links: QueryLinks, today: date) -> ResultsView:
    filterset = results.filterset
    chips = list(_chips(results, links))
    return ResultsView(
        results=results,
        summary=ngettext("%(count)d trial", "%(count)d trials", results.count) % {"count": results.count},
        cards=[_card(trial, results, today) for trial in results.trials],
        facets=[_facet(facet, results) for facet in FACETS.values()],
        changed=_changed(filterset.changed_since_day, links, today),
        chips=chips,
        chosen=len(chips),
        sorts=[(name, gettext(_SORT_WORDS[name]), name == filterset.sort_name) for name in SORTS],
        previous_url=links.page(results.page - 1) if results.page > 1 else "",
        next_url=links.page(results.page + 1) if results.page < results.last_page else "",
        words=filterset.words,
    )


def value_label(facet: Facet, value: str) -> str:
    """The words for a facet's value in the reader's language; the value itself where it has none."""
    if facet.name == "country":
        return country_name(value, get_language() or "en")
    return gettext(facet.labels.get(value, value))


def _facet(facet: Facet, results: SearchResults) -> FacetView:
    counts = results.facets[facet.name]
    selected = set(results.filterset.selection[facet.name])
    values = [
        FacetValue(
            value,
            value_label(facet, value),
            gettext(note) if (note := facet.notes.get(value, "")) else "",
            counts.get(value, 0),
            value in selected,
        )
        for value in _shown_values(facet, counts, selected)
    ]
    more = [value for place, value in enumerate(values) if _is_unfolded(facet, place, value)]
    chosen = bool(selected) and not results.filterset.is_default(facet.name)
    return FacetView(
        facet.name,
        gettext(facet.plain),
        gettext(facet.clinical) if facet.clinical != facet.plain else "",
        chosen or facet.name in _OPEN_FACETS,
        [value for value in values if value not in more],
        more,
        _("By single score") if facet.name == "child_pugh" else _("More"),
    )


def _is_unfolded(facet: Facet, place: int, value: FacetValue) -> bool:
    """Whether a value waits behind "more": scores behind classes, rare countries, registry terms without results."""
    if value.selected:
        return False
    if facet.name == "child_pugh":
        return value.value.isdigit()
    if facet.name == "country":
        return place >= _COUNTRIES_AT_ONCE
    return not isinstance(facet, FactFacet) and not value.count


def _shown_values(facet: Facet, counts: Mapping[str, int], selected: set[str]) -> list[str]:
    """Listed values in their order, then those that the registry added; of countries only those that occur."""
    if facet.name == "country":
        occurring = set(counts) | selected
        return sorted(occurring, key=lambda code: (-counts.get(code, 0), value_label(facet, code)))
    return [*facet.labels, *sorted(set(counts) - set(facet.labels))]


def _changed(chosen: date | None, links: QueryLinks, today: date) -> ChangedView:
    choices = []
    for days in _CHANGED_WITHIN_DAYS:
        day = today - timedelta(days=days)
        label = ngettext("In the last %(days)d day", "In the last %(days)d days", days) % {"days": days}
        choices.append(ChangedChoice(label, links.setting("changed_since", day.isoformat()), day == chosen))
    return ChangedView(choices, chosen.isoformat() if chosen else "")


def _chips(results: SearchResults, links: QueryLinks) -> Iterator[Chip]:
    filterset = results.filterset
    if filterset.words:
        yield Chip(_("Words: %(words)s") % {"words": filterset.words}, links.setting("q"))
    if day := filterset.changed_since_day:
        label = _("Changed since %(day)s") % {"day": date_format(day, "DATE_FORMAT")}
        yield Chip(label, links.setting("changed_since"))
    for name, chosen in filterset.selection.items():
        facet = FACETS[name]
        if filterset.is_default(name) and isinstance(facet, FactFacet):
            yield Chip(gettext(facet.default_label), links.setting(name, *facet.labels))
            continue
        for value in chosen:
            label = _("%(facet)s: %(value)s") % {"facet": gettext(facet.clinical), "value": value_label(facet, value)}
            yield Chip(label, links.without(name, value))


def _card(trial: Trial, results: SearchResults, today: date) -> Card:
    asked = {
        facet.fact
        for name, facet in FACETS.items()
        if isinstance(facet, FactFacet) and results.filterset.selection[name] and not results.filterset.is_default(name)
    }
    facts = {fact.name: fact for fact in trial.facts.all()}
    names = [*_CARD_FACTS, *sorted(asked - {*_CARD_FACTS, "hcc_scope"})]
    shown = [fact_words(facts[name]) for name in names if name in facts]
    summary = results.sites[trial.nct_id]
    return Card(
        trial=trial,
        pill=status_pill(trial, today),
        facts=[FactOnCard(words, words.name in asked) for words in shown if words.status != FactStatus.NOT_STATED],
        silent=", ".join(words.clinical for words in shown if words.status == FactStatus.NOT_STATED),
        where=_where(summary),
        countries=_countries(summary),
    )


def _where(summary: SiteSummary) -> str:
    if not summary.sites:
        return _("The record names no site.")
    sites = ngettext("%(sites)d site", "%(sites)d sites", summary.sites) % {"sites": summary.sites}
    if not summary.recruiting:
        return sites
    return _("%(sites)s, %(recruiting)d recruiting") % {"sites": sites, "recruiting": summary.recruiting}


def _countries(summary: SiteSummary) -> str:
    names = sorted(country_name(code, get_language() or "en") for code in summary.countries)
    if len(names) <= _MOST_COUNTRIES_NAMED:
        return ", ".join(names)
    more = len(names) - _MOST_COUNTRIES_NAMED
    return _("%(countries)s and %(more)d more countries") % {
        "countries": ", ".join(names[:_MOST_COUNTRIES_NAMED]),
        "more": more,
    }
