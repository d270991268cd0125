"""Tells to which patients a statement speaks: those of a cohort, arm, part or phase, or those with one disease.

Never decides what the statement says.
"""

import re

from trials.eligibility.statements import Statement

_COHORT = re.compile(
    r"\b(?:(?:ex-?)?part|cohorts?|arms?|groups?|sub-?stud(?:y|ies)|stratum|strata|treatment arm|phase"
    r"|regimens?|module|stage(?= (?:1|2|i|ii)\b[^a-z]{0,3}(?:only|:))|step)"
    r"[\s-]*(?P<id>\d{1,2}[a-z]?|[a-h]\d?|i{1,3}[ab]?|iv|v)\b(?!\.\d)"
    r"|\b(?:dose[- ](?:escalation|expansion|finding|optimi[sz]ation)|expansion|escalation|run-in"
    r"|safety lead-in|hcc|control|treatment|experimental|randomi[sz]ed)"
    r"[\s-]+(?:part|phase|cohorts?|portion|stage|arms?|groups?|only)\b"
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


_DIAGNOSED = re.compile(
    r"^\W*(?:\w+\W+){0,8}?(?:confirmed|documented|diagnos\w+|proven|advanced|metastatic|unresectable"
    r"|recurrent)\b(?P<named>[^.;]{0,110})"
)


def is_for_hcc(statement: Statement) -> bool:
    """Whether the statement, or its lead, speaks of the patients with HCC by name."""
    return any(_HCC.search(text) for text in (statement.low, *(lead.low for lead in statement.lineage())))


def cohort_of(statement: Statement) -> str:
    """The cohort, arm, part or phase that the statement or its lead names, "" for all patients."""
    match = _COHORT.search(statement.low)
    if match:
        return " ".join(match.group().split())
    for lead in statement.lineage():
        match = _COHORT.search(lead.low)
        if match and len(lead.low) < 200:
            return " ".join(match.group().split())
    match = _COHORT.search(statement.heading)
    return " ".join(match.group().split()) if match else ""


def is_for_other_tumor(statement: Statement) -> bool:
    """Whether the statement speaks only of patients with another tumour than HCC."""
    if statement.is_for_other is None:
        statement.is_for_other = _is_for_other_tumor(statement)
    return statement.is_for_other


def _is_for_other_tumor(statement: Statement) -> bool:
    for text in (statement.low, *(lead.low for lead in statement.lineage())):
        if not _OTHER_TUMOR.search(text):
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
