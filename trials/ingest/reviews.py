"""Decisions of staff about facts: confirm, correct, not stated, withdraw. Never touches what the machine read.

A decision is made about an answer that the person saw; if that answer has changed in the meantime the decision is
refused, so that nobody judges what is not on the screen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trials.eligibility import Fact
from trials.eligibility.reading import FactValue
from trials.eligibility.texts import record_texts
from trials.ingest.facts import fact_columns, stored_answer
from trials.ingest.locks import lock_trial
from trials.ingest.reviewed_texts import find_words
from trials.models import EligibilityFact, FactInForce, FactReview, ReviewDecision, Trial
from trials.registry.parser import parse_record
from trials.vocabulary.facts import FACTS, FactItem, FactStatus

_LONGEST_REASON = 2000
_DECIDED = ("status", "value", "claims", "depends_on_cohort", "computed_values")


class Verdict(StrEnum):
    """What a person may say about an answer."""

    MACHINE_IS_RIGHT = "machine_is_right"
    DECISION_STILL_HOLDS = "decision_still_holds"
    CORRECTED = "corrected"
    CONTRADICTORY = "contradictory"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and, for a correction, what it takes.

    values are those accepted (one for a fact with one value; for a contradictory fact all that its sentences claim);
    sentence is the words that decide, as they stand in the record, "" for those that the machine found.
    """

    verdict: Verdict
    values: Sequence[FactItem] = ()
    depends_on_cohort: bool = False
    reason: str = ""
    sentence: str = ""


class ReviewRefused(ValueError):
    """A judgement that cannot be kept: errors by field ("" for the whole)."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(slots=True)
class BulkResult:
    """confirmed is how many decisions were kept; left are the facts that must be looked at one by one, with why."""

    confirmed: int = 0
    left: dict[int, str] = field(default_factory=dict)


def what_was_seen(fact: FactInForce) -> str:
    """A short text that changes when the answer, its sentences, its decision or the machine's answer change."""
    machine = EligibilityFact.objects.values_list("status", "value", "evidence").get(pk=fact.pk)
    seen = [machine, fact.status, fact.value, fact.evidence, fact.review_id, fact.text_changed_at is None]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]


def review_fact(fact_id: int, judgement: Judgement, reviewer: AbstractBaseUser, *, seen: str) -> FactReview:
    """Keeps a person's decision about a fact. seen is `what_was_seen` of the fact that the person looked at.

    Raises ReviewRefused if the judgement is incomplete, or if the fact is not as it was seen;
    EligibilityFact.DoesNotExist if there is no such fact.
    """
    with transaction.atomic():
        machine = _held(fact_id)
        fact = FactInForce.objects.select_related("review").get(pk=fact_id)
        if what_was_seen(fact) != seen:
            raise ReviewRefused({"": _("This fact has changed while you looked at it. Look at it again.")})
        return _keep(machine, fact.review, judgement, reviewer)


def confirm_facts(fact_ids: Iterable[int], reviewer: AbstractBaseUser) -> BulkResult:
    """Confirms what the machine read, fact by fact; facts that need a look of their own are left as they are."""
    result = BulkResult()
    for fact_id in sorted(set(fact_ids)):
        with transaction.atomic():
            machine = EligibilityFact.objects.filter(pk=fact_id).first()
            if machine is None:
                continue
            lock_trial(machine.trial_id)
            fact = FactInForce.objects.select_related("review").get(pk=fact_id)
            if fact.review is not None and fact.text_changed_at is None:
                result.left[fact_id] = _("A person has decided this one already.")
            elif fact.review is not None and stored_answer(fact.status, fact.value) != stored_answer(
                machine.status, machine.value
            ):
                result.left[fact_id] = _("The decision in force and the machine differ.")
            else:
                _keep(_held(fact_id), fact.review, Judgement(Verdict.MACHINE_IS_RIGHT), reviewer)
                result.confirmed += 1
    return result


def withdraw_review(review_id: int) -> FactReview:
    """Takes a decision in force back: the machine's answer holds again. The decision itself is kept.

    Raises ReviewRefused if it is not in force any more.
    """
    with transaction.atomic():
        review = FactReview.objects.select_for_update().get(pk=review_id)
        if review.superseded_at is not None:
            raise ReviewRefused({"": _("This decision is not in force any more.")})
        review.superseded_at = timezone.now()
        review.save(update_fields=["superseded_at"])
        return review


def _held(fact_id: int) -> EligibilityFact:
    """The machine's fact as it stands, while nobody else writes about its trial."""
    trial_id = EligibilityFact.objects.values_list("trial_id", flat=True).get(pk=fact_id)
    lock_trial(trial_id)
    return EligibilityFact.objects.get(pk=fact_id)


def _keep(
    machine: EligibilityFact, standing: FactReview | None, judgement: Judgement, reviewer: AbstractBaseUser
) -> FactReview:
    columns = _columns(machine, standing, judgement)
    if standing is not None:
        FactReview.objects.filter(pk=standing.pk).update(superseded_at=timezone.now())
    return FactReview.objects.create(
        trial_id=machine.trial_id,
        name=machine.name,
        record_version_id=Trial.objects.values_list("record_version_id", flat=True).get(pk=machine.trial_id),
        machine_status=machine.status,
        machine_value=machine.value,
        machine_reader_version=machine.reader_version,
        reviewer_id=reviewer.pk,
        reviewer_name=reviewer.get_username(),
        **columns,
    )


def _columns(machine: EligibilityFact, standing: FactReview | None, judgement: Judgement) -> dict[str, Any]:
    reason = judgement.reason.strip()
    if len(reason) > _LONGEST_REASON:
        raise ReviewRefused({"reason": _("At most %(most)d characters.") % {"most": _LONGEST_REASON}})
    if judgement.verdict is Verdict.MACHINE_IS_RIGHT:
        return _copied(machine, ReviewDecision.CONFIRMED, reason, machine.evidence)
    if judgement.verdict is Verdict.DECISION_STILL_HOLDS:
        if standing is None:
            raise ReviewRefused({"": _("There is no earlier decision.")})
        evidence = standing.evidence or machine.evidence
        return _copied(standing, ReviewDecision(standing.decision), reason or standing.reason, evidence)
    fact = _decided(machine, judgement)
    is_silent = judgement.verdict is Verdict.NOT_STATED
    if not is_silent and not reason:
        raise ReviewRefused({"reason": _("Say why: the next person will ask.")})
    evidence = _sentence(machine.trial_id, judgement.sentence) or machine.evidence
    decision = ReviewDecision.NOT_STATED if is_silent else ReviewDecision.CORRECTED
    return fact_columns(fact) | {
        "decision": decision,
        "reason": reason,
        "evidence": [] if is_silent else evidence,
        "judged_evidence": evidence,
    }


def _copied(
    source: EligibilityFact | FactReview, decision: ReviewDecision, reason: str, evidence: list[dict[str, Any]]
) -> dict[str, Any]:
    copied = {column: getattr(source, column) for column in _DECIDED}
    return copied | {"decision": decision, "reason": reason, "evidence": evidence, "judged_evidence": evidence}


def _decided(machine: EligibilityFact, judgement: Judgement) -> Fact:
    """What the person says, as a fact. Raises ReviewRefused for values that the fact cannot have."""
    definition = FACTS[machine.name]
    if judgement.verdict is Verdict.NOT_STATED:
        return Fact(machine.name, FactStatus.NOT_STATED)
    allowed = {str(value): value for value in definition.values}
    if unknown := [str(value) for value in judgement.values if str(value) not in allowed]:
        raise ReviewRefused({"values": _("No value of this fact: %(values)s.") % {"values": ", ".join(unknown)}})
    chosen = {str(value) for value in judgement.values}
    values = tuple(value for text, value in allowed.items() if text in chosen)
    # only a ban of every cirrhosis accepts no score at all
    may_be_empty = machine.name == "child_pugh" and judgement.verdict is Verdict.CORRECTED
    if not values and not may_be_empty:
        raise ReviewRefused({"values": _("Choose what the trial accepts.")})
    stated = Fact(machine.name, FactStatus.STATED, depends_on_cohort=judgement.depends_on_cohort)
    if judgement.verdict is Verdict.CONTRADICTORY:
        claims: tuple[FactValue, ...] = (values,) if definition.many else tuple(str(value) for value in values)
        return replace(stated, status=FactStatus.CONTRADICTORY, claims=claims)
    if definition.many:
        return replace(stated, value=tuple(sorted(values, key=lambda item: (isinstance(item, str), item))))
    if len(values) > 1:
        raise ReviewRefused({"values": _("This fact has one value.")})
    return replace(stated, value=str(values[0]))


def _sentence(nct_id: str, words: str) -> list[dict[str, Any]]:
    """The evidence for words that a person copied from the record, [] for none."""
    if not words.strip():
        return []
    raw = Trial.objects.values_list("record_version__raw", flat=True).get(pk=nct_id)
    for name, text in record_texts(parse_record(json.loads(raw))).items():
        for start, end in find_words(words, text):
            return [{"field": name, "start": start, "end": end, "quote": text[start:end]}]
    raise ReviewRefused({"sentence": _("These words do not stand in the record.")})
