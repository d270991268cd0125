"""A trial as a card of the results. Everything on a card follows from what `card_html` is given. Never queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import get_template
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.registry.values import unescape
from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.filterset import TrialFilterSet
from trials.search.page_rows import SiteSummary
from trials.search.passages import APART, Passage, Piece, Reasons
from trials.vocabulary.countries import country_name
from trials.vocabulary.facts import FactStatus
from trials.vocabulary.messages import gettext_noop
from trials.vocabulary.registry_terms import words
from trials.web.fact_words import FactWords, fact_words
from trials.web.results_near import nearest_words
from trials.web.status_pill import StatusPill, status_pill

_CARD_FACTS = (
    "child_pugh",
    "tumor_burden",
    "portal_vein_invasion",
    "extrahepatic_spread",
    "prior_systemic_therapy",
)
_MOST_COUNTRIES_NAMED = 4
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
    nearest: str
    countries: str
    why: Sequence[Why]


def asked_facts(filterset: TrialFilterSet) -> frozenset[str]:
    """The facts that the reader has chosen values of."""
    return frozenset(
        facet.fact
        for name, facet in FACETS.items()
        if isinstance(facet, FactFacet) and filterset.selection[name] and not filterset.is_default(name)
    )


def card_html(
    trial: Trial, sites: SiteSummary, asked: Collection[str], reasons: Reasons | None, today: date, *, is_near: bool
) -> str:
    """Finished HTML; sites.nearest is told where the search is near a place."""
    card = _card(trial, sites, asked, reasons, today, is_near=is_near)
    return get_template("trials/list/card.html").render({"card": card})


def _card(
    trial: Trial, sites: SiteSummary, asked: Collection[str], reasons: Reasons | None, today: date, *, is_near: bool
) -> Card:
    facts = {fact.name: fact for fact in trial.facts.all()}
    names = [*_CARD_FACTS, *sorted({*asked} - {*_CARD_FACTS, "hcc_scope"})]
    shown = [fact_words(facts[name]) for name in names if name in facts]
    return Card(
        trial=trial,
        pill=status_pill(trial, today),
        kind=_kind(trial),
        title=reasons.title if reasons else [Piece(unescape(trial.brief_title) or trial.nct_id, is_marked=False)],
        facts=[FactOnCard(words, words.name in asked) for words in shown if words.status != FactStatus.NOT_STATED],
        silent=", ".join(words.clinical for words in shown if words.status == FactStatus.NOT_STATED),
        where=_where(sites),
        nearest=nearest_words(sites) if is_near else "",
        countries=_countries(sites),
        why=[_why(passage) for passage in reasons.passages] if reasons else (),
    )


def _kind(trial: Trial) -> list[str]:
    """Phases, and what kind of study it is unless it is the usual one."""
    phases = [gettext(words("phase", phase)) for phase in trial.phases if phase != "NA"]
    is_usual = not trial.study_type or trial.study_type == "INTERVENTIONAL"
    return phases if is_usual else [*phases, gettext(words("study_type", trial.study_type))]


def _why(passage: Passage) -> Why:
    return Why(gettext(_PARTS.get(passage.part, passage.part)), passage.pieces)


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
