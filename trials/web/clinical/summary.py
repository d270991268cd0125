"""The clinical view of a trial: a line of design, the facts by score and grade, laboratory limits, a citation. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.models import FactInForce, Trial
from trials.vocabulary.facts import FACTS, FactStatus
from trials.vocabulary.registry_terms import words
from trials.web.clinical.citation import citation
from trials.web.clinical.lab_words import LabRow, lab_rows
from trials.web.fact_words import fact_words
from trials.web.trial_facts import FactsView
from trials.web.trial_head import HeadView

# Grades of macrovascular invasion as sentences name them: Vp of Japan, PVTT types of Cheng
_GRADES = re.compile(r"\bV[pv]\s?-?[0-4](?!\d)|\bPVTT\)?\s+types?\s+(?:I{1,3}V?|IV)\b", re.IGNORECASE)
_GRADED = "portal_vein_invasion"
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
    silent: Sequence[str]
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
        silent=[one.clinical for one in facts.silent if one.name not in _NOT_HERE],
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
        kind = gettext(words("enrollment_type", trial.enrollment_type))
        number = {"count": trial.enrollment_count, "kind": kind}
        yield _("n\u00a0=\u00a0%(count)d (%(kind)s)") % number if kind else _("n\u00a0=\u00a0%(count)d") % number


def _row(fact: FactInForce, href: str, claims: Sequence[str]) -> ClinicalRow:
    said = fact_words(fact)
    is_stated = fact.status == FactStatus.STATED
    answer = said.answer if is_stated else _("contradictory: %(claims)s") % {"claims": " / ".join(claims)}
    return ClinicalRow(
        gettext(FACTS[fact.name].clinical),
        answer,
        fact.status,
        href or f"#fact-{fact.name}",
        ", ".join(_grades(str(one["quote"]) for one in fact.evidence)) if fact.name == _GRADED else "",
        fact.depends_on_cohort,
        said.is_checked,
    )


def _grades(quotes: Iterable[str]) -> list[str]:
    """Each grade once, in one writing: "vp 4" and "VP4" are Vp4."""
    found = (" ".join(match.split()) for quote in quotes for match in _GRADES.findall(quote))
    return sorted({re.sub(r"(?i)^v([pv])[\s-]?", lambda match: "V" + str(match[1]).lower(), grade) for grade in found})
