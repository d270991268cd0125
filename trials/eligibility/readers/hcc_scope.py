"""Reads whether a trial is for HCC, for HCC among other diseases, or not about HCC at all.

A tumour that is only banned, or stands only in the history of other cancers, never counts.
"""

import re

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement

NAME = "hcc_scope"
HCC, MIXED, OFF_TOPIC = "hcc", "mixed", "off_topic"
_HCC = re.compile(
    r"hepato-?\s?cellular(?:[\s-]+(?:\w+[\s-]+){0,2}?(?:carcinomas?|cancers?|ca\b|tumou?r|adenocarcinoma"
    r"|neoplasm|malignan\w+|liver)|(?=\s?[,/;:)]|\s(?:and|or)\b|$))|\bu?a?hccs?\b(?![\s-]?\d)|hepatomas?\b"
    r"|hepato-?carcinoma|liver cell carcinoma|carcinoma, hepatocellular|fibrolamellar|\bflhcc\b|hepatocelluar"
    r"|hepatocelular|肝细胞癌|肝癌"
)
_LIVER = re.compile(
    r"(?P<primary>primary (?:malignan\w+ )?(?:liver|hepatic) (?:cancer|tumou?r|malignan\w+|neoplasm"
    r"|carcinoma)s?|primary liver|cancer of the liver|(?:liver|hepatic)(?:\s*/\s*(?:liver|hepatic))? (?:cancer"
    r"|carcinoma)s?)"
    r"|(?P<any>(?:liver|hepatic) (?:neoplasm|tumou?r|malignan\w+|lesion|mass)e?s?|neoplasms?,? (?:liver"
    r"|hepatic)|hepatobiliary (?:cancer|tumou?r|malignan\w+|neoplasm|carcinoma)s?|liver neoplasms)"
)
_SECONDARY = re.compile(r"metasta|secondary|colorectal|\bcrlm\b|uveal")
_OTHER = re.compile(
    r"\b(?:solid tumou?rs?|solid malignan\w+|solid cancers?|advanced (?:cancers?|malignan\w+)|lung|nsclc"
    r"|breast|tnbc|colorectal|colon|rectal|rectum|crc|gastric|stomach|gastro-?oesophageal|gastroesophageal"
    r"|pancrea\w+|pdac|renal|kidney|rcc|ovarian|ovary|prostate|melanoma|sarcoma|lymphoma|leuk\w+|myeloma"
    r"|glioma\w*"
    r"|glioblastoma|brain tumou?r|head and neck|hnscc|esophag\w+|oesophag\w+|bladder|urothelial|cervical"
    r"|cervix|endometrial|thyroid|mesothelioma|neuroblastoma|rhabdo\w+|wilms|liposarcoma|yolk sac|germ cell"
    r"|hepatoblastoma"
    r"|cholangiocarcinoma|cholangio\w*|biliary|bile duct|btc|icca?|gall ?bladder|neuroendocrine"
    r"|gastrointestinal (?:cancer|tumou?r|malignan\w+)\w*|gi cancers?|abdominal (?:cancer|tumou?r)|neoplasms"
    r"|cancers|all cancer|kaposi|thymoma|skin cancer|testicular|vulva\w*|anal cancer|liver metasta\w+"
    r"|hepatic metasta\w+|(?<!or )metastatic liver|metastases to the liver"
    r"|adenoma|hemangioma|cirrhosis|cirrhotic|fibrosis|hepatitis|liver disease|nafld|nash|liver failure"
    r"|portal hypertension|liver transplant\w*|hepatectomy)\b"
)
_NON_TUMOR = re.compile(
    r"adenoma|hemangioma|neoplasms|cirrhosis|cirrhotic|fibrosis|hepatitis|liver disease|nafld|nash"
    r"|liver failure|portal hypertension|liver transplant\w*|hepatectomy|infection"
)
_SECOND_TUMOR = re.compile(
    r"(?:\b(?:or|and)\b|\(2\)|/)\W+(?:[\w-]+\W+){0,3}?(?:gastric|colorectal|pancreatic|lung|breast"
    r"|biliary tract|bile duct|gallbladder|renal cell|esophageal|melanoma)\b[^.;]{0,12}(?:cancer|carcinoma"
    r"|adenocarcinoma|tumou?r)"
)
_TUMOR_OTHER = re.compile(r"liver metasta\w+|hepatic metasta\w+|metastatic liver|metastases to the liver")
_MIXED_HISTOLOGY = re.compile(r"(?:mixed|combined|cholangio-?hepato\w*|hepato-?cholangio\w*)")


def _first(pattern: re.Pattern[str], found: list[Statement], *, asked: bool = False) -> Evidence | None:
    for statement in found:
        for match in pattern.finditer(statement.low):
            if asked and not _is_meant(statement, match):
                continue
            return statement.evidence(match.start(), match.end())
    return None


_HISTORY = re.compile(
    r"history of|family|no evidence of|risk of|suspicion|suspected|screen(?:ing|ed)? for|rule out|surveillance"
    r"|exclude|other malignan|prior malignan|concurrent|second malignan|alpha-?fetoprotein|afp|uln|upper limit"
    r"|bilirubin|\bast\b|\balt\b|indicative of|suggestive of|evidence of|known (?:or suspected )?(?:hcc|hepat"
    r"|liver)|development of|diagnostic of"
)


def _is_meant(statement: Statement, match: re.Match[str]) -> bool:
    """Whether the criteria ask for or permit patients with what is mentioned."""
    if stance(statement, match.start(), match.end()) is Stance.BANNED or statement.sign < 0:
        return False
    low = statement.low
    return not _HISTORY.search(low[max(0, match.start() - 40) : match.end() + 25]) or bool(
        re.search(
            r"confirmed|diagnos|eligible|with hcc|patients with hepatocellular",
            low[max(0, match.start() - 60) : match.end() + 40],
        )
        and not re.search(r"history of|family|exclude", low[max(0, match.start() - 40) : match.start()])
    )


def _is_basket(text: str) -> bool:
    cleaned = _MIXED_HISTOLOGY.sub(" ", _LIVER.sub(" ", _HCC.sub(" ", text)))
    return any(not _NON_TUMOR.fullmatch(match.group()) for match in _OTHER.finditer(cleaned))


def read_hcc_scope(document: Document) -> Fact:
    """hcc, mixed or off_topic; stated wherever the record has any text."""
    titles, conditions = document.titles(), document.conditions()
    title_text = " | ".join(statement.low for statement in titles)
    condition_text = " | ".join(statement.low for statement in conditions)
    in_title = _first(_HCC, titles) or (None if _SECONDARY.search(title_text) else _first(_LIVER, titles))
    in_conditions = _first(_HCC, conditions) or _liver_condition(conditions)
    in_criteria = _first(_HCC, document.criteria, asked=True)
    if in_title and not _is_basket(title_text):
        if _names_other_beside_hcc(document):
            return _stated(MIXED, in_title, in_criteria)
        named = " | ".join(s.low for s in conditions if s.view.field.startswith("conditions"))
        if _is_basket(named) or (_is_basket(condition_text) and _other_is_asked(document)):
            return _stated(MIXED, in_title, in_conditions)
        return _stated(HCC if not _is_about_prevention(title_text) else MIXED, in_title, in_conditions)
    if in_title:
        return _stated(MIXED, in_title, in_conditions)
    if in_conditions and (in_criteria or not document.criteria or _is_basket(condition_text) or _is_basket(title_text)):
        basket = _is_basket(condition_text) or _is_basket(title_text) or _other_is_asked(document)
        return _stated(MIXED if basket else HCC, in_conditions, in_criteria)
    if in_conditions and not (_first(_HCC, conditions) is None and _asks_only_others(document)):
        return _stated(HCC, in_conditions, None)
    if in_criteria:
        basket = (
            _is_about_prevention(title_text)
            or _is_basket(title_text)
            or _is_basket(condition_text)
            or _other_is_asked(document)
        )
        return _stated(MIXED if basket else HCC, in_criteria, None)
    seen = titles or conditions or document.criteria or document.summary()
    return stated(NAME, OFF_TOPIC, [seen[0].evidence()]) if seen else not_stated(NAME)


def _liver_condition(conditions: list[Statement]) -> Evidence | None:
    for statement in conditions:
        for match in _LIVER.finditer(statement.low):
            near = statement.low[max(0, match.start() - 14) : match.end() + 14]
            if (match["primary"] and not re.search(r"metastatic|secondary", near[:14])) or not _SECONDARY.search(near):
                return statement.evidence(match.start(), match.end())
    return None


def _other_is_asked(document: Document) -> bool:
    for statement in document.criteria:
        if statement.sign > 0 and (
            "cancer" in statement.low or "carcinoma" in statement.low or "tumor" in statement.low
        ):
            for match in _OTHER.finditer(statement.low):
                if (
                    not _NON_TUMOR.fullmatch(match.group())
                    and stance(statement, match.start(), match.end()) is not Stance.BANNED
                ):
                    return True
    return False


def _asks_only_others(document: Document) -> bool:
    return _other_is_asked(document) and _first(_LIVER, document.criteria, asked=True) is None


def _names_other_beside_hcc(document: Document) -> bool:
    """ "Advanced HCC or metastatic gastric cancer" in one sentence of the criteria."""
    for statement in document.criteria:
        if statement.sign < 0 or not _HCC.search(statement.low) or not re.search(r"\bor\b|\band\b", statement.low):
            continue
        for match in _SECOND_TUMOR.finditer(statement.low):
            if stance(statement, *match.span()) is Stance.ASKED:
                return True
    return False


def _is_about_prevention(title: str) -> bool:
    return bool(
        re.search(r"prevent|surveillance|screening|early detection|at[- ]risk|risk of", title)
    ) and not re.search(r"recurren|after|following|resect", title)


def _stated(value: str, *evidence: Evidence | None) -> Fact:
    return stated(NAME, value, [piece for piece in evidence if piece])
