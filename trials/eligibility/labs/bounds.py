"""Tells on which side an amount limits a test: at least or at most, and whether the words leave a doubt.

A test is limited on its usual side; what would turn it round is used only where the words are plain. Never reads the
value.
"""

import re

from trials.eligibility.labs.amounts import Amount
from trials.eligibility.labs.sentence import Sentence
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.sections import EXCLUSION, INCLUSION
from trials.vocabulary.laboratory import ANALYTES, MAX, MIN, OTHER_BOUND

BOUNDS = {"le": MAX, "lt": MAX, "ge": MIN, "gt": MIN}
_TIGHT = re.compile(
    r"(?:[\s,:()*-]|\([^()<>≤≥=\d]{0,60}\)|(?:counts?|levels?|values?|concentrations?|of|is|must|be|should|a|an"
    r"|the)\b)*"
)
_OPENING = re.compile(
    r"\W*(?:(?:patients?|subjects?|participants?|those|individuals|people|who|must|should|with|have|has|having|had"
    r"|an?|the"
    r"|adequate|any|known|serum|total|baseline|absolute|peripheral|blood|plasma|estimated|calculated|measured"
    r"|screening"
    r"|laboratory|values?|of|evidence|abnormal|elevated|low|high|poor|inadequate|impaired|function|organ|hematologic"
    r"|haematolog\w+|hepatic|renal|liver|kidney|bone|marrow|as|defined|by|and|or|reserve|insufficiency|parameters?"
    r"|tests?|results?|following|including|uncorrected|uncorrectable|severe|significant|coagulopathy|thrombocytopenia"
    r"|anemia|anaemia|leukopenia|neutropenia|dysfunction|failure|disease|impairment|hyperbilirubinemia)\b\W*)*"
)
_DIAGNOSTIC = re.compile(
    r"diagnos|biops|imaging|histolog|cytolog|radiolog|hypervascular|arterial|enhanc|criteria|clinical|confirm|lesion"
    r"|mass"
    r"|tumou?rs?\b|suspic|waive|patholog|wash|milan|ucsf|hangzhou|transplant|lirads|li-rads|decrease|increase|respon"
    r"|rise|risk"
    r"|\bct\b|\bmri\b|surveillance|score|nodule"
)
_ONE_OF = re.compile(
    r"\b(?:one|any|either|two|some|more) (?:or more )?of\b|\bat least (?:one|two|1|2)\b|\bplus\b|\bdiagnos|\bsuspic"
)
_FORBIDDEN = re.compile(
    r"\b(?:excluded|ineligible|exclusion\w*|not (?:be )?(?:eligible|allowed|permitted|included|enrolled))\b"
)


def bound_of(sentence: Sentence, analyte: str, amount: Amount, last: int, doubts: set[str]) -> str | None:
    usual = ANALYTES[analyte].usual_bound
    if amount.compared not in BOUNDS:
        is_bare = sentence.sign == INCLUSION and bool(amount.unit) and sentence.used is None and bool(usual)
        if not is_bare or not _TIGHT.fullmatch(sentence.low, last, amount.start):
            return None
        doubts.add("lost_sign")
        return usual
    literal = BOUNDS[amount.compared]
    if not usual:
        return _bound_of_afp(sentence, literal)
    if sentence.sign == EXCLUSION:
        # "Adequate marrow function without transfusion:" bans the transfusion, not the blood counts that follow.
        is_asked = sentence.statement.sign == INCLUSION and not sentence.statement.misfiled
        return OTHER_BOUND[literal] if literal != usual else literal if is_asked else None
    if literal == usual:
        return None if _is_forbidden(sentence.low, amount.end) else literal
    return _turned(sentence, amount, literal, doubts)


def _is_forbidden(low: str, end: int) -> bool:
    """Whether who has such values is kept out; "(transfusion is not allowed)" says nothing of it."""
    match = _FORBIDDEN.search(low, end)
    return match is not None and "(" not in low[end : match.start()] and "transfus" not in low[end : match.start()]


def _turned(sentence: Sentence, amount: Amount, literal: str, doubts: set[str]) -> str | None:
    """The bound where an inclusion says the unusual: a ban in it, or indeed patients with bad values."""
    start = sentence.group[0].start
    if stance(sentence.statement, start, amount.end) is Stance.BANNED:
        return OTHER_BOUND[literal]
    is_head = bool(_OPENING.fullmatch(sentence.low, 0, start)) and sentence.used is None
    if not is_head or any(_ONE_OF.search(text.low) for text in (sentence.statement, *sentence.statement.lineage())):
        return None
    doubts.add("unusual")
    return literal


def _bound_of_afp(sentence: Sentence, literal: str) -> str | None:
    """AFP is limited on either side; it is no limit where it helps to make the diagnosis."""
    statement = sentence.statement
    texts = [statement.low, *(lead.low for lead in statement.lineage())]
    if any(_DIAGNOSTIC.search(text) or _ONE_OF.search(text) for text in texts):
        return None
    if not _OPENING.fullmatch(sentence.low, 0, sentence.group[0].start) or len(sentence.claims) > 0:
        return None
    return literal if sentence.sign == INCLUSION else OTHER_BOUND[literal]
