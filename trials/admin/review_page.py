"""What the page of one fact shows: the answers, the record's text, earlier decisions. Never writes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from trials.admin.fact_words import answer, decision_words, doubt_note, doubt_words, name_words, then_answer, who_says
from trials.admin.marked_text import MarkedText, Texts, field_words, marked_texts
from trials.eligibility.texts import record_texts
from trials.ingest.reviewed_texts import place_quote
from trials.models import EligibilityFact, FactInForce, FactReview, RecordVersion
from trials.registry.parser import parse_record
from trials.registry.values import study_url
from trials.vocabulary.fact_rules import FACT_RULES
from trials.vocabulary.facts import FACTS


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with who gives it."""

    answer: str
    by_cohort: bool
    who: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the history. until is None for the decision in force."""

    when: Any
    who: str
    words: str
    answer: str
    machine_then: str
    reason: str
    until: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """A sentence that a person judged and that the record does not say any more."""

    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that a person needs to decide. texts are the fields of the present record with the sentences marked."""

    name: str
    plain: str
    rule: str
    machine: Said
    in_force: Said | None
    doubts: Sequence[tuple[str, str]]
    texts: Sequence[MarkedText]
    lost: Sequence[Lost]
    decisions: Sequence[Decision]
    registry_url: str

    @property
    def has_marks(self) -> bool:
        return any(text.excerpt for text in self.texts)


def review_page(fact: FactInForce) -> ReviewPage:
    """The page of a fact that was read with its trial and review."""
    machine = EligibilityFact.objects.get(pk=fact.pk)
    raw = RecordVersion.objects.values_list("raw", flat=True).get(pk=fact.trial.record_version_id)
    texts = record_texts(parse_record(json.loads(raw)))
    reviews = FactReview.objects.filter(trial=fact.trial_id, name=fact.name).order_by("-id")
    by_rule = gettext("Rule, reader version %(version)d") % {"version": machine.reader_version}
    return ReviewPage(
        name=name_words(fact.name),
        plain=gettext(FACTS[fact.name].plain),
        rule=gettext(FACT_RULES[fact.name]),
        machine=Said(answer(machine), machine.depends_on_cohort, by_rule),
        in_force=Said(answer(fact), fact.depends_on_cohort, who_says(fact)) if fact.review else None,
        doubts=[(doubt_words(code), doubt_note(code)) for code in machine.doubts],
        texts=marked_texts([*fact.evidence, *machine.evidence], texts),
        lost=_lost(fact.review, texts) if fact.review else [],
        decisions=[_decision(review) for review in reviews],
        registry_url=study_url(fact.trial_id),
    )


def _lost(review: FactReview, texts: Texts) -> list[Lost]:
    gone = [one for one in review.judged_evidence if place_quote(one, texts) is None]
    return [Lost(field_words(one["field"]), one["quote"]) for one in gone]


def _decision(review: FactReview) -> Decision:
    return Decision(
        when=review.reviewed_at,
        who=review.reviewer_name,
        words=decision_words(review.decision),
        answer=answer(review),
        machine_then=then_answer(review),
        reason=review.reason,
        until=review.superseded_at,
    )
