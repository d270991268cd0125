"""Untreated patients and lines of therapy named as such: "treatment-naive", "first-line", "second-line".

Never reads a rule about what patients had before (`treatment_history`).
"""

import re

from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.treatment_history import ADJUVANT, FAILED, LINES, RECEIVED
from trials.eligibility.readers.treatments import without_other_uses
from trials.eligibility.reading import Evidence
from trials.eligibility.statements import Statement
from trials.eligibility.words import BOOK

NONE, REQUIRED, ALLOWED = "none", "required", "allowed"
_WORDS = (
    "naiv",
    "naïv",
    "untreated",
    "first-line",
    "first line",
    "firstline",
    "front-line",
    "front line",
    "never ",
    "not received",
    "not previously received",
)
_FIRST_WORDS = BOOK.learn(("naiv", "naïv", "untreated", "first", "front", "never", "received"))
NAIVE = re.compile(
    r"\b(?:treatment|therapy|systemic(?:[- ]therapy| treatment)?|chemotherapy|chemo)[\s-]*na[iï]ve\b|na[iï]ve (?:to"
    r"|for"
    r"|of) (?:any )?(?:prior )?(?:systemic|treatment(?! with))|\b(?:systemically )?(?<!or )untreated (?:advanced "
    r"|primary |unresectable |locally |hcc|hepatocellular|liver|patients|metastatic|disease)"
    r"|previously[- ]untreated(?! lesion| measur| target)|\b(?:first|front)[- ]line (?:systemic |treatment|therapy"
    r"|setting|for|hcc|study|option|immuno)|\bfirst-?line\b(?=.{0,40}hepatocell)|as first[- ]line"
    r"|(?:have |had )?not (?:previously )?received (?:any )?(?:prior )?(?:treatment|therapy)(?: in the past|\W*$)"
    r"|(?:have |has |had )?not (?:previously )?received (?:any )?(?:prior )?first[- ]line(?! (?:or|and) )"
    r"|(?:have |has )?never (?:been treated|received (?:any )?(?:treatment|therapy)|treated(?: (?:for|before)\b"
    r"|\W*$|\s*[,;.]))"
)
# Patients without any treatment, named beside those who had some: a rule that is half understood.
OF_UNTREATED = re.compile(
    r"\b(?:treatment|therapy|systemic\w*)[\s-]*na[iï]ve\b|\bna[iï]ve to (?:any |prior )*(?:systemic|treat|therap)"
    r"|\bde novo (?:systemic|disease|hcc)|\bnewly[- ]diagnosed (?:or|and|and/or) "
)
_NOT_THE_PATIENT = re.compile(r"\W*(?:mass|lesion|nodule|tumou?r\b(?! patients))")
_OF_LESION = re.compile(r"lesions?\b|target tumou?r")
_UNTREATED_MASS = re.compile(r"untreated hcc (?:mass|lesion|nodule)")
_ALLOWED = re.compile(r"\b(?:allowed|permitted|eligible|acceptable|(?:does|do) not count|not counted)\b")
_DENIED = re.compile(r"(?:have |had |has )?(?:not|never)")
_NOT_YET = re.compile(r"untreated|not (?:been )?previously")
_OF_PATIENTS = re.compile(
    r"\b(?:patients|subjects|participants|people|adults) (?:\([^)]{1,12}\) )?(?:with|who|whose|that (?:has|have)"
    r"|previously|without|after)\b"
)
_OF_CANCER = re.compile(r"cancer|carcinoma|tumou?r|\bhcc\b|malignan")
_CANCER = re.compile(
    r"cancer|carcinoma|tumou?r|\bhcc\b|malignan|hepatoma|hepatoblast|oncolog|neoplas|melanoma|lymphoma|leuk|sarcoma"
    r"|myeloma|blastoma|glioma|nsclc|adenoc|metasta"
)
_ONLY_AFTER = re.compile(r"after|following|untreated for")
_ON_FIRST_LINE = re.compile(r"\b(?:completed|receiving|received|using|after|following|discontinued)\b")
_EITHER = re.compile(r"\beither\b|one of|\ba\)")
_JOINED_BY_OR = re.compile(r"\bor\b|and/or|/")
_IN_PARENTHESES = re.compile(r"\([^()]*\)")
_OR_TREATED = re.compile(
    r"na[iï]ve (?:or|and|/|,) ?(?:recurr|treatment[- ]exper|relaps|previously|pre-?treated|treated|experienced)"
    r"|first (?:or|and) second"
    r"|first- or second"
)
_UNCLEAR = re.compile(
    r"\bor (?:have|who)|na[iï]ve (?:subjects|patients|participants) (?:are|will)|including treatment na|biopsy"
    r"|standard|\bdefined?\b"
)
_OTHER_TUMOR = re.compile(
    r"pancreatic|bile duct|biliary|vulva|gastric|lung|nsclc|breast|colorectal|melanoma|renal|ovarian|prostate"
    r"|cholangio"
    r"|\bhcv\b|hepatitis|interferon|\bdaa|antivir"
)
_HCC = re.compile(r"\bhcc\b|hepatocell|liver cancer")
_FIRST = re.compile(
    r"\bfirst[- ]?line\b|\b1l\b|untreated|(?:not|no|never|without)(?: any)? (?:previously |been )?"
    r"(?:received?|prior|previous|treated)[^.;]{0,40}(?:systemic|therapy|treatment|treated)"
)
# Each of the patterns by which a title names a line holds one of these.
_LINE_WORDS = (
    "naiv",
    "naïv",
    "line",
    "1l",
    "2l",
    "treated",
    "receiv",
    "prior",
    "previous",
    "after",
    "following",
    "progress",
    "fail",
    "intoler",
    "exposed",
    "responsive",
    "relaps",
    "refract",
    "resist",
    "experienc",
)
_FRONT = re.compile(r"\bfront-?line\b|newly diagnosed|previously untreated")
_LATER = re.compile(r"after|failed|progress|second|2l\b|refractory|relapsed")
_TREATED = re.compile(r"(?<!not )(?<!not been )\b(?:received|previously(?! untreated| not))\b")
_FAILED = re.compile(
    r"previously (?:systemic(?:ally)? )?treated|second[- ]line|2nd[- ]line|\b2l\b|third[- ]line|refractory to"
    r"|(?:after|following|progress\w+ (?:on|to|after|with)|failed|failure (?:of|to|on)|intoleran\w+ (?:to|of)"
    r"|exposed to"
    r"|unresponsive to) "
    r"(?:\w+ ){0,3}?(?:systemic|sorafenib|lenvatinib|immun\w+|ici|icis|pd|anti|atezolizumab|tki|first|standard"
    r"|prior|one"
    r"|chemotherapy|targeted|checkpoint)\b|pre-?treated|relapsed|refractory"
    r"|(?:sorafenib|lenvatinib|ici|pd-1|immunotherapy|chemotherapy|treatment)[- ](?:failure|resist|refract"
    r"|experienced|exposed)"
)
_LOCAL_FAILED = re.compile(
    r"(?:tace|locoregional|emboli[sz]ation)[- ](?:refractory|resistant|failure)|(?:refractory|resistant"
    r"|unresponsive) to"
    r" (?:\w+ )?(?:tace|trans|loco|local)|pre(?:viously )?-?treated (?:with|by) (?:\w+ ){0,3}?(?:radi|tace"
    r"|trans-?art|external"
    r"|ablat|loco|emboli|surg|resect)|refractory (?:ascites|cirr|varic|pain|encephal)"
)


def naive_claim(statement: Statement) -> tuple[str, tuple[int, int]] | None:
    """What a sentence on untreated patients or the first line says; None where it says something else, or nothing."""
    low = statement.low
    if statement.words.isdisjoint(_FIRST_WORDS) or not any(word in low for word in _WORDS):
        return None
    naive = NAIVE.search(low)
    if naive is None:
        return None
    said_plainly = _IN_PARENTHESES.sub(lambda aside: " " * len(aside.group()), low)
    failed = FAILED.search(said_plainly)
    if failed:
        first, second = sorted((naive.span(), failed.span()))
        is_either = first[1] <= second[0] and _JOINED_BY_OR.search(low, first[1], second[0])
        return (ALLOWED, naive.span()) if is_either and statement.sign > 0 and "line" not in naive.group() else None
    if not naive.group().endswith(("therapy", "treatment", "past", "treated", "line")) and (
        RECEIVED.search(said_plainly) or re.search(r"\breceived\b", said_plainly)
    ):
        return None
    is_denied = bool(_DENIED.match(naive.group()))
    if (
        "first" in naive.group()
        and not is_denied
        and (LINES.search(low) or _ON_FIRST_LINE.search(low[: naive.start()]))
    ):
        return None
    if (
        _NOT_THE_PATIENT.match(low, naive.end())
        or _OF_LESION.search(low[max(0, naive.start() - 40) : naive.end() + 25])
        or _UNTREATED_MASS.search(low)
    ):
        return None
    if _EITHER.search(low[: naive.start()]) or any(_EITHER.search(lead.low) for lead in statement.lineage()[:1]):
        return ALLOWED, naive.span()
    if _OR_TREATED.search(low) or (ADJUVANT.search(low) and _ALLOWED.search(low)):
        return ALLOWED, naive.span()
    if _UNCLEAR.search(low) or (_OTHER_TUMOR.search(low) and not _HCC.search(low)):
        return None
    said = stance(statement, *naive.span())
    if said is Stance.ASKED or (said is Stance.PERMITTED and statement.sign > 0):
        return NONE, naive.span()
    if said is Stance.BANNED and statement.sign > 0 and is_denied:
        return NONE, naive.span()
    return None


def from_titles(document: Document) -> tuple[str, Evidence] | None:
    """None or required, as the titles name the line."""
    if not _names_cancer(document):
        return None
    for statement in document.titles():
        found = _line_named(without_other_uses(statement.low))
        if found:
            return found[0], statement.evidence(*found[1])
    return None


def from_summary(document: Document) -> tuple[str, Evidence] | None:
    """None or required, as a sentence of the summary tells of the patients that the trial is for."""
    for statement in document.summary():
        people = _OF_PATIENTS.search(statement.low)
        found = _line_named(statement.low[people.start() :]) if people else None
        if people and found:
            start, end = found[1]
            if not _OF_CANCER.search(statement.low) or _ONLY_AFTER.match(statement.low, people.start() + start):
                continue
            return found[0], statement.evidence(people.start() + start, people.start() + end)
    return None


def _names_cancer(document: Document) -> bool:
    """Whether titles or conditions name a cancer: "refractory" is said of ascites too, "first-line" of antivirals."""
    return any(_CANCER.search(text.low) for text in (*document.titles(), *document.conditions()))


def _line_named(low: str) -> tuple[str, tuple[int, int]] | None:
    if not any(word in low for word in _LINE_WORDS):
        return None
    naive = NAIVE.search(low) or _FIRST.search(low)
    if naive and not _LATER.search(low) and not _TREATED.search(low[: naive.start()] + low[naive.end() :]):
        return NONE, naive.span()
    match = _FAILED.search(low) if not _FRONT.search(low) else None
    if match and not _LOCAL_FAILED.search(low) and not _NOT_YET.search(low):
        return REQUIRED, match.span()
    return None
