"""Reads whether earlier systemic therapy for the tumour is barred (none), required or allowed.

A washout, a limit on lines and a ban of one class leave it allowed. "Failed standard therapy or none exists" requires
it; where refusal or unsuitability is enough it is allowed. Never reads a sentence itself (`systemic_history`).
"""

import re
from dataclasses import dataclass

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import cohort_of, is_for_hcc, is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.readers.first_treatment import from_summary, from_titles
from trials.eligibility.readers.systemic_history import (
    ALLOWED,
    CHOSEN,
    LIMIT,
    NONE,
    REQUIRED,
    WEAK,
    claim_of,
    is_general,
)
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "prior_systemic_therapy"
_WORDS = (
    "therap",
    "standard",
    "treat",
    "chemo",
    "system",
    "naive",
    "naïve",
    "line",
    "regimen",
    "progress",
    "refractory",
    "fail",
    "relaps",
    "fenib",
    "tinib",
    "tki",
    "pd-1",
    "pd-l1",
    "pd1",
    "agent",
    "inhibitor",
    "全身",
    "系统",
    "intoleran",
)
_EARLIER = re.compile(r"prior|previous|progress|fail|refractory|relaps|\bline|intoler|pre-?treated|standard")
_EXPRESS = re.compile(
    r"adjuvant|prior (?:systemic|chemo|sorafenib|anti|immuno)\w*[^.;]{0,60}(?:allowed|permitted|eligible|acceptable)"
)
# "... who had adjuvant chemotherapy must have recurred more than six months after it": they are admitted.
_AFTER_ADJUVANT = re.compile(r"\badjuvant\b[^.;]{0,60}\b(?:recur|relaps|progress)\w*[^.;]{0,60}\bmonths?\b")
_NO_CLASS = re.compile(r"^[^.;]{0,40}\b(?:no|without|na[iï]ve|never)\b")
_NO_FIRST = re.compile(r"\W*(?:no|not)\b")
_OTHER_TUMOR = re.compile(
    r"pancrea|bile duct|biliary|cholangio|vulva|gastric|esophag|lung|nsclc|breast|colorectal|crc\b|crlm|\b(?:cc"
    r"|ncc)?rcc\b|crpc|sclc|\buc\b|hnscc|\bescc\b|\btnbc\b|\bbtc\b|\bcca\b|thyroid|leuk|melanoma|renal"
    r"|colon|rectal|ovarian|\bovc\b|prostate|glioblast|lymphoma|myeloma|sarcoma|head and neck|hnscc|endometr"
    r"|urothel|bladder|cervical"
)
_HCC = re.compile(r"hcc|hepato|liver|solid tumou?r")
_NOT_HCC = re.compile(r"(?:not|except|excluding|other than)(?: for)? (?:\w+ ){0,2}(?:hcc|hepatocell)")


@dataclass(slots=True)
class _Claim:
    kind: str
    evidence: Evidence
    cohort: str
    is_permission: bool = False
    is_foreign: bool = False
    is_double: bool = False  # "no prior ..." in a list of exclusions: a ban, or else a requirement
    is_for_hcc: bool = False
    is_general: bool = False  # speaks of systemic therapy as a whole, not of a class or drug
    item: int = -1  # the item of the list in which it stands


def _is_foreign(statement: Statement) -> bool:
    """Whether the rule names another tumour and not HCC; it counts only where nothing else is said."""
    texts = (statement.low, *(lead.low for lead in statement.lineage() if len(lead.low) < 200))
    if any(_NOT_HCC.search(text) for text in texts):
        return True
    return any(_OTHER_TUMOR.search(text) for text in texts) and not any(_HCC.search(text) for text in texts)


def _names_hcc(statement: Statement) -> bool:
    if _NOT_HCC.search(statement.low):
        return False
    if any(is_for_hcc(lead) for lead in statement.lineage()):
        return True
    return bool(re.match(r"\W*(?:for|in|if) (?:\w+ ){0,3}(?:with )?(?:\w+ )?(?:hcc|hepatocell)", statement.low))


def read_prior_systemic_therapy(document: Document) -> Fact:
    """None, required or allowed."""
    claims: list[_Claim] = []
    for statement in document.having(*_WORDS):
        if is_for_other_tumor(statement):
            continue
        found = claim_of(statement)
        if found:
            kind, span, is_permission = found
            evidence = statement.evidence(*span)
            foreign = _is_foreign(statement)
            names_hcc = kind != WEAK and not foreign and _names_hcc(statement)
            double = kind == NONE and statement.sign < 0 and bool(_NO_FIRST.match(statement.low))
            claims.append(
                _Claim(
                    kind,
                    evidence,
                    cohort_of(statement),
                    is_permission,
                    foreign,
                    double,
                    names_hcc,
                    kind == ALLOWED and is_general(statement.low),
                    statement.item,
                )
            )
    claims = _of_hcc(claims)
    if not any(claim.kind in (NONE, REQUIRED, CHOSEN) for claim in claims):
        titled = from_titles(document)
        said = {claim.kind for claim in claims}
        is_open = any(claim.kind == ALLOWED and claim.is_general for claim in claims)
        if titled and not is_open and not (titled[0] == NONE and said & {ALLOWED, LIMIT}):
            claims.append(_Claim(titled[0], titled[1], ""))
    if not claims:
        told = from_summary(document)
        claims = [_Claim(told[0], told[1], "")] if told else []
    return _decide(claims)


def _of_hcc(claims: list[_Claim]) -> list[_Claim]:
    """The claims on patients with HCC where some are made for them; those on other tumours only where no other is."""
    for_hcc = [claim for claim in claims if claim.is_for_hcc]
    if for_hcc:
        return for_hcc
    return [claim for claim in claims if not claim.is_foreign] or claims


def _decide(claims: list[_Claim]) -> Fact:
    if not claims:
        return not_stated(NAME)
    strong = [claim for claim in claims if claim.kind != WEAK]
    cohort = any(claim.cohort for claim in strong)
    chosen = [claim for claim in strong if claim.kind == CHOSEN]
    items = {claim.item for claim in chosen}
    # "... has failed standard therapy. It is no bar if the patient declined it": one item, one rule
    required = [claim for claim in strong if claim.kind == REQUIRED and claim.item not in items]
    if chosen and (not required or any(claim.is_permission for claim in chosen)):
        return stated(NAME, ALLOWED, [claim.evidence for claim in chosen], by_cohort=cohort)
    none = [claim for claim in strong if claim.kind == NONE and not (claim.is_double and required)]
    if none:
        required = [claim for claim in required if _EARLIER.search(claim.evidence.quote.lower())]
    if none and required:
        both = [*none, *required]
        return stated(NAME, ALLOWED, [claim.evidence for claim in both], by_cohort=cohort, doubts=("mixed",))
    allowed = [claim for claim in strong if claim.kind in (ALLOWED, LIMIT)]
    if required:
        in_cohorts = [claim for claim in claims if claim.kind == WEAK and claim.cohort]
        untreated = [claim for claim in in_cohorts if _NO_CLASS.search(_quote(claim))]
        return _required(required, [*allowed, *untreated, *chosen])
    if none:
        express = [claim.evidence for claim in allowed if _EXPRESS.search(claim.evidence.quote.lower())]
        express += [claim.evidence for claim in claims if claim.kind == WEAK and _AFTER_ADJUVANT.search(_quote(claim))]
        value = ALLOWED if express else NONE
        return stated(NAME, value, [*express, *(claim.evidence for claim in none)])
    return stated(NAME, ALLOWED, [claim.evidence for claim in strong or claims])


def _quote(claim: _Claim) -> str:
    return claim.evidence.quote.lower()


def _required(required: list[_Claim], allowed: list[_Claim]) -> Fact:
    """Required, unless another cohort admits patients without: then the widest."""
    cohorts = {claim.cohort for claim in required}
    wider = [claim for claim in allowed if claim.cohort and claim.cohort not in cohorts]
    evidence = [claim.evidence for claim in (*required, *wider)]
    if wider and "" not in cohorts:
        return stated(NAME, ALLOWED, evidence, by_cohort=True)
    return stated(NAME, REQUIRED, [claim.evidence for claim in required])
