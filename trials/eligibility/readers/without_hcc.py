"""Tells whether a trial is for people who have no HCC: prevention, screening, or HCC kept out.

Never decides the fact.
"""

import re

from trials.eligibility.document import Document
from trials.eligibility.readers.modalities import read_modalities
from trials.eligibility.readers.tumor_names import HCC, LIVER

_LIVER_DISEASE = re.compile(r"cirrho|chronic liver disease|chronic hepatitis|viral hepatitis|nafld|nash|fibrosis")
_PREVENTS = re.compile(
    r"prevent|surveillance|screening|early detection|detection (?:of|in)|lesion detection|at[- ](?:high )?risk"
    r"|risk of|\brisk factors"
)
_OF_CANCER_PATIENTS = re.compile(
    r"\b(?:hcc|hepatocellular carcinoma|liver cancer|hepatoma) (?:patients|subjects|participants)\b"
    r"|\b(?:patients|subjects|participants) (?:with|having|who have) (?:[\w-]+ ){0,3}?(?:hcc|hepatocellular"
    r"|liver cancer)"
)
# What is prevented is no cancer: a harm of its treatment.
_PREVENTS_HARM = re.compile(
    r"prevent\w*\W+(?:of\W+)?(?:the\W+)?(?:[\w-]+\W+){0,2}?(?:reactivation|infection|pain|nausea|vomiting|syndrome"
    r"|toxicit"
    r"|reactions?|bleeding|ha?emorrhage|thrombo|failure|fever|injury|complication|metasta)"
)
_OF_KNOWN = re.compile(r"\b(?:re-?)?staging\b")  # of a tumour that patients have
_AFTER_TREATMENT = re.compile(r"recurren|after|following|resect|relaps")
_ASKS_TUMOR = re.compile(
    r"\bmilan\b|\bucsf\b|up-?to-?(?:7|seven)|sorafenib|systemic therapy|unresectable|metasta|oncolog|\bhccs?\b"
    r"|hepatocell|hepatoma|cancer|carcinoma|tumou?r|malignan|lesion|nodule|\bbclc\b|recist|locoregional|resect"
    r"|ablati|chemoembol|\btace\b|radiother|radiation|transplant"
)
# Care for patients who have the disease.
_CARES = re.compile(
    r"palliat|symptom|quality of life|surviv|exercise|rehabilit|nutrition|caregiver|\bpain\b|distress|depress|coping"
    r"|frail"
    r"|supportive|adherence|treatment|therapy"
)
# What stands before a diagnosis that bars a person: "prior or current diagnosis of HCC".
_BARRED = re.compile(
    r"^\W*(?:(?:patients?|subjects?|participants?|people|individuals|those|already|with|who have|a|an|any|the|prior"
    r"|previous|past"
    r"|personal|known|current|existing|concurrent|active|clinical|confirmed|suspected|suspicion|history|histories"
    r"|diagnos\w+"
    r"|evidence|presence|present|having|had|has|have|been|of|or|and|either)\W+){1,9}$"
)
_WHOLE_BAR = re.compile(
    r"\W*(?:\([^)]*\)\W*)?(?:$|(?:or|and|diagnos\w*|at|within|in the|on|lesions?|nodules?|whatever|by|before"
    r"|confirmed|treated)\b)"
    r"|\s?[.,;]"
)


def is_of_risk(title: str) -> bool:
    """Prevention, screening and surveillance are for people without HCC yet."""
    if not _PREVENTS.search(title) or _AFTER_TREATMENT.search(title) or _OF_KNOWN.search(title):
        return False
    return not (_OF_CANCER_PATIENTS.search(title) or _PREVENTS_HARM.search(title))


def is_of_healthy(document: Document, title: str) -> bool:
    """A study that treats nobody's tumour, and whose criteria never ask for one, or bar whoever has it."""
    if bars_hcc(document):
        return True
    if _OF_CANCER_PATIENTS.search(title):
        return False
    if _CARES.search(title) and not _LIVER_DISEASE.search(title):
        return False
    asked = [statement for statement in document.criteria if statement.sign > 0]
    if not asked or any(_ASKS_TUMOR.search(statement.low) for statement in asked):
        return False
    return document.fact("modalities", read_modalities).value in (None, ("other",))


def bars_hcc(document: Document) -> bool:
    """Whether people who have, or had, HCC are kept out."""
    for statement in document.having("hcc", "hepatocell", "liver cancer", "hepatoma"):
        if statement.sign < 0:
            for match in (*HCC.finditer(statement.low), *LIVER.finditer(statement.low)):
                is_whole = _WHOLE_BAR.match(statement.low, match.end()) and "other than" not in statement.low
                if is_whole and _BARRED.search(statement.low[: match.start()]):
                    return True
    return False
