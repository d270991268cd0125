"""Tells whether criteria ask for patients with another tumour beside those with HCC.

A tumour in the history of a patient, or one that is banned, never counts; nor does the mixed histology of HCC. Never
decides the fact.
"""

import re

from trials.eligibility.cohorts import cohort_of
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.tumor_names import HCC, names_other, other_cancers
from trials.eligibility.statements import Statement

_OWN_WORDS = ("hepato", "hcc", "fibrolamellar", "liver cell", "hepatic cell", "肝")
_OR = re.compile(r"\b(?:or|and|and/or)\b|/|,")
_ENDS = re.compile(r"[.;]\s|\b(?:with|without|no|not|in|from|than|of)\b")
_FAR = 60  # signs that may stand between two tumours named in one breath
_MIXED_TYPE = re.compile(r"\b(?:mixed|combined|biphasic|chcc\w*|cholangio-?hepato\w*|hepato-?cholangio\w*)\b")
_DIAGNOSED = re.compile(r"histolog|cytolog|patholog|confirmed|diagnos|documented|proven|biops")
_NOT_OF_THE_TRIAL = re.compile(
    r"\b(?:prior|previous\w*|history|second|concurrent|other (?:\w+ )?malig|in[- ]situ|disease-free|curatively"
    r"|measurab\w+"
    r"|recist|risk|family|exclu\w+|uln|upper limit)\b"
)
_METASTASES_TOO = re.compile(
    r"(?:\b(?:hcc|hepatocellular carcinoma|primary|liver (?:cancer|hcc))\b[^.;]{0,60}?(?:\bor\b|\band\b|/|as well as)"
    r"[^.;]{0,40}?\b(?:(?:liver |hepatic )?metastas[ei]s|metastatic (?:liver|disease to the liver|lesions?)|secondary"
    r"|(?:intrahepatic )?cholangiocarcinoma)\b)|\b(?:metastatic|secondary) (?:or|and|and/or) primary\b"
)
_EXTRAHEPATIC = re.compile(r"extra-?hepatic|distant|lymph|lung|bone|brain|node|staged?\b|child|no\b|without")
_DISEASE = (
    r"(?:h(?:a)?emangioma|adenoma|(?:liver |hepatic )?metastas[ei]s|cysts?|cirrhosis|benign (?:\w+ )?(?:tumou?r"
    r"|lesion)s?|donors?"
    r"|focal nodular hyperplasia|echinoc\w+|hepatoblastoma)"
)
_AMONG = re.compile(
    rf"\b{_DISEASE}(?: \(\w+\))?(?:,| or| and|/)\W+(?:[\w-]+\W+){{0,3}}?(?:or\W+)?(?:hcc\b|hepatocellular|hepatoma)"
    rf"|(?:\bhcc|hepatocellular carcinoma)(?: \(\w+\))?(?:,| or|/)\W+(?:[\w-]+\W+){{0,3}}?(?:or\W+)?{_DISEASE}\b"
)


def asks_other(document: Document) -> bool:
    """Whether the inclusion criteria name another tumour among those that a patient may have."""
    for statement in document.criteria:
        low = statement.low
        if statement.sign > 0 and ("cancer" in low or "carcinoma" in low or "tumor" in low):
            for start, end in names_other(low):
                if stance(statement, start, end) is not Stance.BANNED:
                    return True
    return False


def asks_among_diseases(document: Document) -> bool:
    """ "Patient with hemangioma, metastasis or HCC": HCC is one of several reasons to come."""
    for statement in document.having("hepato", "hcc"):
        if statement.sign > 0 and _AMONG.search(statement.low) and not _MIXED_TYPE.search(statement.low):
            return True
    return False


def names_another_beside(document: Document, *, is_broad: bool) -> bool:
    """ "Advanced HCC or metastatic gastric cancer" in one sentence; under "liver cancer" also metastases."""
    for statement in document.criteria if is_broad else document.having(*_OWN_WORDS):
        if statement.sign < 0:
            continue
        low = statement.low
        if any(_is_beside(statement, match) for match in HCC.finditer(low)):
            return True
        match_both = _METASTASES_TOO.search(low) if is_broad else None
        if match_both and not _EXTRAHEPATIC.search(match_both.group()):
            return stance(statement, *match_both.span()) is not Stance.BANNED
    return False


def _is_beside(statement: Statement, match: re.Match[str]) -> bool:
    """Whether another cancer is named in one breath with HCC, as what a patient may have instead."""
    low = statement.low
    if _NOT_OF_THE_TRIAL.search(low):
        return False
    for start, end in other_cancers(low):
        between = low[match.end() : start] if start > match.end() else low[end : match.start()]
        if len(between) > _FAR or not _OR.search(between) or _ENDS.search(between):
            continue
        is_mixed_type = _MIXED_TYPE.search(low, max(0, min(match.start(), start) - 60), max(match.end(), end))
        if not is_mixed_type and stance(statement, start, end) is Stance.ASKED:
            return True
    return False


def has_group_of_other(document: Document) -> bool:
    """Whether some cohort, or some line on the diagnosis, asks for another cancer than the liver's."""
    for statement in document.having("carcinoma", "cancer", "tumor", "tumour", "malignan", "icc", "cca", "metasta"):
        low = statement.low
        if statement.sign < 0 or (HCC.search(low) and not cohort_of(statement)):
            continue
        if not (_DIAGNOSED.search(low) or cohort_of(statement)) or _NOT_OF_THE_TRIAL.search(low):
            continue
        if _MIXED_TYPE.search(low):
            continue
        if any(stance(statement, *place) is Stance.ASKED for place in other_cancers(low)):
            return True
    return False
