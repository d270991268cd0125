"""Tells to which patients a statement speaks: those of a cohort, arm, part or phase, or those with one disease.

Never decides what the statement says.
"""

import re

from trials.eligibility.statements import Statement
from trials.eligibility.words import BOOK

_COHORT = re.compile(
    r"\b(?:(?:ex-?)?part|cohorts?|arms?|groups?|sub-?stud(?:y|ies)|stratum|strata|treatment arm|phase"
    r"|regimens?|module|stage(?= (?:1|2|i|ii)\b[^a-z]{0,3}(?:only|:))|step)"
    r"[\s-]*(?P<id>\d{1,2}[a-z]?|[a-h]\d?|i{1,3}[ab]?|iv|v)\b(?!\.\d)"
    r"|\b(?:dose[- ](?:escalation|expansion|finding|optimi[sz]ation)|expansion|escalation|run-in"
    r"|safety lead-in|hcc|control|treatment|experimental|randomi[sz]ed)"
    r"[\s-]+(?:part|phase|cohorts?|portion|stage|arms?|groups?|only)\b"
)
_NUMBER = r"(?:\d{1,2}[a-z]?|[a-h]\d?|i{1,3}[ab]?|iv|v)\b(?!\.\d)"
_NAMED = re.compile(
    rf"\b(?P<kind>part|cohort|arm|group|sub-?stud(?:y|ies)|strat(?:um|a)|phase|regimen|module)s?[\s-]+(?P<id>{_NUMBER})"
)
_ALSO_NAMED = re.compile(rf"\s*(?:,|and|or|&|/|to|through|-)+\s*(?P<id>{_NUMBER})")
_GIVEN = re.compile(
    r"\b(?:exclusions?|criteria)\b[^.:]{0,30}\b(?:for|in) (?:patients|participants|subjects) (?:treated|receiving"
    r"|who (?:will )?"
    r"receive|assigned|randomi[sz]ed)\b[^.:]{0,60}"
)
_DISEASE = re.compile(
    r"(?:^|[(\[]|\b)(?:(?:for|in|only)\s+)?(?:(?:patients|subjects|participants|those|individuals)\s+(?:with"
    r"|who have)\s+)(?P<a>[^,:;.()]{2,60})"
    r"|^\W*(?:\d+[.)]\s*)?for (?P<b>[^,:;.()]{2,50})[,:]|^\W*(?P<c>[a-z0-9 \-/]{2,50}?)(?: (?:patients"
    r"|subjects|participants|cohorts?|only|part))?\s*(?:only)?:"
)
_HCC = re.compile(
    r"\bhcc\b|hepatocellular|hepatoma|liver (?:cancer|tumou?r|malignanc)|hepatobiliary|hepatic (?:cancer|malign)"
)
_BASKET = re.compile(
    r"solid|including|tumou?rs|cancers|malignancies|history|previous|prior malig|other than|exception|hepat|liver"
)
_OTHER_TUMOR = re.compile(
    r"\b(?:nsclc|sclc|melanoma|breast|tnbc|colorectal|crc|gastric|gastroesophageal|gea|pancrea\w*|pdac|renal"
    r"|rcc|ovarian|prostate|crpc|mcrpc|bladder"
    r"|urothelial|head and neck|hnscc|scchn|lung|esophag\w*|cervical|endometrial|glioma|glioblastoma|gbm"
    r"|sarcoma|lymphoma|leukemia|myeloma"
    r"|cholangiocarcinoma|biliary|btc|icca?|cca|gallbladder|thyroid|neuroendocrine|net|mesothelioma|thymic"
    r"|osteosarcoma|neuroblastoma|dlbcl|pcnsl)\b"
)


_OTHER_TUMOR_WORDS = BOOK.learn(  # each name of `_OTHER_TUMOR` holds one of them
    tuple(
        "sclc melanoma breast tnbc colorectal crc gastric gastroesophageal gea pancrea pdac renal rcc ovarian prostate "
        "crpc bladder urothelial neck hnscc scchn lung esophag cervical endometrial glioma glioblastoma gbm sarcoma "
        "lymphoma "
        "leukemia myeloma cholangiocarcinoma biliary btc icc cca gallbladder thyroid neuroendocrine net mesothelioma "
        "thymic neuroblastoma dlbcl pcnsl".split()
    )
)
_DIAGNOSED = re.compile(
    r"^\W*(?:\w+\W+){0,8}?(?:confirmed|documented|diagnos\w+|proven|advanced|metastatic|unresectable"
    r"|recurrent)\b(?P<named>[^.;]{0,110})"
)


def is_for_hcc(statement: Statement) -> bool:
    """Whether the statement, or its lead, speaks of the patients with HCC by name."""
    return any(_HCC.search(text) for text in (statement.low, *(lead.low for lead in statement.lineage())))


def cohort_of(statement: Statement) -> str:
    """The cohort, arm, part or phase that the statement or its lead names, "" for all patients."""
    if statement.cohort is None:
        statement.cohort = _cohort_of(statement)
    return statement.cohort


def _cohort_of(statement: Statement) -> str:
    match = _COHORT.search(statement.low)
    if match:
        return " ".join(match.group().split())
    for lead in statement.lineage():
        match = _COHORT.search(lead.low)
        if match and len(lead.low) < 200:
            return " ".join(match.group().split())
        if len(lead.low) < 80 and lead.low.rstrip(" :").endswith((" cohort", " arm", " group")):
            return " ".join(lead.low.split())
    match = _COHORT.search(statement.heading)
    return " ".join(match.group().split()) if match else ""


def named_cohorts(low: str) -> frozenset[str]:
    """The cohorts, parts and arms that a text names by number or letter: "part a", "cohort 2"."""
    found: set[str] = set()
    for match in _NAMED.finditer(low):
        kind, place = match["kind"][:4], match.end()
        found.add(f"{kind} {match['id']}")
        for _ in range(6):
            also = _ALSO_NAMED.match(low, place)
            if also is None:
                break
            found.add(f"{kind} {also['id']}")
            place = also.end()
    return frozenset(found)


def scope_of(statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    """The cohorts to which alone the statement speaks, and the others of their kind; both empty if it speaks to all."""
    introduced = [lead.low for lead in statement.lineage() if len(lead.low) < 200] + [statement.heading]
    for text in introduced:
        given = _GIVEN.search(text)
        if given:
            return frozenset({given.group()}), frozenset({"others"})
    if not statement.cohorts:
        return frozenset(), frozenset()
    for text in (_opening(statement.low), *introduced):
        scope = named_cohorts(text)
        if scope:
            kinds = {name[:4] for name in scope}
            return scope, frozenset(name for name in statement.cohorts - scope if name[:4] in kinds)
    return frozenset(), frozenset()


def _opening(low: str) -> str:
    """Where a statement says to whom it speaks: at its beginning, and in parentheses at its end."""
    return low if len(low) < 60 else low[:45] + " " + (low[low.rfind("(") :] if low[-20:].find(")") >= 0 else "")


def is_for_other_tumor(statement: Statement) -> bool:
    """Whether the statement speaks only of patients with another tumour than HCC."""
    if statement.is_for_other is None:
        statement.is_for_other = _is_for_other_tumor(statement)
    return statement.is_for_other


def _names_other(statement: Statement) -> bool:
    if statement.names_other is None:
        statement.names_other = not statement.words.isdisjoint(_OTHER_TUMOR_WORDS) and bool(
            _OTHER_TUMOR.search(statement.low)
        )
    return statement.names_other


def _is_for_other_tumor(statement: Statement) -> bool:
    for said in (statement, *statement.lineage()):
        text = said.low
        if not _names_other(said):
            continue
        match = _DISEASE.search(text)
        if match:
            named = next(group for group in match.groups() if group)
            if _HCC.search(named):
                return False
            if _OTHER_TUMOR.search(named):
                return not _HCC.search(text)
        match = _DIAGNOSED.search(text)
        if match and not _HCC.search(text) and not _BASKET.search(text) and _OTHER_TUMOR.search(match["named"][:70]):
            return True
    return False
