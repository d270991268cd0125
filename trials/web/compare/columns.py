"""Trials as columns of a comparison: one row for each thing that decides, one cell for each trial. Never queries.

A cell says "not stated" where a record is silent: never nothing, as an empty cell looks like a no.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import Trial
from trials.search.near import Origin
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.registry_terms import words
from trials.web.compare.nearest import Reachable, reachable
from trials.web.compare.questions import Questions, general_questions, questions_for
from trials.web.fact_words import fact_words
from trials.web.status_pill import StatusPill
from trials.web.trial_contacts import ContactView, present_contacts
from trials.web.trial_dates import age_words
from trials.web.trial_details import masking_words
from trials.web.trial_facts import FactsView, FactView, Sentence, present_facts
from trials.web.trial_head import HeadView, present_head
from trials.web.trial_sites import present_sites

_NOT_A_RULE = {"hcc_scope", "modalities"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one trial says. kind: said, silent or doubt; published tells the registry's own words."""

    texts: Sequence[str]
    kind: str = "said"
    sentences: Sequence[Sentence] = ()
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """is_same: every trial says the same, so that the reader may pass over it."""

    label: str
    clinical: str
    cells: Sequence[Cell]

    @property
    def is_same(self) -> bool:
        return len({(tuple(cell.texts), cell.kind) for cell in self.cells}) == 1


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Column:
    """One trial: what stands above its column, and whom to ask."""

    trial: Trial
    head: HeadView
    facts: FactsView
    contacts: Sequence[ContactView]
    reachable: Reachable
    questions: Questions

    @property
    def pill(self) -> StatusPill:
        return self.head.pill


@dataclass(frozen=True, slots=True)
class Comparison:
    columns: Sequence[Column]
    groups: Sequence[Group]
    general: Sequence[str]


def present_comparison(trials: Sequence[Trial], today: date, origin: Origin | None = None) -> Comparison:
    """origin is where the nearest sites are measured from."""
    columns = [_column(trial, today, origin) for trial in trials]
    groups = (
        Group(_("The study"), list(_study(columns))),
        Group(_("Who can join"), list(_rules(columns))),
        Group(_("Where and when"), list(_places(columns))),
    )
    return Comparison(columns, [group for group in groups if group.rows], general_questions())


def _column(trial: Trial, today: date, origin: Origin | None) -> Column:
    head, facts = present_head(trial, today), present_facts(trial)
    central = [one for one in trial.contacts.all() if one.site_id is None]
    sites = reachable(trial, origin, doubtful=head.is_doubtful)
    return Column(trial, head, facts, present_contacts(central, trial.nct_id), sites, questions_for(trial, facts))


def _row(label: str, columns: Sequence[Column], said: Callable[[Column], str | Sequence[str]]) -> Row:
    return Row(label, "", [_cell(said(column)) for column in columns])


def _cell(said: str | Sequence[str], *, is_published: bool = False) -> Cell:
    texts = [text for text in ([said] if isinstance(said, str) else said) if text]
    return Cell(texts, is_published=is_published) if texts else Cell([_("Not stated")], "silent")


def _study(columns: Sequence[Column]) -> Iterator[Row]:
    yield _row(_("Kind"), columns, lambda one: _term("study_type", one.trial.study_type))
    yield _row(_("Phase"), columns, lambda one: one.head.phases)
    yield _row(_("What it gives"), columns, _given)
    groups = [_cell([arm.label for arm in one.trial.arms.all()], is_published=True) for one in columns]
    yield Row(_("Groups (arms)"), "", groups)
    yield _row(_("Who gets what is decided"), columns, lambda one: _term("allocation", one.trial.allocation))
    yield _row(_("Who does not know what is given"), columns, lambda one: masking_words(one.trial))
    yield _row(_("People"), columns, lambda one: one.head.people)


def _term(element: str, value: str) -> str:
    return gettext(words(element, value)) if value else ""


def _given(column: Column) -> str:
    given = next((fact for fact in column.trial.facts.all() if fact.name == "modalities"), None)
    return fact_words(given).answer if given and given.status == FactStatus.STATED else ""


def _rules(columns: Sequence[Column]) -> Iterator[Row]:
    """Age and sex, then the facts that some trial states: the others are among the questions."""
    yield _row(_("Age"), columns, lambda one: age_words(one.trial.minimum_age, one.trial.maximum_age))
    yield _row(_("Sex"), columns, lambda one: _term("sex", one.trial.sex))
    for name, definition in FACTS.items():
        facts = [next((fact for fact in one.facts.said if fact.words.name == name), None) for one in columns]
        if name not in _NOT_A_RULE and any(facts):
            cells = [_fact_cell(fact, column) for fact, column in zip(facts, columns, strict=True)]
            yield Row(gettext(definition.plain), gettext(definition.clinical), cells)


def _fact_cell(fact: FactView | None, column: Column) -> Cell:
    if fact is None:
        return Cell([_("Not stated")], "silent")
    page = column.trial.get_absolute_url()
    sentences = [Sentence(one.quote, one.place, f"{page}{one.href}" if one.href else page) for one in fact.sentences]
    if fact.is_contradictory:
        return Cell([_("The record contradicts itself: ask the trial."), *fact.claims], "doubt", sentences)
    cohort = [_("depends on the group")] if fact.words.depends_on_cohort else []
    return Cell([fact.words.answer, *cohort], "said", sentences)


def _places(columns: Sequence[Column]) -> Iterator[Row]:
    yield _row(_("Sites"), columns, _countries)
    if any(one.trial.target_duration for one in columns):
        yield _row(_("People are followed for"), columns, lambda one: one.trial.target_duration)
    yield _row(_("Run by"), columns, lambda one: one.trial.lead_sponsor_name)


def _countries(column: Column) -> list[str]:
    return [one.summary for one in present_sites(column.trial, doubtful=column.head.is_doubtful).countries]
