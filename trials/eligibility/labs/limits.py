"""Reads the laboratory limits of a trial: platelets of at least 75 x 10^9/L, bilirubin of at most 2 x ULN.

One limit for each test, bound and kind (an amount, or a multiple of the upper limit of normal). Where sentences differ
the widest stands, that for HCC before others. A wrong limit is worse than none. Never decides about a patient.
"""

import re
from dataclasses import dataclass

from trials.eligibility.claims import unique
from trials.eligibility.cohorts import cohort_of, is_for_other_tumor
from trials.eligibility.document import Document, document
from trials.eligibility.labs.claims import claims_of
from trials.eligibility.labs.conditions import spares
from trials.eligibility.labs.names import WORDS
from trials.eligibility.labs.sentence import ULN, LabClaim
from trials.eligibility.polarity import base_sign
from trials.eligibility.reading import Evidence, RecordText
from trials.eligibility.sections import EXCLUSION
from trials.eligibility.statements import Statement
from trials.vocabulary.laboratory import ANALYTES, MAX, OTHER_BOUND

_MOST_CLAIMS = 300  # no record says so much; it bounds the work on any text
_COHORT = re.compile(r"\b(?:cohort|arm|part|phase|stratum|group)s?\b")
_SPARED = ("gilbert", "gilberts")  # whose bilirubin is high by nature
_CLEARANCE = ("creatinine", "creatinine_clearance")


@dataclass(frozen=True, slots=True)
class LabLimit:
    """What a participant must have at least ("min") or at most ("max") in one laboratory test.

    Either value (in unit, the test's one unit: `trials.vocabulary.laboratory`) or times_uln (a multiple of the upper
    limit of normal, unit "") is given. is_strict: the bound itself is not enough. doubts say why it may not decide
    alone: "alternative" (another limit of the sentence will do instead, or counts only together with it),
    "conditional" (it holds for some people only, or spares some: who does not keep it may be let in all the same),
    "implausible", "lost_sign", "lost_unit", "unusual" (asks for bad values), "contradictory" (sentences differ).
    """

    analyte: str
    bound: str
    is_strict: bool
    value: float | None
    unit: str
    times_uln: float | None
    depends_on_cohort: bool
    evidence: tuple[Evidence, ...]
    doubts: tuple[str, ...] = ()


def read_lab_limits(record: RecordText) -> tuple[LabLimit, ...]:
    """The laboratory limits of a record, in the order of `laboratory.ANALYTES`. Raises nothing on any text."""
    return lab_limits(document(record))


def lab_limits(seen: Document) -> tuple[LabLimit, ...]:
    """As `read_lab_limits`, of a record that has been cut into statements already."""
    claims: list[LabClaim] = []
    for statement in seen.having(*WORDS):
        if len(claims) > _MOST_CLAIMS:
            break
        found = claims_of(statement)
        if found and not _is_for_others(statement):
            claims += found
    groups: dict[tuple[str, str, bool], list[LabClaim]] = {}
    for claim in claims:
        groups.setdefault((claim.analyte, claim.bound, claim.unit == ULN), []).append(claim)
    places = {code: place for place, code in enumerate(ANALYTES)}
    _mark_clearance(claims)
    _mark_spared(seen, claims)
    for (analyte, bound, is_multiple), group in groups.items():
        _mark_other_kind(group, groups.get((analyte, bound, not is_multiple), []))
    for analyte, bound, is_multiple in list(groups):  # a lower end of a group of patients is no limit of the trial
        if all("unusual" in claim.doubts for claim in groups[analyte, bound, is_multiple]) and (
            (analyte, OTHER_BOUND[bound], is_multiple) in groups
        ):
            del groups[analyte, bound, is_multiple]
    return tuple(_limit(groups[key]) for key in sorted(groups, key=lambda key: (places[key[0]], key[1], key[2])))


def _is_for_others(statement: Statement) -> bool:
    """As `is_for_other_tumor`; yet "Renal: creatinine ..." names no tumour."""
    said = (statement.low, *(lead.low for lead in statement.lineage()))
    return not any("renal" in text for text in said) and is_for_other_tumor(statement)


def _mark_clearance(claims: list[LabClaim]) -> None:
    """Creatinine and its clearance are two ways to one thing: where one may stand for the other, so may the other."""
    renal = [claim for claim in claims if claim.analyte in _CLEARANCE]
    if len({claim.analyte for claim in renal}) > 1 and any("alternative" in claim.doubts for claim in renal):
        for claim in renal:
            claim.doubts.add("alternative")


def _mark_other_kind(claims: list[LabClaim], others: list[LabClaim]) -> None:
    """Of a limit that some people have in another kind: "<= 2 x ULN (<= 3 mg/dL in Gilbert's syndrome)"."""
    if any(one.is_by_condition for one in others):
        for claim in claims:
            if not claim.is_by_condition:
                claim.doubts.add("conditional")


def _mark_spared(seen: Document, claims: list[LabClaim]) -> None:
    """Of bilirubin, where another sentence lets people with Gilbert's syndrome in and gives no limit of that kind."""
    high = [claim for claim in claims if claim.analyte == "bilirubin" and claim.bound == MAX]
    if not high:
        return
    spared = [one for one in seen.having(*_SPARED) if base_sign(one) != EXCLUSION or spares(one.low)]
    units = {claim.unit for claim in high if "gilbert" in claim.statement.low}
    for claim in high:
        if spared and claim.unit not in units:
            claim.doubts.add("conditional")


def _width(claim: LabClaim) -> tuple[float, bool]:
    return (claim.value if claim.bound == MAX else -claim.value, not claim.is_strict)


def _names_cohort(statement: Statement) -> bool:
    said = (statement.low, *(lead.low for lead in statement.lineage()))
    return bool(cohort_of(statement)) or any(_COHORT.search(text) for text in said)


def _spares_more(claim: LabClaim, differing: list[LabClaim]) -> bool:
    """Whether it spares people for whom no other limit stands; "with the following exceptions:" announces those."""
    return "conditional" in claim.doubts and not (differing and "following exception" in claim.statement.low)


def _limit(claims: list[LabClaim]) -> LabLimit:
    usual = [claim for claim in claims if not claim.doubts & {"implausible", "lost_sign"}] or claims
    kept = [claim for claim in usual if claim.is_for_hcc] or usual
    widest = max(kept, key=_width)
    differing = [one for one in claims if abs(one.value - widest.value) > 0.01 * widest.value]
    doubts = set(widest.doubts) - {"conditional"}
    if any(_spares_more(one, differing) for one in claims) or (
        not differing and all(one.is_by_condition and not one.is_for_hcc for one in claims)
    ):
        doubts.add("conditional")
    is_only_hcc = len({one.is_for_hcc for one in claims}) > 1 and bool(differing)
    by_cohort = is_only_hcc or any(one.is_by_condition for one in claims)
    if differing and not by_cohort:
        within = {id(one.statement) for one in differing} == {id(widest.statement)}
        by_cohort = within or any(_names_cohort(one.statement) for one in claims)
        if not by_cohort:
            doubts.add("contradictory")
    evidence = [one.statement.evidence(one.start, one.end) for one in (widest, *differing)]
    is_multiple = widest.unit == ULN
    return LabLimit(
        widest.analyte,
        widest.bound,
        widest.is_strict,
        None if is_multiple else widest.value,
        "" if is_multiple else widest.unit,
        widest.value if is_multiple else None,
        by_cohort,
        unique(evidence),
        tuple(sorted(doubts)),
    )
