"""A trial as a card of the results, kept by everything that it shows: the trial's mark, the day, what was asked for."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.registry.values import unescape
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.filterset import TrialFilterSet
from trials.search.finding import Found, Hit
from trials.search.page_rows import SiteSummary, site_summaries, trials_of_page
from trials.search.passages import APART, Passage, Piece, Reasons, reasons
from trials.vocabulary.countries import country_name
from trials.vocabulary.facts import FactStatus
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.registry_terms import words
from trials.web.fact_words import FactWords, fact_words
from trials.web.fragments import Fragments
from trials.web.results_near import nearest_words
from trials.web.status_pill import StatusPill, status_pill
from trials.web.word_lists import side_by_side

_CARD_FACTS = (
    "child_pugh",
    "tumor_burden",
    "portal_vein_invasion",
    "extrahepatic_spread",
    "prior_systemic_therapy",
)
_MOST_COUNTRIES_NAMED = 4
_KEPT = Fragments(8192)  # cards of about 2 KB
_PARTS = {
    "official_title": gettext_noop("Full title"),
    "condition": gettext_noop("Condition"),
    "intervention": gettext_noop("Intervention"),
    "keyword": gettext_noop("Keyword"),
    "acronym": gettext_noop("Short name"),
    "sponsor": gettext_noop("Sponsor"),
    "brief_summary": gettext_noop("Summary"),
    "search_terms": gettext_noop("Names in the record"),
    "eligibility_criteria": gettext_noop("Criteria"),
    "detailed_description": gettext_noop("Description"),
    "search_places": gettext_noop("Place"),
    "title": gettext_noop("Title"),
    "terms": gettext_noop("Names in the record"),
    "summary": gettext_noop("Summary"),
    "text": gettext_noop("Criteria, description or places"),
    APART: gettext_noop("Several parts of the record, one by one"),
}


@dataclass(frozen=True, slots=True)
class FactOnCard:
    words: FactWords
    fits: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Where words of the search stand in the record."""

    part: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Card:
    trial: Trial
    pill: StatusPill
    kind: Sequence[str]
    title: Sequence[Piece]
    facts: Sequence[FactOnCard]
    silent: str
    where: str
    countries: str
    why: Sequence[Why]


def asked_facts(filterset: TrialFilterSet) -> frozenset[str]:
    """The facts that the reader has chosen values of."""
    return frozenset(
        facet.fact
        for name, facet in FACETS.items()
        if isinstance(facet, FactFacet) and filterset.selection[name] and not filterset.is_default(name)
    )


def load_cards(found: Found, hits: Sequence[Hit], today: date) -> list[SafeString]:
    """Finished cards. Only those that no other search has shown alike are read and rendered."""
    asked = asked_facts(found.filterset)
    origin = found.filterset.origin
    shown_for = (get_language(), get_script_prefix(), today, asked, origin and origin.value, found.understood.question)

    def render(missing: list[str]) -> Iterator[tuple[str, SafeString]]:
        trials = trials_of_page(missing, asked | set(_CARD_FACTS))
        sites, why = site_summaries(trials, origin), reasons(found, trials)
        for trial in trials:
            view = _card(trial, sites[trial.nct_id], asked, why.get(trial.nct_id), today, is_near=origin is not None)
            yield trial.nct_id, render_to_string("trials/list/card.html", {"card": view})

    return _KEPT.each({hit.nct_id: (hit, shown_for) for hit in hits}, render)


def _card(
    trial: Trial, sites: SiteSummary, asked: Collection[str], why: Reasons | None, today: date, *, is_near: bool
) -> Card:
    facts = {fact.name: fact for fact in trial.facts.all()}
    names = [*_CARD_FACTS, *sorted({*asked} - {*_CARD_FACTS, "hcc_scope"})]
    shown = [fact_words(facts[name]) for name in names if name in facts]
    return Card(
        trial=trial,
        pill=status_pill(trial, today),
        kind=_kind(trial),
        title=why.title if why else [Piece(unescape(trial.brief_title) or trial.nct_id, is_marked=False)],
        facts=[FactOnCard(words, words.name in asked) for words in shown if words.status != FactStatus.NOT_STATED],
        silent=side_by_side(words.clinical for words in shown if words.status == FactStatus.NOT_STATED),
        where=side_by_side(filter(None, (sites_words(sites), nearest_words(sites) if is_near else ""))),
        countries=countries_words(sites),
        why=[_why(passage) for passage in why.passages] if why else (),
    )


def _kind(trial: Trial) -> list[str]:
    """Phases, and what kind of study it is unless it is the usual one."""
    phases = [gettext(words("phase", phase)) for phase in trial.phases if phase != "NA"]
    is_usual = not trial.study_type or trial.study_type == "INTERVENTIONAL"
    return phases if is_usual else [*phases, gettext(words("study_type", trial.study_type))]


def _why(passage: Passage) -> Why:
    return Why(gettext(_PARTS.get(passage.part, passage.part)), passage.pieces)


def sites_words(summary: SiteSummary) -> str:
    if not summary.sites:
        return _("The record names no site.")
    sites = ngettext("%(sites)d site", "%(sites)d sites", summary.sites) % {"sites": summary.sites}
    if not summary.recruiting:
        return sites
    said = ngettext("%(sites)s, %(recruiting)d recruiting", "%(sites)s, %(recruiting)d recruiting", summary.recruiting)
    return said % {"sites": sites, "recruiting": summary.recruiting}


def countries_words(summary: SiteSummary) -> str:
    names = sorted(country_name(code, get_language() or "en") for code in summary.countries)
    if len(names) <= _MOST_COUNTRIES_NAMED:
        return side_by_side(names)
    more = len(names) - _MOST_COUNTRIES_NAMED
    said = ngettext("%(countries)s and %(more)d more country", "%(countries)s and %(more)d more countries", more)
    return said % {"countries": side_by_side(names[:_MOST_COUNTRIES_NAMED]), "more": more}
