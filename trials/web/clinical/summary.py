"""The clinical view of a trial: a line of design, the facts by score and grade, laboratory limits, a citation. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import FactInForce, Trial
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.registry_terms import words
from trials.web.clinical.citation import citation
from trials.web.clinical.grades import accepted_words, named_grades
from trials.web.clinical.lab_words import LabRow, lab_rows
from trials.web.fact_words import fact_words
from trials.web.trial_facts import FactsView
from trials.web.trial_head import HeadView
from trials.web.word_lists import side_by_side

_NOT_HERE = {"hcc_scope", "modalities"}


@dataclass(frozen=True, slots=True)
class ClinicalRow:
    """status is the fact's; named are grades that its sentences name, accepted or not: the reader looks there."""

    label: str
    answer: str
    status: str
    href: str
    named: str
    depends_on_cohort: bool
    is_checked: bool


@dataclass(frozen=True, slots=True)
class ClinicalView:
    design: str
    treatments: str
    rows: Sequence[ClinicalRow]
    silent: str
    labs: Sequence[LabRow]
    citation: str


def present_clinical(trial: Trial, facts: FactsView, head: HeadView, today: date) -> ClinicalView:
    stored = {fact.name: fact for fact in trial.facts.all()}
    said = [one for one in facts.said if one.words.name not in _NOT_HERE]
    places = {one.words.name: next((s.href for s in one.sentences if s.href), "") for one in said}
    given = stored.get("modalities")
    return ClinicalView(
        design=" · ".join(_design(trial, head)),
        treatments=fact_words(given).answer if given and given.status == FactStatus.STATED else "",
        rows=[_row(stored[one.words.name], places[one.words.name], one.claims) for one in said],
        silent=side_by_side(one.clinical for one in facts.silent if one.name not in _NOT_HERE),
        labs=lab_rows(trial),
        citation=citation(trial, today),
    )


def _design(trial: Trial, head: HeadView) -> Iterator[str]:
    if head.phases:
        yield head.phases
    for element in ("study_type", "allocation", "intervention_model"):
        value = getattr(trial, element)
        if value and value not in ("INTERVENTIONAL", "NA"):
            yield gettext(words(element, value))
    if trial.masking:
        masking = gettext(words("masking", trial.masking))
        yield _("masking: %(masking)s") % {"masking": masking.lower() if trial.masking == "NONE" else masking}
    if trial.enrollment_count is not None:
        said = {
            "ACTUAL": _("n\u00a0=\u00a0%(count)d (actual)"),
            "ESTIMATED": _("n\u00a0=\u00a0%(count)d (planned)"),
        }
        number = {"count": trial.enrollment_count}
        yield said.get(trial.enrollment_type, _("n\u00a0=\u00a0%(count)d")) % number


def _row(fact: FactInForce, href: str, claims: Sequence[str]) -> ClinicalRow:
    said = fact_words(fact)
    is_stated = fact.status == FactStatus.STATED
    answer = (
        accepted_words(fact, said) if is_stated else _("contradictory: %(claims)s") % {"claims": " / ".join(claims)}
    )
    return ClinicalRow(
        gettext(FACTS[fact.name].clinical),
        answer,
        fact.status,
        href or f"#fact-{fact.name}",
        named_grades(fact),
        fact.depends_on_cohort,
        said.is_checked,
    )
