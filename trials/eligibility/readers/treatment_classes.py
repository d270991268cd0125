"""Finds the class of a drug that no lexicon names, from class words beside its code: "XYZ-101, a FGFR4 inhibitor".

Never decides the fact.
"""

import re
from collections.abc import Iterable

from trials.eligibility.readers.given_treatments import is_before
from trials.eligibility.reading import Evidence
from trials.eligibility.statements import Statement
from trials.vocabulary.lexicon import hits

_CODE = re.compile(r"\b[a-z]{1,6}[\s-]?\d{2,9}[a-z]{0,3}\b(?!-)")
_NO_CODE = re.compile(
    r"(?:phase|ii|iii|stage|keynote|checkmate|imbrave|leap|grade|day|cycle|type|nct|version|part|arm|group|cohort|dose|age"
    r"|covid|sars|cov|hcc|ecog|no|step|q|h|hpv|ebv|cd|il|ca|protocol|ide|swog|nrg|ctcae|ajcc|v|s|mg|group|level|aim)[\s-]?\d"
)
_INHIBITOR = re.compile(r"\b(?P<what>[\w./-]+(?: kinase| receptor)?)[\s-]+(?:inhibitors?|degraders?|blockers?)\b")
_NO_TUMOR_TARGET = re.compile(
    r"pump|checkpoint|reuptake|coa|sglt|cox|ace|angiotensin|entry|protease|polymerase|ns\d|ns5|xanthine|calcineurin|calcium"
    r"|beta|dpp|pcsk9|factor|acid|secretion|pd-?\(?l?\)?-?1|ctla|tigit|lag-?3|tim-?3|ido|cd47|cd73|adenosine|arginase|xa$|trypsin"
)
_CELLS = re.compile(r"\b(?:car[- ]?(?:t|nk|til)s?\b|t[- ]cells?\b(?! (?:respons|engag|lymphoma))|nk[- ]cells?\b"
    r"|cells? (?:therap\w+|injection|infusion|suspension)|suspension for infusion|lymphocytes)")  # fmt: skip
_CONJUGATE = re.compile(r"\bantibody[- ]drug conjugates?\b|\badcs?\b|-adc\b")
# A tracer is no drug: "novel 68Ga", "with 18F".
_TRACER = re.compile(r"\b(?:68\s?ga|18\s?f|89\s?zr|99m?\s?tc|64\s?cu|111\s?in|11\s?c|12[345]\s?i|177\s?lu|90\s?y)$")
_FAR = 90
_BREAK = re.compile(r"[.;,()]|\b(?:plus|combin\w+|with|and|or|of the|versus|vs)\b")
_TOLD_AFTER = re.compile(r"\s?\([^)]*|(?:(?!\b(?:plus|combin\w+|with|or|versus|vs|in)\b)[^.;)])*")


def classes_in(low: str, *, start: int = 0, end: int | None = None) -> set[str]:
    """The modalities that class words within low[start:end] tell."""
    part = low[start:end]
    found = {hit.modality for hit in hits(part) if not hit.drug_class and not hit.is_stem} - {"other"}
    for match in _INHIBITOR.finditer(part):
        if not _NO_TUMOR_TARGET.search(match["what"]):
            found.add("targeted")
    if _CONJUGATE.search(part):
        found.add("targeted")
    if _CELLS.search(part):
        found.add("cell_therapy")
    return found


def class_words(statements: Iterable[Statement]) -> dict[str, Evidence]:
    """Inhibitors, conjugates and cell products that are named by their class alone."""
    found: dict[str, Evidence] = {}
    for statement in statements:
        low = statement.low
        named = [match for match in _INHIBITOR.finditer(low) if not _NO_TUMOR_TARGET.search(match["what"])]
        told = [("targeted", match) for match in (*named, *_CONJUGATE.finditer(low))]
        for modality, match in (*told, *(("cell_therapy", match) for match in _CELLS.finditer(low))):
            if not is_before(low, match.start()):
                found.setdefault(modality, statement.evidence(match.start(), match.end()))
    return found


def unknown_codes(statements: Iterable[Statement]) -> list[str]:
    """Codes of drugs among the names or in the titles that the lexicon does not know."""
    found: dict[str, None] = {}
    for statement in statements:
        low = statement.low
        if not _CODE.search(low):
            continue
        known = [(hit.start, hit.end) for hit in hits(low)]
        for match in _CODE.finditer(low):
            inside = any(start <= match.start() < end for start, end in known)
            if not inside and not _NO_CODE.match(match.group()) and not _TRACER.search(match.group()):
                found.setdefault(match.group(), None)
    return list(found)


def class_of(code: str, statements: Iterable[Statement]) -> tuple[set[str], Evidence] | None:
    """What the first sentence with class words beside the code says of it."""
    for statement in statements:
        place = statement.low.find(code)
        while place >= 0:
            after = statement.low[place + len(code) : place + len(code) + _FAR]
            told = _TOLD_AFTER.match(after)
            before = _BREAK.split(statement.low[max(0, place - 50) : place])[-1]
            found = (classes_in(told.group()) if told else set()) or classes_in(before)
            if len(found) == 1:
                return found, statement.evidence(max(0, place - 50), place + len(code))
            place = statement.low.find(code, place + 1)
    return None
