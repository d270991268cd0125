"""What the table says of a trial: one cell for each column, "not stated" in words where the record is silent. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import FactInForce, Trial
from trials.registry.values import unescape
from trials.search.page_rows import SiteSummary
from trials.vocabulary.facts import FactStatus
from trials.vocabulary.registry_terms import words
from trials.web.clinical.grades import accepted_words, named_grades
from trials.web.fact_words import fact_words
from trials.web.results_cards import countries_words, sites_words
from trials.web.results_near import nearest_words
from trials.web.status_pill import status_pill
from trials.web.table.columns import COLUMNS
from trials.web.trial_dates import age_words
from trials.web.word_lists import side_by_side

_MOST_INTERVENTIONS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """kind: said, silent (the record does not say) or doubt (it contradicts itself); form tells how text is written.

    form: "" for our own words, pill, date (as published) or published (the registry's words, in English). pill is the
    kind of a pill. quiet is said behind the text; href leads to where the trial's page says it.
    """

    text: str
    kind: str = "said"
    form: str = ""
    pill: str = ""
    quiet: Sequence[str] = ()
    href: str = ""
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial with what its cells are made of; sites is None where no column shows them."""

    trial: Trial
    facts: Mapping[str, FactInForce]
    sites: SiteSummary | None
    today: date
    is_near: bool


def cells_of(shown: Shown, columns: Sequence[str]) -> list[Cell]:
    return [_cell(shown, name) for name in columns]


def _cell(shown: Shown, name: str) -> Cell:
    fact = COLUMNS[name].fact
    cell = _fact_cell(shown.trial, shown.facts.get(fact)) if fact else _WRITTEN[name](shown)
    return cell if cell.text else replace(cell, text=_("Not stated"), kind="silent", form="")


def _fact_cell(trial: Trial, fact: FactInForce | None) -> Cell:
    """Where the fact is stated, or contradictory, the trial's page says it with its sentences: the cell leads there."""
    if fact is None:
        return Cell("")
    said = fact_words(fact)
    if fact.status == FactStatus.NOT_STATED:
        return Cell("", is_checked=said.is_checked)
    grades = named_grades(fact)
    named = [_("its sentences name %(grades)s") % {"grades": grades}] if grades else []
    cohort = [_("by cohort")] if fact.depends_on_cohort else []
    is_stated = fact.status == FactStatus.STATED
    return Cell(
        accepted_words(fact, said) if is_stated else _("Contradictory"),
        "said" if is_stated else "doubt",
        quiet=[*named, *cohort],
        href=f"{trial.get_absolute_url()}#fact-{fact.name}",
        is_checked=said.is_checked,
    )


def _status(shown: Shown) -> Cell:
    pill = status_pill(shown.trial, shown.today)
    return Cell(pill.words, form="pill", pill=pill.kind)


def _interventions(shown: Shown) -> Cell:
    names = [unescape(one.name) for one in shown.trial.interventions.all() if one.name]
    more = len(names) - _MOST_INTERVENTIONS
    quiet = [_("and %(more)d more") % {"more": more}] if more > 0 else []
    return Cell(", ".join(names[:_MOST_INTERVENTIONS]), form="published", quiet=quiet)


def _people(shown: Shown) -> Cell:
    count, kind = shown.trial.enrollment_count, shown.trial.enrollment_type
    number = "" if count is None else str(number_format(count, use_l10n=True, force_grouping=True))
    return Cell(number, quiet=[_term("enrollment_type", kind)] if kind and number else [])


def _start(shown: Shown) -> Cell:
    kind = shown.trial.start_date_type
    return Cell(shown.trial.start_date, form="date", quiet=[_term("date_type", kind)] if kind == "ESTIMATED" else [])


def _age(shown: Shown) -> Cell:
    low, high = shown.trial.minimum_age, shown.trial.maximum_age
    return Cell(age_words(low, high) if low or high else "")


def _sites(shown: Shown) -> Cell:
    if shown.sites is None or not shown.sites.sites:
        return Cell("")
    return Cell(sites_words(shown.sites), quiet=[nearest_words(shown.sites)] if shown.is_near else [])


def _term(element: str, value: str) -> str:
    return gettext(words(element, value)) if value else ""


_WRITTEN: Mapping[str, Callable[[Shown], Cell]] = {
    "title": lambda one: Cell(unescape(one.trial.brief_title or one.trial.official_title), form="published"),
    "status": _status,
    "phase": lambda one: Cell(side_by_side(_term("phase", phase) for phase in one.trial.phases)),
    "interventions": _interventions,
    "age": _age,
    "sex": lambda one: Cell(_term("sex", one.trial.sex)),
    "enrollment": _people,
    "start": _start,
    "updated": lambda one: Cell(one.trial.last_update_post_date, form="date"),
    "sponsor": lambda one: Cell(unescape(one.trial.lead_sponsor_name), form="published"),
    "countries": lambda one: Cell(countries_words(one.sites) if one.sites else ""),
    "sites": _sites,
}
