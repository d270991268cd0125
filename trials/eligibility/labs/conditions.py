"""For whom a laboratory limit holds, and whether it stands alone: cohorts, "unless ...", "or creatinine clearance ...".

Never reads an amount.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from trials.eligibility.cohorts import scope_of
from trials.eligibility.labs.names import Mention, is_joined
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
# Whom the limit spares, and who may thus enter beyond it: "unless ...", "(does not apply to ...)".
_EXCEPTION = re.compile(
    r"\b(?:unless(?! otherwise (?:stat|specif|not|indic|requir|defin))|except\w*|exempt\w*|apart from"
    r"|excluding (?:cases|patients|subjects|participants|those|people|known)"
    r"|(?:do|does|did|will|may|shall|should|must|need) not (?:\w+ )?apply|not (?:be )?applicable)\b"
)
_OR = re.compile(r"\bor\b")
# Behind these, what was said of the limit before no longer holds: "<= 2 (unless ...), albumin", "6. albumin".
_REMARK = re.compile(r"[^();]*\)|\W*\([^()]*\)")
_BREAK = re.compile(r";|\s\d{1,2}[.)]\s")
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
# Tests that are often named in place of another one, without a number that is read: "or PT/PTT within normal limits".
_CLEARANCE = re.compile(r".*clearance|.*(?:gfr|cr?cl|ccr|filtration)")
_IN_PLACE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "inr": re.compile(r"pro-?thrombin|pt$|a?ptt|.*thromboplastin"),
        "prothrombin_time_prolongation": re.compile(r"inr|international|a?ptt|.*thromboplastin"),
        "bilirubin": re.compile(r"(?:in)?direct|(?:un)?conjugated"),
        "creatinine": _CLEARANCE,
        "creatinine_clearance": re.compile(r"(?!.*clearance|.*cl$).*creatinine|s?cr$"),
    }
)
_CUT_OFF = re.compile(r"^\W*\d[^.;]{0,40}\bor\W*(?:\w+\W+){0,2}$")  # the rest of "... less than 1. 5 x ULN or"


def speaks_of_entry(sentence: Sentence) -> bool:
    """Whether it says who may enter, and not how to dose, to score or to calculate, nor speaks of other people."""
    statement, low = sentence.statement, sentence.low
    if _NOT_ENTRY.search(low):
        return False
    context = (low, statement.heading, *(lead.low[-120:] for lead in statement.lineage()))
    return not any(_LIMITED_TO_OTHERS.search(text) for text in context)


def spares(low: str) -> bool:
    """Whether a text excepts somebody."""
    return bool(_EXCEPTION.search(low))


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
    has_scope = bool(sentence.claims) and bool(scope_of(sentence.statement)[1])
    for claim in sentence.claims:
        before, behind = _before(sentence, names, claim), _behind(sentence, names, claim)
        claim.is_by_condition = has_scope or bool(_CONDITION.search(behind) or _CONDITION.search(before))
        claim.is_for_hcc = bool(
            _OF_HCC.search(before) or _OF_HCC.search(behind) or (opening and _OF_HCC.search(opening.low))
        )
        if (spares(behind) or spares(before)) and not _has_other(sentence, claim):
            claim.doubts.add("conditional")
        if claim.analyte == "creatinine_clearance" and _OF_ELEVATED.search(low, claim.end):
            claim.doubts.add("alternative")
    if sentence.sign == INCLUSION and _OPEN_OR.search(low):
        sentence.claims[-1].doubts.add("alternative")


def _before(sentence: Sentence, names: list[Mention], claim: LabClaim) -> str:
    """What is said of the limit before its amount; "(unless ...), albumin" speaks of the limit before."""
    low = sentence.low
    first = max((one.end for one in sentence.claims if one.end <= claim.start), default=0)
    own = [name for name in names if first <= name.start < claim.start]
    while len(own) > 1 and is_joined(low, own[-2], own[-1]):
        own.pop()
    named = own[-1].start if own else first
    breaks = [match.end() for match in _BREAK.finditer(low, first, named)] if first else []
    if first and not breaks and (remark := _REMARK.match(low, first, named)):
        breaks.append(remark.end())
    if sentence.sign == EXCLUSION:  # what is banned beside the limit says nothing of whom it holds for
        breaks += [match.end() for match in _OR.finditer(low, first, named)]
    return low[max([first, *breaks]) : claim.start]


def _behind(sentence: Sentence, names: list[Mention], claim: LabClaim) -> str:
    """What is said of the limit behind its amount, up to the next one."""
    low = sentence.low
    last = min((one.start for one in sentence.claims if one.start >= claim.end), default=len(low))
    named = [name.start for name in names if claim.end <= name.start < last]
    behind = low[claim.end : last if len(named) < 2 else named[0]]
    if sentence.sign == EXCLUSION:
        behind = _OR.split(behind)[0]
    return "" if "regardless" in behind else behind


def _has_other(sentence: Sentence, claim: LabClaim) -> bool:
    """Whether the sentence gives who is excepted a limit too: "unless liver metastases are present (<= 5 x ULN)"."""
    return any(
        one.analyte == claim.analyte and one.unit == claim.unit and one.value != claim.value for one in sentence.claims
    )


def mark_other_ways(sentence: Sentence, names: list[Mention]) -> None:
    """Marks limits for which a test without a number may stand: "INR <= 1.5 or PT within normal limits"."""
    if sentence.sign != INCLUSION:
        return
    low = sentence.low
    for claim in sentence.claims:
        in_place = _IN_PLACE.get(claim.analyte)
        if in_place is None:
            continue
        behind = next((name for name in names if name.start >= claim.end), None)
        if behind and _stands_for(low, in_place, behind, low[claim.end : behind.start]):
            claim.doubts.add("alternative")
        own = [name for name in names if name.end <= claim.start][-2:]
        if len(own) == 2 and _may_differ(claim, low[own[0].end : own[1].start]):
            if _stands_for(low, in_place, own[0], low[own[0].end : own[1].start]):
                claim.doubts.add("alternative")
        elif len(own) == 1 and claim.analyte == "creatinine_clearance" and _CUT_OFF.search(low[: own[0].start]):
            claim.doubts.add("alternative")


def _stands_for(low: str, in_place: re.Pattern[str], name: Mention, between: str) -> bool:
    return bool(in_place.match(low[name.start : name.end]) and _ALTERNATIVE.search(between)) and ";" not in between


def _may_differ(claim: LabClaim, between: str) -> bool:
    """Whether the test before has a limit of its own: not in "PT or INR <= 1.5 x ULN", one limit for both."""
    return claim.analyte in ("creatinine", "creatinine_clearance") or any(sign.isdigit() for sign in between)
