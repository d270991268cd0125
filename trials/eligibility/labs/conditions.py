"""For whom a laboratory limit holds, and whether it stands alone: cohorts, conditions, "or creatinine clearance ...".

Never reads an amount.
"""

import re

from trials.eligibility.cohorts import scope_of
from trials.eligibility.labs.names import Mention
from trials.eligibility.labs.sentence import LabClaim, Sentence
from trials.eligibility.sections import EXCLUSION, INCLUSION

_CONDITION = re.compile(
    r"(?:\b(?:for|in|if|with|unless|except\w*|of|absence|presence|due|because|attributable|when|and|or|has|have"
    r"|having|receiving"
    r"|on)\b|[(,;:])[^.;]{0,70}?(?:metasta|(?:liver|hepatic|tumou?r) (?:tumou?r|involve|lesion|disease|infiltrat"
    r"|cancer|is pres)"
    r"|gilbert|\bhcc\b|hepatocellular|anti-?coag|warfarin|cirrho|lobar|segment(?:al|s|ectomy)?\b|hbv|hcv"
    r"|\b(?:fe)?males?\b|\b(?:wo)?men\b)"
)
_OF_HCC = re.compile(r"\b(?:for|in|with)\b[^.;:]{0,40}?(?:\bhcc\b|hepatocellular)")
_OF_ELEVATED = re.compile(r"\b(?:for|in|if)\b[^.;]{0,60}?\b(?:creatinine|scr\b)")
_LIMITED_TO_OTHERS = re.compile(
    r"\b(?:for|in) (?:patients|participants|subjects|those)(?: with)? (?:rcc|nsclc|sclc|crc|melanoma|dlbcl|gbm|nhl|cll"
    r"|myeloma|lymphoma|leukemia|btc|cholangiocarcinoma)\b|\bplasma cells\b"
    r"|\b(?:rcc|nsclc|sclc|crc|melanoma|dlbcl|gbm|glioblastoma|lymphoma|myeloma|btc)[\w() -]{0,22} (?:cohorts?|arms?"
    r"|patients|participants|subjects)\b|\bcontrol (?:group|subjects?|participants?|patients)"
    r"|\bdonors?\b|healthy (?:volunteer|control|subject|participant)|\bbile duct\b[^.;]{0,40}\bcancer"
)
_NOT_ENTRY = re.compile(
    r"\bdose (?:reduc|modif|delay|adjust)|\bwithh[eo]ld|\b(?:weight|wt) ?(?:\(|in )kg|\b[123] points?\b"
    r"|\bcalculated as\b"
    r"|\bctcae grade|per (?:year|month) increase|\bfrom baseline\b|\bdiscontinu\w+ (?:if|when)\b"
    r"|\bmeld\b.{0,20}=|\b(?:is|are) not (?:required|mandatory|needed)\b"
)
_ALSO = re.compile(r"\b(?:and|with|plus|concomitant\w*|combined|together)\b(?!/)|&|\+")
_ALTERNATIVE = re.compile(r"^\W*or\b|\bor\W*(?:\w+\W+){0,3}$|whichever")
_OPEN_OR = re.compile(r"\bor\W*$|^\W*or\b")  # the other one stands in the next item, or stood in the last


def speaks_of_entry(sentence: Sentence) -> bool:
    """Whether it says who may enter, and not how to dose, to score or to calculate, nor speaks of other people."""
    statement, low = sentence.statement, sentence.low
    if _NOT_ENTRY.search(low):
        return False
    context = (low, statement.heading, *(lead.low[-120:] for lead in statement.lineage()))
    return not any(_LIMITED_TO_OTHERS.search(text) for text in context)


def mark_alternatives(sentence: Sentence, fitting: list[LabClaim]) -> None:
    """Marks limits of which another of the same sentence will do instead, or that ban only together."""
    before = sentence.claims[-1] if sentence.claims else None
    for claim in fitting:
        if before is None or claim.start - before.end > 150:
            continue
        is_same = claim.analyte == before.analyte and claim.unit == before.unit
        if is_same or {claim.analyte, before.analyte} == {"ast", "alt"}:
            continue
        named = sentence.group[0].start  # before the limit before, where both are of the same names
        between = sentence.low[before.end : named if named >= before.end else claim.start]
        is_or = bool(_ALTERNATIVE.search(between))
        if (sentence.sign == INCLUSION and is_or) or (
            sentence.sign == EXCLUSION and not is_or and "," not in between and _ALSO.search(between)
        ):
            for one in (claim, *(o for o in sentence.claims if o.start == before.start)):
                one.doubts.add("alternative")


def mark_conditions(sentence: Sentence, names: list[Mention]) -> None:
    low, opening = sentence.low, sentence.statement.lead
    starts = sorted({claim.start for claim in sentence.claims})
    ends = sorted({claim.end for claim in sentence.claims})
    has_scope = bool(sentence.claims) and bool(scope_of(sentence.statement)[1])
    for claim in sentence.claims:
        first = max((end for end in ends if end <= claim.start), default=0)
        last = min((start for start in starts if start >= claim.end), default=len(low))
        named = [name.start for name in names if claim.end <= name.start < last]
        behind = low[claim.end : last if len(named) < 2 else named[0]]
        behind = "" if "regardless" in behind else behind
        before = low[first : claim.start]
        claim.is_by_condition = has_scope or bool(_CONDITION.search(behind) or _CONDITION.search(before))
        claim.is_for_hcc = bool(
            _OF_HCC.search(before) or _OF_HCC.search(behind) or (opening and _OF_HCC.search(opening.low))
        )
        if claim.analyte == "creatinine_clearance" and _OF_ELEVATED.search(low, claim.end):
            claim.doubts.add("alternative")
    if sentence.sign == INCLUSION and _OPEN_OR.search(low):
        sentence.claims[-1].doubts.add("alternative")
