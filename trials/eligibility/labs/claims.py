"""What one sentence claims about laboratory values: which test, which bound and how much.

Walks over names and amounts in their order; an amount belongs to the names right before it. Never combines sentences.
"""

import re
from dataclasses import replace

from trials.eligibility.labs.amounts import NEVER_LABORATORY, Amount, amounts
from trials.eligibility.labs.bounds import BOUNDS, bound_of
from trials.eligibility.labs.conditions import mark_alternatives, mark_conditions, mark_other_ways, speaks_of_entry
from trials.eligibility.labs.names import OTHER, PROTHROMBIN_TIME, Mention, is_joined, may_name, mentions
from trials.eligibility.labs.sentence import ULN, LabClaim, Sentence
from trials.eligibility.polarity import base_sign
from trials.eligibility.statements import Statement
from trials.vocabulary.laboratory import ANALYTES, fold, guessed_unit, is_plausible

PROLONGATION = "prothrombin_time_prolongation"
_LEAST_MULTIPLE, _MOST_MULTIPLE = 0.5, 20.0
_LONGEST_GAP = 200
_ABSURD = 1e9  # no limit, whatever the unit
_COUNTED = 1000  # a number so large counts cells, whatever stands behind it
_ROUNDING = 0.05  # between a limit and the same limit in another unit
# Possessive: what is taken is never given back, so that no text makes it run away. The longer words stand first.
_FILLING = re.compile(
    r"(?>\([^()<>≤≥=]{0,120}\)|\[[^\[\]<>≤≥=]{0,120}\]|[\s,:()\[\]*+\"'-]"
    r"|(?:(?:with)?in (?:the )?(?:last |past |previous )?\d+ ?(?:hours?|days?|weeks?|months?|d|w)\b[^.;<>≤≥=()]{0,60}"
    r"|(?:estimated|calculated|measured|determined|assessed|defined|evaluated|obtained|using|according|based|by|per)"
    r"\b[^.;<>≤≥=\d]{0,90}"
    r"|counts?|levels?|values?|concentrations?|ratios?|tests?|results?|measurements?|times?|rates?|function"
    r"|serum|blood|plasma|total|peripheral|absolute|baseline|screening|fasting|pre-?treatment|requirements?|limits?"
    r"|cells?|cl|pi|s|of|is|are|was|were|be|been|must|should|shall|has|have|having|to|a|an|the|at|in|on|with|that"
    r"|which"
    r"|not|each|both|all|either|also|only|stable|equal|than|and|but|as|lower|standardi[sz]ed|maintained|elevated"
    r"|elevations?|increased|decreased|abnormal|low|high|clearly|markedly|liver|renal|enzymes?|reported|documented"
    r"|confirmed|less|within|corrected|institutional|patients?|segmented|bands|i\.e\.?|prolonged|prolongation)\b)*+"
)
_TIMES = re.compile(r"\s*(?:x|×|times)(?:\s|$|[,;.)])(?!\s*10)")
_OR_ONLY = re.compile(r"\s*[,/]?\s*(?:or|/)\s*")
# What may follow a number without a unit; anything else may be a unit, or "x ULN", in unknown signs.
_IS_OVER = re.compile(
    r"\s*(?:$|[.;)\]\"'](?!\w)|,(?!\d)|\(|-\s|\*\s|\b(?:and|or|but|within|at|with|without|for|prior|in|on|if|unless|except"
    r"|as|before"
    r"|during|documented|is|are|will|after|by|may|obtained|can|using|hemoglobin|haemoglobin|platelets?|ast|alt|albumin"
    r"|serum|total|creatinine|bilirubin|inr)\b)"
)
_TOO_MUCH = re.compile(r"\s*(?:[x×*](?!\w)|\(?sqrroot|times?\b|-?fold|%|grade)|\s?\d(?!\d?\.(?:\s|$))")
_CUT_NUMBER = re.compile(r"\s?\.\s*\d+ ?(?:x|×|times|mg|g/)")
_PROLONGED = re.compile(r"above|prolong|over|longer|beyond|more than control|control|uln|upper|greater")


def claims_of(statement: Statement) -> list[LabClaim]:
    """The limits that a statement sets, in their order."""
    low = statement.low
    if not may_name(statement):
        return []
    names = mentions(low)
    found = amounts(low) if any(name.analytes != (OTHER,) for name in names) else []
    names = [name for name in names if not any(one.start < name.start < one.end for one in found)]  # "100,000 plt/mm3"
    sentence = Sentence(statement, low, base_sign(statement) if found else 0)
    if sentence.sign == 0:
        return []
    parts: list[Mention | Amount] = [*names, *found]
    for part in sorted(parts, key=lambda part: part.start):
        if isinstance(part, Mention):
            _name(sentence, part)
        elif not any(name.start <= part.start < name.end for name in names):
            _settle(sentence, part)
    if not sentence.claims or not speaks_of_entry(sentence):
        return []
    mark_conditions(sentence, names)
    mark_other_ways(sentence, names)
    return sentence.claims


def _name(sentence: Sentence, name: Mention) -> None:
    if sentence.group and sentence.used is None and is_joined(sentence.low, sentence.group[-1], name):
        sentence.group.append(name)
    else:
        sentence.group, sentence.used = [name], None


def _settle(sentence: Sentence, amount: Amount) -> None:
    """Gives an amount to the names before it, if it can be theirs."""
    if not sentence.group or amount.is_range or amount.unit in NEVER_LABORATORY:
        return
    last = sentence.used.end if sentence.used else sentence.group[-1].end
    if amount.start - last > _LONGEST_GAP:
        return
    if sentence.used is None and not _FILLING.fullmatch(sentence.low, last, amount.start):
        sentence.group = []
        return
    if sentence.used is not None and not amount.compared and _OR_ONLY.fullmatch(sentence.low, last, amount.start):
        amount = replace(amount, compared=sentence.used.compared)  # "below 2 mg/dL or 1.5 x ULN"
    if sentence.used and sentence.used.unit == ULN and not amount.unit and _TIMES.match(sentence.low, amount.end):
        amount = replace(amount, unit=ULN)  # "3 x ULN, or 5 x if metastases are present"
    if sentence.used is not None and not (amount.compared and (amount.unit or amount.value >= _COUNTED)):
        return
    fitting = [claim for analyte in _analytes(sentence.group) if (claim := _claim(sentence, analyte, amount, last))]
    if fitting or sentence.used is None:
        fitting = [claim for claim in fitting if not _is_said_again(sentence, claim)]
        mark_alternatives(sentence, fitting)
        sentence.claims += fitting
        sentence.used = amount


def _analytes(group: list[Mention]) -> list[str]:
    return list(dict.fromkeys(analyte for name in group for analyte in name.analytes if analyte != OTHER))


def _is_said_again(sentence: Sentence, claim: LabClaim) -> bool:
    """Whether it is the limit just given, in another unit: "3 mg/dL (51 μmol/L)"."""
    for one in sentence.claims:
        is_same = (one.analyte, one.bound, one.unit) == (claim.analyte, claim.bound, claim.unit)
        if is_same and abs(one.value - claim.value) <= _ROUNDING * one.value:
            one.end = claim.end
            return True
    return False


def _claim(sentence: Sentence, analyte: str, amount: Amount, last: int) -> LabClaim | None:
    measured = _measured(sentence, analyte, amount)
    if measured is None:
        return None
    name, value, unit, doubts = measured
    if not 0 < value < _ABSURD:
        return None
    bound = bound_of(sentence, name, amount, last, doubts)
    if bound is None:
        return None
    is_strict = amount.compared in ("lt", "gt")
    if amount.compared in BOUNDS and bound != BOUNDS[amount.compared]:
        is_strict = not is_strict  # who is banned from 3 on must lie below 3
    is_likely = _LEAST_MULTIPLE <= value <= _MOST_MULTIPLE if unit == ULN else is_plausible(name, value)
    if not is_likely:
        doubts.add("implausible")
    return LabClaim(name, bound, is_strict, value, unit, sentence.statement, amount.start, amount.end, doubts=doubts)


def _measured(sentence: Sentence, analyte: str, amount: Amount) -> tuple[str, float, str, set[str]] | None:
    """The test, the value and its unit (folded), and doubts; None where the amount cannot be of this test."""
    low = sentence.low
    if analyte == PROTHROMBIN_TIME:
        around = low[amount.end : amount.end + 40] + low[max(0, amount.start - 40) : amount.start]
        is_longer = amount.unit == "s" and amount.value <= 10 and _PROLONGED.search(around)
        return (PROLONGATION, amount.value, "s", set()) if is_longer else None
    if amount.unit == ULN:
        return (analyte, amount.value, ULN, set()) if ANALYTES[analyte].has_normal else None
    unit, doubts = amount.unit, set[str]()
    if not unit and analyte != "inr":
        if not _IS_OVER.match(low, amount.end) or not amount.compared or _goes_on(sentence.statement, amount.end):
            return None
        unit = guessed_unit(analyte, amount.value)
        doubts.add("lost_unit")
    elif unit == "mol/L":
        unit = "µmol/L"
        doubts.add("lost_unit")
    elif not unit and (_TOO_MUCH.match(low, amount.end) or _goes_on(sentence.statement, amount.end)):
        return None
    value = fold(analyte, amount.value, unit) if unit or analyte == "inr" else None
    return None if value is None else (analyte, value, ANALYTES[analyte].unit, doubts)


def _goes_on(statement: Statement, end: int) -> bool:
    """Whether the number was cut at its decimal point: "less than 1. 5 x ULN"."""
    if re.search(r"\d\.\d+$|[^\d]$", statement.low[max(0, end - 8) : end]):
        return False
    return bool(_CUT_NUMBER.match(statement.view.low, statement.start + end))
